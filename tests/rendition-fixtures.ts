import { fileURLToPath } from 'node:url';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../src/model/diagnostic.ts';
import type { Post } from '../src/model/post.ts';
import type { Series, SeriesPart, Site } from '../src/model/site.ts';
import type { Content } from '../src/model/source.ts';
import { loadFile } from '../src/sources/markdown/index.ts';
import { takesPosts } from '../src/model/target.ts';
import { targetKinds } from '../src/targets/index.ts';
import type { Dialect } from '../src/reading/dialects/dialect.ts';
import { showWrapped } from '../src/transform/show-wrapped.ts';
import { urlKey } from '../src/reading/url-key.ts';
import { examplePost } from './examples.ts';
import { requiredOptions } from './required-options.ts';
import { root } from './workspace.ts';

/** Where the fixtures of renditions are. */
export const fixtureFolder = fileURLToPath(new URL('tests/renditions', root));

/** The options that a kind is given here beside those that it demands. */
const furtherOptions: Readonly<Record<string, object>> = {
  devto: { tags: { 'machine-learning': 'machinelearning' } },
};

/** A target of every kind in the registry that shows posts, named after it. */
export const fixtureTargets = (
  await Promise.all(
    Object.values(targetKinds).map(async (load) => {
      const made = await load();
      const options = await made.options();
      const given = { kind: made.kind, ...requiredOptions[made.kind], ...furtherOptions[made.kind] };
      return made.create(made.kind, options.parse(given));
    }),
  )
).filter(takesPosts);

const others = [
  ...['first-part', 'third-part', 'another-post'].map((id) => examplePost(id)),
  examplePost('later-post', { publishAt: '2026-12-24T08:00:00Z' }),
  examplePost('dated-post', {
    origin: { source: 'markdown-1', path: 'posts/2026-01-02-dated-post/index.md' },
    canonicalUrl: 'https://example.com/2026/01/dated-post/',
  }),
];
const unfinished = examplePost('unfinished-post', { draft: true });

function partOf(number: number): SeriesPart {
  const url = `https://example.com/blog/part-${number}`;
  return { postId: `part-${number}`, title: `Part ${number} & more`, part: number, url };
}

/** What a hub shows: two groups, a part in none, one without a description, and one that is not out. */
const mapped: readonly SeriesPart[] = [
  { ...partOf(1), group: 'Foundations', summary: 'How it *begins*, on one line.' },
  { ...partOf(2), summary: 'A part in no group,\nwritten over two lines.' },
  { ...partOf(3), group: 'Data & storage' },
  { ...partOf(4), group: 'Foundations', summary: `${'A long description. '.repeat(8)}Its end is not shown.` },
  { postId: 'part-5', title: 'Part 5 & more', part: 5, group: 'Data & storage', summary: 'Not out.' },
];

/**
 * A series of three, all of them out, with a hub where the post has a group. A post without a number is the only part of
 * its series; one with a higher number comes after two.
 */
function placeInSeries({ id, title, canonicalUrl, series }: Post): Series | undefined {
  if (series === undefined) return undefined;
  const { name, part, group, hub } = series;
  const own = { postId: id, title, url: canonicalUrl, ...(part !== undefined && { part }) };
  if (hub === true) return { name, parts: mapped, hub: own };
  if (part === undefined) return { name, parts: [own] };
  const numbers = part === 0 ? [0, 1, 2] : [1, 2, Math.max(part, 3)];
  return {
    name,
    parts: numbers.map((number) => (number === part ? own : partOf(number))),
    ...(group !== undefined && {
      hub: { postId: 'the-hub', title: 'The hub', url: 'https://example.com/blog/the-hub' },
    }),
  };
}

/** The site that a fixture's post stands on. */
export function siteAround(post: Post): Site {
  const series = placeInSeries(post);
  return {
    url: 'https://example.com',
    title: 'Example Blog',
    description: 'A blog of examples.',
    author: { name: 'Example Author', url: 'https://example.com/about' },
    language: 'en',
    timezone: 'UTC',
    navigation: 'bottom',
    postsByUrl: new Map([post, ...others].map((each) => [urlKey(each.canonicalUrl), each])),
    postsById: new Map(),
    postsByPath: new Map(
      [post, unfinished, ...others].map((each) => [each.origin.path.replace(/^posts\//, ''), each]),
    ),
    awaited: new Set(['later-post', 'unfinished-post']),
    copies: new Map(),
    seriesByPost: new Map(series ? [[post.id, series]] : []),
  };
}

/** The post of one folder of `tests/renditions`. */
export interface Fixture {
  readonly name: string;
  readonly post: Post;
  readonly content: Content;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the components of the fixtures in MDX stand for. */
const syntax = {
  components: {
    Callout: 'callout',
    Chart: 'drop',
    Figure: 'figure',
    Image: 'image',
    Tabs: 'unwrap',
    TabItem: 'unwrap',
    YouTube: 'youtube',
  },
} as const;

/** The source's `syntax` as a fixture's own `options.json` gives it. */
function readOptions(root: string): Dialect {
  const file = join(root, 'options.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Dialect) : {};
}

async function loadFixture(name: string): Promise<Fixture> {
  const root = join(fixtureFolder, name);
  const file = existsSync(join(root, 'post.mdx')) ? 'post.mdx' : 'post.md';
  const loaded = await loadFile(
    file,
    { canonical: '/blog/{slug}', fields: {}, syntax: { ...syntax, ...readOptions(root) } },
    {
      root,
      url: 'https://example.com',
      timezone: 'UTC',
      language: 'en',
      author: { name: 'Example Author' },
      targets: fixtureTargets.map((target) => target.name),
    },
  );
  const { diagnostics } = loaded;
  const [post] = loaded.posts;
  if (post === undefined) throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join(' ')}`);
  const content = showWrapped(await loaded.read(new AbortController().signal));
  return { name, post, content, diagnostics };
}

/** Every fixture, as the source reads it. */
export const fixtures = await Promise.all(
  readdirSync(fixtureFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => loadFixture(entry.name)),
);
