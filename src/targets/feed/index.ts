import { z } from 'zod';
import { digestText } from '../../base/digest.ts';
import { once } from '../../base/once.ts';
import { isSitePath } from '../../model/address.ts';
import type { Post } from '../../model/post.ts';
import type { FeedTarget } from '../../model/target.ts';
import { defineTarget, serverUrl } from '../define.ts';
import type { FeedAssembly } from './assemble.ts';
import { resolvePath, type FeedEntry } from './describe-feed.ts';
import { defaultSince } from './identity.ts';
import type { FeedRendering } from './render.ts';
import { feedRules } from './rules.ts';

const filePath = z.string().refine(isSitePath, 'is not a path inside the site such as "blog/feed.xml"');

function filePathOr<Value extends boolean>(values: readonly [Value, ...Value[]], example: string) {
  const words = values.length === 1 ? 'neither' : 'neither true, nor';
  return z.union(
    [filePath, z.literal(values)],
    `is ${words} false nor a path inside the site such as "${example}"`,
  );
}

const hubOption = serverUrl
  .refine((text) => {
    const { username, password, hash } = new URL(text);
    return username + password + hash === '';
  }, 'has a user name, a password or a fragment; readers of the feed would see it, and the hub would not')
  .optional()
  .describe('The WebSub hub that is told of changes.');

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

const fields = z.strictObject({
  kind: z.literal('feed'),
  path: filePath.default('feed.xml').describe('Where the RSS feed is written in the site.'),
  atom: filePathOr([false], 'atom.xml')
    .default('atom.xml')
    .describe('Where the Atom feed is written; false for none.'),
  json: filePathOr([false], 'feed.json')
    .default('feed.json')
    .describe('Where the JSON Feed is written; false for none.'),
  limit: z.int().min(1).max(10_000).default(20).describe('How many of the newest posts it holds.'),
  title: z.string().min(1).optional().describe('The feed’s title, where it is not the site’s.'),
  content: z
    .enum(['full', 'summary'])
    .default('full')
    .describe('Whether readers get the whole post or only its description.'),
  tags: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Only posts with one of these tags, whatever their case.'),
  series: z.string().min(1).optional().describe('Only posts of this series.'),
  stylesheet: filePathOr([true, false], 'feed.css')
    .default(true)
    .describe(
      'What browsers show the feed by: true writes feed.css beside it; a path names one of the site’s own; false is none.',
    ),
  page: filePathOr([false], 'subscribe.html')
    .optional()
    .describe(
      'Where the page for people who want to subscribe is written; by default subscribe.html beside the first feed. false: none.',
    ),
  hub: hubOption,
  id: idOption,
});

type FeedOptions = z.output<typeof fields>;

const loadRender = once(() => import('./render.ts'));

