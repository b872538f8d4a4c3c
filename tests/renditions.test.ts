import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestText } from '../src/digest.ts';
import type { Diagnostic } from '../src/model/diagnostic.ts';
import type { Post } from '../src/model/post.ts';
import type { Series, Site } from '../src/model/site.ts';
import type { Content } from '../src/model/source.ts';
import { normaliseText } from '../src/sources/front-matter.ts';
import { loadPost } from '../src/sources/markdown/load-post.ts';
import { targetKinds } from '../src/targets/index.ts';
import { auditBody } from '../src/transform/audit-body.ts';
import { parseMarkdown } from '../src/transform/parse.ts';
import { urlKey } from '../src/transform/url-key.ts';
import { examplePost } from './examples.ts';

const folder = join(import.meta.dirname, 'renditions');
const fixtures = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** The options each kind is given here; kinds without a place in this table take their defaults. */
const givenOptions: Readonly<Record<string, object>> = {
  devto: { ai_disclosure: 'no_ai', tags: { 'machine-learning': 'machinelearning' } },
};
const fileNames: Readonly<Record<string, string>> = {
  devto: 'devto.md',
  linkedin: 'linkedin.txt',
  feed: 'feed.html',
};

const targets = await Promise.all(
  Object.values(targetKinds).map(async (load) => {
    const made = await load();
    return made.create(made.kind, made.options.parse({ kind: made.kind, ...givenOptions[made.kind] }));
  }),
);

const others = ['first-part', 'third-part', 'another-post'].map((id) => examplePost(id));

/** A series of three, all of them out; a post without a number is the only part of its series. */
function placeInSeries({ id, title, canonicalUrl, series }: Post): Series | undefined {
  if (series === undefined) return undefined;
  const own = { postId: id, title, url: canonicalUrl };
  const { name, part } = series;
  if (part === undefined) return { name, parts: [own] };
  const parts = [1, 2, 3].map((number) =>
    number === part
      ? own
      : {
          postId: `part-${number}`,
          title: `Part ${number} & more`,
          url: `https://example.com/blog/part-${number}`,
        },
  );
  return { name, parts };
}

function siteAround(post: Post): Site {
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
    postsByPath: new Map(),
    copies: new Map(),
    seriesByPost: new Map(series ? [[post.id, series]] : []),
  };
}

function loadFixture(name: string): { post: Post; content: Content; diagnostics: readonly Diagnostic[] } {
  const root = join(folder, name);
  const { post, diagnostics } = loadPost(
    join(root, 'post.md'),
    'fixture',
    { canonical: '/blog/{slug}', fields: {} },
    {
      root,
      url: 'https://example.com',
      timezone: 'UTC',
      language: 'en',
      author: { name: 'Example Author' },
    },
  );
  if (post === undefined) throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join(' ')}`);
  const text = normaliseText(readFileSync(join(root, 'post.md'), 'utf8'));
  return { post, content: { tree: parseMarkdown(text), digest: digestText(text) }, diagnostics };
}

function showDiagnostic({ file, line, column, severity, rule, message }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${rule} ${message}\n`;
}

describe.each(fixtures)('%s', (name) => {
  const { post, content, diagnostics } = loadFixture(name);
  const site = siteAround(post);

  test.each(targets)('$kind', async (target) => {
    const before = structuredClone(content.tree);
    const { body } = target.render(post, content, site);
    expect(content.tree).toEqual(before);
    await expect(body).toMatchFileSnapshot(
      join(folder, name, fileNames[target.kind] ?? `${target.kind}.txt`),
    );
  });

  test('diagnostics', async () => {
    const found = [
      ...diagnostics,
      ...auditBody(post, content.tree),
      ...targets.flatMap((target) => target.audit(post, content, site)),
    ];
    await expect(found.map(showDiagnostic).join('')).toMatchFileSnapshot(
      join(folder, name, 'diagnostics.txt'),
    );
  });
});
