import { z } from 'zod';
import { digestJson } from '../../digest.ts';
import type { FeedTarget } from '../../model/target.ts';
import { defineTarget, serverUrl } from '../define.ts';
import { assembleFeed, type FeedAssembly } from './assemble.ts';
import { auditForFeed } from './audit.ts';
import { defaultSince } from './identity.ts';
import { renderForFeed, type FeedRendering } from './render.ts';
import { feedRules } from './rules.ts';

const filePath = z.string().refine(isInsideSite, 'is not a path inside the site such as "blog/feed.xml"');

const hubOption = serverUrl.optional().describe('The WebSub hub that is told of changes.');

const idOption = z
  .strictObject({
    authority: z
      .string()
      .toLowerCase()
      .regex(/^[A-Za-z\d-]+(\.[A-Za-z\d-]+)*$/, 'is not a host name such as "example.com"')
      .optional()
      .describe('A host name you hold; by default the site’s. Set it before the site moves.'),
    since: z.iso.date().default(defaultSince).describe('A day on which you held it. Never change it.'),
  })
  .prefault({})
  .describe('What the permanent ids of the items are made of.');

/** The site's feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the newest posts. */
export const feed = defineTarget({
  kind: 'feed',
  summary: 'The site’s feeds: RSS, Atom and JSON Feed with the newest posts in full.',
  rules: feedRules,
  options: z
    .strictObject({
      kind: z.literal('feed'),
      path: filePath.default('feed.xml').describe('Where the RSS feed is written in the site.'),
      atom: z
        .union([filePath, z.literal(false)], 'is neither false nor a path inside the site such as "atom.xml"')
        .default('atom.xml')
        .describe('Where the Atom feed is written; false for none.'),
      json: z
        .union(
          [filePath, z.literal(false)],
          'is neither false nor a path inside the site such as "feed.json"',
        )
        .default('feed.json')
        .describe('Where the JSON Feed is written; false for none.'),
      limit: z.int().min(1).max(1000).default(20).describe('How many of the newest posts it holds.'),
      title: z.string().min(1).optional().describe('The feed’s title, where it is not the site’s.'),
      content: z
        .enum(['full', 'summary'])
        .default('full')
        .describe('Whether readers get the whole post or only its description.'),
      hub: hubOption,
      id: idOption,
    })
    .refine(
      ({ path, atom, json }) => path !== atom && path !== json && (atom === false || atom !== json),
      'writes two feeds to the same path',
    ),
  create(name, options): FeedTarget {
    const { path, atom, json, limit, title, content, hub } = options;
    const identity = { authority: options.id.authority, since: options.id.since };
    const optionsDigest = digestJson({
      content,
      authority: identity.authority ?? null,
      since: identity.since,
    });
    const rendering: FeedRendering = { name, content, identity, optionsDigest };
    const paths = { rss: path, ...(atom !== false && { atom }), ...(json !== false && { json }) };
    const assembly: FeedAssembly = { name, paths, limit, title, content, hub, identity };
    return {
      name,
      kind: 'feed',
      granularity: 'feed',
      policy: { optIn: false, schedule: { slots: [], quiet: [] } },
      optionsDigest,
      limit,
      extension: 'html',
      audit: (post, source, site) => auditForFeed(post, source, site, rendering),
      render: (post, source, site) => renderForFeed(post, source, site, rendering),
      assemble: (items, site) => assembleFeed(items, site, assembly),
    };
  },
});

function isInsideSite(path: string): boolean {
  return (
    !/[\\:?#%\p{Cc}]/u.test(path) &&
    path.split('/').every((segment) => segment.trim() !== '' && segment !== '.' && segment !== '..')
  );
}
