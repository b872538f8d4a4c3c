import { z } from 'zod';
import { isSitePath } from '../../model/address.ts';
import { serverUrl } from '../options.ts';
import { listFiles, placeBeside } from './files.ts';
import { defaultSince } from './identity.ts';

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
      'The stylesheet that browsers show the feed with: true writes feed.css beside it; a path names one of the site’s own; false is none.',
    ),
  page: filePathOr([false], 'subscribe.html')
    .optional()
    .describe(
      'Where the page for people who want to subscribe is written; by default subscribe.html beside the first feed. false: none.',
    ),
  hub: hubOption,
  id: idOption,
});

/** A feed's options, checked. */
export type FeedOptions = z.output<typeof fields>;

/** What the config may say of a feed. */
export const feedOptions = fields.refine((given) => !hasClash(given), 'writes two files to the same path');

function hasClash(given: FeedOptions): boolean {
  const page = given.page === undefined ? placeBeside(given.path, 'subscribe.html') : undefined;
  const paths = listFiles(given, page).map(([path]) => path.toLowerCase());
  return new Set(paths).size < paths.length;
}
