import { beforeEach, expect, test, vi } from 'vitest';
import { runImport } from '../../src/commands/import/import.ts';
import { splitFrontMatter } from '../../src/reading/front-matter/split.ts';
import { htmlToTree } from '../../src/reading/html/html-to-tree.ts';
import { feed } from '../../src/sources/feed/index.ts';
import { feedSourceOptions } from '../../src/sources/feed/options.ts';
import { printBody, printMarkdown } from '../../src/sources/feed/print-markdown.ts';
import { markdown } from '../../src/sources/markdown/index.ts';
import { markdownOptions } from '../../src/sources/markdown/options.ts';
import { openFolder, writeFiles } from '../workspace.ts';

vi.mock('../../src/reading/front-matter/split.ts', { spy: true });
vi.mock('../../src/reading/html/html-to-tree.ts', { spy: true });
vi.mock('../../src/sources/feed/print-markdown.ts', { spy: true });

const site = {
  url: 'https://example.com',
  title: 'Walks',
  description: '',
  language: 'en',
  timezone: 'UTC',
  author: { name: 'Ada' },
};
const { signal } = new AbortController();

beforeEach(() => {
  vi.clearAllMocks();
});

test('a post’s front matter is found once where its head is read, and once where its body is', async () => {
  const root = openFolder();
  writeFiles(root, { 'posts/a.md': '---\ntitle: A\ndate: 2026-03-01\n---\n\nOne costs $1.\n' });
  const source = markdown.create('posts', markdownOptions.parse({ kind: 'markdown' }), { ...site, root });
  const { posts } = await source.load(signal);
  expect(splitFrontMatter).toHaveBeenCalledTimes(1);
  vi.mocked(splitFrontMatter).mockClear();
  const [post] = posts;
  if (post === undefined) throw new Error('no post');
  await source.read(post, signal);
  expect(splitFrontMatter).toHaveBeenCalledTimes(1);
});

const items = [1, 2, 3].map(
  (number) =>
    `<item><title>Post ${number}</title><link>https://example.com/blog/post-${number}</link><pubDate>Sun, 0${number} Mar 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;Text *${number}* &lt;img src="https://127.0.0.1:1/a.png"&gt;&lt;/p&gt;</description></item>`,
);
const rss = `<rss version="2.0"><channel><title>T</title><link>https://example.com/</link>${items.join('')}</channel></rss>`;

test('an item of a feed that is a source is converted once, and printed once where its text is asked for', async () => {
  const root = openFolder();
  writeFiles(root, { 'feed.xml': rss });
  const source = feed.create('blog', feedSourceOptions.parse({ kind: 'feed', path: 'feed.xml' }), {
    ...site,
    root,
  });
  const { posts } = await source.load(signal);
  expect(htmlToTree).toHaveBeenCalledTimes(3);
  expect(printBody).not.toHaveBeenCalled();
  for (const post of posts) await source.read(post, signal);
  expect(htmlToTree).toHaveBeenCalledTimes(3);
  expect(printBody).toHaveBeenCalledTimes(3);
});

test.each([false, true])(
  'an item that is imported is converted once and printed once, pictures saved: %s',
  async (images) => {
    const cwd = openFolder();
    writeFiles(cwd, { 'feed.xml': rss });
    const shell = {
      cwd,
      signal,
      interactive: false,
      format: 'human',
      print: () => undefined,
      report: () => undefined,
    } as unknown as Parameters<typeof runImport>[1];
    const words = { feed: 'feed.xml', config: 'config/broadside.yaml', out: 'posts', force: false, images };
    expect(await runImport(words, shell)).toBe(0);
    expect(htmlToTree).toHaveBeenCalledTimes(3);
    expect(printMarkdown).toHaveBeenCalledTimes(3);
  },
);
