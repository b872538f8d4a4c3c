import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isMdx, openDialect, parseBody, readTree } from '../../src/sources/markdown/parse-body.ts';
import { countMarks, isPlain, mostMarks } from '../../src/reading/is-plain.ts';
import { makeSmallBlog, today, writePost } from '../small-blog.ts';
import { root } from '../workspace.ts';

const targets = [
  'devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai }',
  'feed: { kind: feed, path: feed.xml }',
];

const slow = 'a*'.repeat(50_000);
const now = `date: ${today}\ntags: [a]\n`;

describe('a body that takes too long', () => {
  it('has a diagnostic, and the others go on', async () => {
    const blog = makeSmallBlog(targets, {
      slow: writePost(`Slow\n\n${slow}`, now),
      fine: writePost('Fine\n\n{{< odd >}}', now),
    });
    const { stderr, stdout, code } = await blog.run('check');
    expect(stderr.match(/^posts.*error [\w-]+/gm)).toEqual([
      'posts/fine.md:9:1 error post-shortcode-unknown',
      'posts/slow.md:1:1 error post-too-costly',
    ]);
    expect(stdout).toContain('2 posts checked');
    expect(code).toBe(1);
  });

  it('has one where its heading is looked for', async () => {
    const blog = makeSmallBlog(targets, { slow: `---\ndate: 2024-03-04\n---\n\n${slow}\n` });
    const { stderr } = await blog.run('check');
    expect(stderr).toContain('posts/slow.md:1:1 error post-too-costly');
  });

  it('leaves the thread to the next body', async () => {
    const text = 'Some *words* and a [link](https://example.com) :tada:\n\n'.repeat(800);
    expect(isPlain(text)).toBe(false);
    const results = await Promise.allSettled(
      [slow, text, slow, text].map((body) => readTree(body, 'post.md', { emoji: true })),
    );
    const tree = parseBody(text, 'post.md', await openDialect({ emoji: true }, false, text));
    expect(results).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'POST_TOO_COSTLY', file: 'post.md' }) },
      { status: 'fulfilled', value: tree },
      { status: 'rejected', reason: expect.objectContaining({ code: 'POST_TOO_COSTLY', file: 'post.md' }) },
      { status: 'fulfilled', value: tree },
    ]);
  });

  it('leaves it, too, where one takes more memory than a post may', async () => {
    const wide = `${'|a'.repeat(30_000)}\n${'|-'.repeat(30_000)}\n${'[a]('.repeat(20_000)}`;
    const text = 'Some *words*.\n\n'.repeat(2000);
    const results = await Promise.allSettled([wide, text].map((body) => readTree(body, 'post.md', {})));
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'POST_TOO_COSTLY', file: 'post.md' } },
      { status: 'fulfilled' },
    ]);
  });

  it('is told of in the words that parsing has for its faults', async () => {
    const text = `${'Some *words*.\n\n'.repeat(2000)}{a`;
    await expect(readTree(text, 'post.mdx', {})).rejects.toMatchObject({
      code: 'POST_UNREADABLE',
      message: expect.stringContaining('post.mdx is not valid MDX'),
      line: 4001,
    });
    await expect(
      readTree(`${'Some *words*.\n\n'.repeat(2000)}${'>'.repeat(1000)}`, 'post.md', {}),
    ).rejects.toThrow(RangeError);
  });
});

describe('what is refused, however long it takes', () => {
  const makeTable = (columns: number, rows: number): string =>
    `Table\n\n${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|b|\n'.repeat(rows)}`;

  it('is a table whose rows leave out more cells than may be completed', () => {
    expect(() => parseBody(makeTable(200, 400), 'post.md', {})).toThrow(
      'The rows of a table leave out too many',
    );
    expect(parseBody(makeTable(200, 300), 'post.md', {}).children).toHaveLength(2);
  });

  it('is told at the table', async () => {
    const blog = makeSmallBlog(targets, { wide: writePost(makeTable(1000, 100), now) });
    const { stderr } = await blog.run('check');
    expect(stderr).toContain('posts/wide.md:9:1 error post-too-costly');
  });

  it('is a body of more parts than a post may have, at the first that is too many', () => {
    const list = (items: number): string => 'a\n: b\n\n'.repeat(items);
    expect(parseBody(list(5000), 'post.md', {}).children.length).toBeGreaterThan(10_000);
    expect(() => parseBody(list(7000), 'post.md', {})).toThrow(
      expect.objectContaining({ code: 'POST_TOO_COSTLY', message: expect.stringContaining('more parts') }),
    );
  });

  it('is a long address that references repeat', () => {
    const refer = (length: number, uses: number): string =>
      `[a]: ${'b'.repeat(length)}\n\n${'[a] '.repeat(uses)}`;
    expect(() => parseBody(refer(5000, 50), 'post.md', {})).toThrow('too long for being used so often');
    expect(parseBody(refer(50, 500), 'post.md', {}).children).toHaveLength(2);
    expect(parseBody(refer(5000, 20), 'post.md', {}).children).toHaveLength(2);
  });

  it.each([
    ['notes', (depth: number) => ':::note\n'.repeat(depth), 20],
    ['quotes', (depth: number) => `${'>'.repeat(depth)} a`, 398],
  ])('is %s in each other', (_what, nest, deepest) => {
    expect(() => parseBody(nest(deepest), 'post.md', {})).not.toThrow();
    expect(() => parseBody(nest(deepest + 1), 'post.md', {})).toThrow(RangeError);
  });

  it('is no note after another', () => {
    const notes = '::::note\n\n:::tip\na\n:::\n\n::::\n\n'.repeat(50);
    expect(parseBody(notes, 'post.md', {}).children).toHaveLength(50);
  });
});

describe('posts as people write them', () => {
  it('are parsed where they are read', () => {
    const folders = ['posts', 'tests/renditions'].map((folder) => fileURLToPath(new URL(folder, root)));
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.mdx?$/.test(name))
        .map((name) => join(folder, name)),
    );
    expect(files.length).toBeGreaterThan(100);
    const most = (file: string): number => mostMarks[isMdx(file, {}) ? 'mdx' : 'markdown'];
    expect(files.filter((file) => !isPlain(readFileSync(file, 'utf8'), most(file)))).toEqual([]);
  });

  it('are told from what is nested as nobody writes', () => {
    const rule = '-'.repeat(2000);
    const plain = [
      rule,
      '[a](b) '.repeat(500),
      '[\n'.repeat(50),
      '> - 1. a\n'.repeat(500),
      `${'>'.repeat(49)} a`,
    ];
    expect(plain.map((text) => isPlain(text))).toEqual(plain.map(() => true));
    const nested = [
      '!['.repeat(51),
      `a\n${'1. '.repeat(51)}`,
      `${'>'.repeat(50)} a`,
      `${'> - '.repeat(25)}a`,
    ];
    expect(nested.map((text) => isPlain(text))).toEqual(nested.map(() => false));
  });

  it('count punctuation, line ends and blanks beside blanks', () => {
    expect(
      ['', 'two words', 'naïve', 'a, b.', '  a', 'a\n\nb', '*a*', '\t\t', 'a\r\n'].map(countMarks),
    ).toEqual([0, 0, 0, 2, 1, 2, 2, 1, 2]);
  });
});
