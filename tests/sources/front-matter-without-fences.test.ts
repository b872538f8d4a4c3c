import { describe, expect, test } from 'vitest';
import { markdown } from '../../src/sources/markdown/index.ts';
import { markdownOptions } from '../../src/sources/markdown/options.ts';
import { toPlainText } from '../../src/transform/find-opening.ts';
import { openFolder, writeFiles } from '../workspace.ts';

async function load(text: string) {
  const root = openFolder();
  writeFiles(root, { 'posts/a.md': text });
  const site = {
    root,
    url: 'https://example.com',
    timezone: 'UTC',
    language: 'en',
    author: { name: 'A. Author' },
  };
  const source = markdown.create('blog', markdownOptions.parse({ kind: 'markdown' }), site);
  const { signal } = new AbortController();
  const { posts, diagnostics } = await source.load(signal);
  const [post] = posts;
  const tree = post && (await source.read(post, signal)).tree;
  return {
    title: post?.title,
    tags: post?.tags,
    text: tree && toPlainText(tree),
    line: tree?.children[0]?.position?.start.line,
    diagnostics,
  };
}

describe('front matter without fences', () => {
  test.each([
    ['JSON', '{\n  "title": "Bread",\n  "date": "2026-01-02",\n  "tags": ["rye", "flour"]\n}\n\nText.\n', 7],
    [
      'JSON with tabs',
      '{\n\t"title": "Bread",\n\t"date": "2026-01-02",\n\t"tags": [\n\t\t"rye", "flour"\n\t]\n}\nText.\n',
      8,
    ],
    [
      'JSON on Windows',
      '{\r\n  "title": "Bread",\r\n  "date": "2026-01-02",\r\n  "tags": ["rye", "flour"]\r\n}\r\nText.\r\n',
      6,
    ],
    ['YAML up to a line of hyphens', 'title: Bread\ndate: 2026-01-02\ntags: [rye, flour]\n---\n\nText.\n', 6],
    ['lines up to a blank one', 'Title: Bread\nDate: 2026-01-02\nTags: rye, flour\n\nText.\n', 5],
  ])('in %s is read, and is no part of the text', async (_, text, line) => {
    expect(await load(text)).toEqual({
      title: 'Bread',
      tags: ['rye', 'flour'],
      text: 'Text.',
      line,
      diagnostics: [],
    });
  });

  test('that is not valid JSON is told at its line', async () => {
    const { diagnostics } = await load(
      '{\n  "title": "Bread",\n  "date": "2026-01-02"\n  "tags": []\n}\n\nText.\n',
    );
    expect(diagnostics[0]).toMatchObject({ rule: 'post-front-matter-invalid' });
  });
});

describe('YAML that ends in dots, as for Jekyll and Pandoc', () => {
  test.each([
    ['---\ntitle: Bread\ndate: 2026-01-02\n...\n\nText.\n', 'Text.'],
    ['---\r\ntitle: Bread\r\ndate: 2026-01-02\r\n...  \r\n\r\nText.\r\n', 'Text.'],
    ['\uFEFF---\ntitle: Bread\ndate: 2026-01-02\n...\nOne\n\n---\n\nTwo\n', 'One\n\nTwo'],
    ['---\ntitle: Bread\ndate: 2026-01-02\n---\n\nOne\n\n...\n\nTwo\n', 'One\n\n...\n\nTwo'],
  ])('%j', async (text, words) => {
    const loaded = await load(text);
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.title).toBe('Bread');
    expect(loaded.text?.trim()).toBe(words);
  });
});