/** The site's feeds: RSS 2.0, Atom 1.0 and JSON Feed 1.1 of the newest posts. */
export const feed = defineTarget({
  kind: 'feed',
  summary: 'The site’s feeds: RSS, Atom and JSON Feed with the newest posts in full.',
  rules: feedRules,
  options: fields.refine((given) => !hasClash(given), 'writes two files to the same path'),
  create(name, given, around = { siblings: { [name]: given }, ids: {} }): FeedTarget {
    const { limit, content, hub } = given;
    const identity = { authority: given.id.authority, since: given.id.since, taken: around.ids };
    const entry = describeEntry(given);
    const page = choosePage(name, given, around.siblings);
    const styled = chooseStylesheet(given);
    const feeds = Object.values(around.siblings).map(describeEntry);
    const optionsDigest = digestText(
      JSON.stringify({ ...given, page, feeds: page === undefined ? [] : feeds, ids: around.ids }),
    );
    const rendering: FeedRendering = { name, content, identity, optionsDigest };
    const assembly: FeedAssembly = {
      ...entry,
      name,
      limit,
      content,
      hub,
      identity,
      stylesheet: styled,
      page: page === undefined ? undefined : { path: page, feeds },
    };
    return {
      name,
      kind: 'feed',
      granularity: 'feed',
      policy: { optIn: false, schedule: { slots: [], quiet: [] } },
      digestOptions: ({ url, title, description, author, language, navigation, timezone }) =>
        digestText(
          JSON.stringify([optionsDigest, url, title, description, author, language, navigation, timezone]),
        ),
      showsBody: content === 'full',
      limit,
      extension: 'html',
      files: Object.fromEntries(listFiles(given, page)),
      locate: resolvePath,
      takes: (post) => isTaken(post, given),
      async auditFiles(documents, file) {
        const { auditFiles } = await import('./findings.ts');
        return auditFiles(documents, file, name);
      },
      async render(post, source, site) {
        const { renderForFeed } = await loadRender();
        return renderForFeed(post, source, site, rendering);
      },
      async preview(made, post, site) {
        const { previewInFeed } = await import('./preview.ts');
        return previewInFeed(made, post, site);
      },
      async assemble(items, site) {
        const { assembleFeed } = await import('./assemble.ts');
        return assembleFeed(items, site, assembly);
      },
    };
  },
});

function describeEntry({ path, atom, json, title, tags, series }: FeedOptions): FeedEntry {
  return {
    title,
    narrowedTo: series ?? tags?.join(', '),
    paths: { rss: path, ...(atom !== false && { atom }), ...(json !== false && { json }) },
  };
}

function isTaken(post: Post, { tags, series }: Pick<FeedOptions, 'tags' | 'series'>): boolean {
  if (series !== undefined && post.series?.name !== series) return false;
  const own = tags === undefined ? [] : post.tags.map((tag) => tag.toLowerCase());
  return tags === undefined || tags.some((tag) => own.includes(tag.toLowerCase()));
}

function chooseStylesheet({ path, stylesheet }: Pick<FeedOptions, 'path' | 'stylesheet'>) {
  if (stylesheet === false) return undefined;
  return stylesheet === true
    ? { path: placeBeside(path, 'feed.css'), isOwn: true }
    : { path: stylesheet, isOwn: false };
}

/** Where a target writes the page: where it is told to, else, for the first one that is told nothing, beside its feed. */
function choosePage(
  name: string,
  { path, page }: FeedOptions,
  siblings: Readonly<Record<string, FeedOptions>>,
): string | undefined {
  if (page !== undefined) return page === false ? undefined : page;
  const told = Object.values(siblings).some((one) => typeof one.page === 'string');
  const [first] = Object.entries(siblings).find(([, one]) => one.page === undefined) ?? [];
  return !told && first === name ? placeBeside(path, 'subscribe.html') : undefined;
}

/** What is written where. The stylesheet is the same for every feed. */
function listFiles(
  given: Pick<FeedOptions, 'path' | 'atom' | 'json' | 'stylesheet' | 'page'>,
  page: string | undefined,
): readonly (readonly [string, string])[] {
  const styled = chooseStylesheet(given);
  const shown = page ?? (typeof given.page === 'string' ? given.page : undefined);
  return [
    [given.path, 'the RSS feed'],
    ...(given.atom === false ? [] : [[given.atom, 'the Atom feed'] as const]),
    ...(given.json === false ? [] : [[given.json, 'the JSON Feed'] as const]),
    ...(styled?.isOwn === true ? [[styled.path, 'the stylesheet'] as const] : []),
    ...(shown === undefined ? [] : [[shown, 'the page'] as const]),
  ];
}

function hasClash(given: FeedOptions): boolean {
  const page = given.page === undefined ? placeBeside(given.path, 'subscribe.html') : undefined;
  const paths = listFiles(given, page).map(([path]) => path.toLowerCase());
  return new Set(paths).size < paths.length;
}

function placeBeside(path: string, name: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
}
