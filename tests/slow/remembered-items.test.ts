import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editMemo } from '../edit-memo.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const files = ['feed.xml', 'atom.xml', 'feed.json'];

function openBlog(posts: Readonly<Record<string, string>>): SmallBlog {
  return makeSmallBlog(
    [
      'feed: { kind: feed, path: feed.xml, atom: atom.xml, json: feed.json }',
      'devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai, since: 2100-01-01 }',
    ],
    posts,
  );
}

/** The feed's files, and what the run that wrote them said of the posts. */
async function publish(blog: SmallBlog): Promise<readonly string[]> {
  const { code, stderr } = await blog.run('publish', '--target', 'feed');
  const texts = files.map((file) => readFileSync(join(blog.folder, 'out/site', file), 'utf8'));
  return [`exit code ${code}`, stderr, ...texts];
}

function cacheOf({ folder }: SmallBlog): string {
  const cache = join(folder, '.broadside/cache');
  return join(cache, readdirSync(cache).find((name) => name.startsWith('feed-')) ?? '');
}

const hub = writePost('Trees\n\nAll of them.', 'tags: [x]\nseries: { name: Trees, hub: true }\n');

const posts = {
  one: writePost('One', 'tags: [x]\n'),
  two: writePost('Two\n\nSee [one](one.md) and ![a tree](tree.png).', 'tags: [x]\n'),
  three: writePost('Three', 'tags: [x]\nseries: Trees\npart: 1\n'),
  four: writePost('Four', 'tags: [x]\nseries: Trees\npart: 2\n'),
  later: writePost('Later', 'tags: [x]\nseries: Trees\npart: 3\ndate: 2124-01-01\n'),
  hub,
  'a/hello': writePost('Hello', 'tags: [x]\nlang: en\nslug: hello-a\n'),
  'b/hello': writePost('Hallo', 'tags: [x]\nlang: de\nslug: hello-b\n'),
  wave: writePost('Wave\n\nSee [hello]({{< ref "hello" >}}).', 'tags: [x]\nlang: en\n'),
  plain: writePost('Plain', 'tags: [x]\n'),
  'tree.png': '',
};

/** What an author may do between two runs. */
const edits: Readonly<Record<string, (blog: SmallBlog) => void>> = {
  'one post edited': ({ folder }) => writeFiles(folder, { 'posts/one.md': writePost('Once', 'tags: [x]\n') }),
  'a post that another links to moved': ({ folder }) =>
    writeFiles(folder, { 'posts/one.md': writePost('One', 'tags: [x]\ncanonical_url: /elsewhere\n') }),
  'a post that another links to renamed, but not its address': ({ folder }) => {
    rmSync(join(folder, 'posts/one.md'));
    writeFiles(folder, {
      'posts/first.md': writePost('One', 'tags: [x]\nid: one\ncanonical_url: /blog/one\n'),
    });
  },
  'a post that another links to made a draft': ({ folder }) =>
    writeFiles(folder, { 'posts/one.md': writePost('One', 'tags: [x]\ndraft: true\n') }),
  'a part of a series retitled': ({ folder }) =>
    writeFiles(folder, { 'posts/three.md': writePost('Third', 'tags: [x]\nseries: Trees\npart: 1\n') }),
  'a part that is only announced retitled': ({ folder }) =>
    writeFiles(folder, {
      'posts/later.md': writePost('Much later', 'tags: [x]\nseries: Trees\npart: 3\ndate: 2124-01-01\n'),
    }),
  'two posts of one name in each other’s language': ({ folder }) =>
    writeFiles(folder, {
      'posts/a/hello.md': writePost('Hello', 'tags: [x]\nlang: de\nslug: hello-a\n'),
      'posts/b/hello.md': writePost('Hallo', 'tags: [x]\nlang: en\nslug: hello-b\n'),
    }),
  'a body for another target that cannot be read': ({ folder }) =>
    writeFiles(folder, { 'posts/one.devto.mdx': 'Words {' }),
  'a post added': ({ folder }) => writeFiles(folder, { 'posts/five.md': writePost('Five', 'tags: [x]\n') }),
  'a picture gone': ({ folder }) => rmSync(join(folder, 'posts/tree.png')),
  'the site retitled': ({ folder }) => {
    const config = join(folder, 'config/broadside.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('name: Example Author', 'name: Another'));
  },
  'the files gone': ({ folder }) => rmSync(join(folder, 'out'), { recursive: true }),
};

function openTrees(): SmallBlog {
  const { 'tree.png': picture, ...texts } = posts;
  const blog = openBlog(texts);
  writeFiles(blog.folder, { 'posts/tree.png': picture });
  return blog;
}

describe('items of a feed that an earlier run rendered', () => {
  test.each(Object.entries(edits))('change no byte: %s', async (_name, edit) => {
    const [kept, fresh] = [openTrees(), openTrees()];
    expect(await publish(kept)).toEqual(await publish(fresh));
    expect(readFileSync(cacheOf(kept), 'utf8')).toContain('"item one"');
    for (const { folder } of [kept, fresh]) {
      writeFiles(folder, { 'posts/plain.md': writePost('Plain\n\nAgain.', 'tags: [x]\n') });
    }
    edit(kept);
    edit(fresh);
    rmSync(join(fresh.folder, '.broadside'), { recursive: true });
    expect(await publish(kept)).toEqual(await publish(fresh));
  });

  test('are used while nothing that they show has changed', async () => {
    const blog = openTrees();
    await publish(blog);
    editMemo(cacheOf(blog), (text) => text.replaceAll('<p>Two</p>', '<p>As it was kept</p>'));
    edits['one post edited']?.(blog);
    const [, , rss = ''] = await publish(blog);
    expect(rss).toContain('As it was kept');
    expect(rss).toContain('Once');
  });

  test('of a source without files are none', async () => {
    const folder = openFolder();
    const item = (words: string, base: string): string =>
      `<item xml:base="${base}"><title>A</title><link>https://example.com/a</link><guid>https://example.com/a</guid>` +
      `<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate><description>${words} &lt;a href="b"&gt;b&lt;/a&gt;</description></item>`;
    const write = (base: string): void =>
      writeFiles(folder, {
        'old.xml': `<rss version="2.0"><channel><title>T</title><link>https://example.com</link>${item('Words.', base)}</channel></rss>`,
      });
    writeFiles(folder, {
      'config/broadside.yaml': [
        'version: 1',
        'site: { url: "https://example.com", title: T, author: { name: Example Author } }',
        'sources: [{ kind: feed, path: old.xml }]',
        'targets: { feed: { kind: feed, path: feed.xml } }',
        'require_live: false',
        'ledger: { kind: file, path: ledger }',
        '',
      ].join('\n'),
    });
    const read = async (): Promise<string> => {
      expect(await runCommand(folder, {}, ['publish'])).toMatchObject({ code: 0 });
      return readFileSync(join(folder, 'out/site/feed.xml'), 'utf8');
    };
    write('https://example.com/x/');
    await read();
    write('https://example.com/y/');
    rmSync(join(folder, 'out'), { recursive: true });
    const after = await read();
    rmSync(join(folder, 'out'), { recursive: true });
    rmSync(join(folder, '.broadside'), { recursive: true, force: true });
    expect(await read()).toBe(after);
  });

  test('damaged, or of another blog, are none', async () => {
    const damages: readonly ((text: string) => string)[] = [
      () => '',
      (text) => text.slice(0, text.length / 2),
      (text) => text.replace('<p>Two</p>', '<p>Too</p>'),
      () => 'x\ny\nz\n',
    ];
    const [blog, fresh, other] = [openTrees(), openTrees(), openBlog({ two: writePost('Another two') })];
    await publish(fresh);
    await publish(other);
    edits['one post edited']?.(fresh);
    rmSync(join(fresh.folder, '.broadside'), { recursive: true });
    const wanted = await publish(fresh);
    for (const damage of damages) {
      writeFiles(blog.folder, { 'posts/one.md': posts.one });
      await publish(blog);
      writeFileSync(cacheOf(blog), damage(readFileSync(cacheOf(blog), 'utf8')));
      edits['one post edited']?.(blog);
      expect(await publish(blog)).toEqual(wanted);
    }
    writeFiles(blog.folder, { 'posts/one.md': posts.one });
    await publish(blog);
    cpSync(cacheOf(other), cacheOf(blog));
    edits['one post edited']?.(blog);
    expect(await publish(blog)).toEqual(wanted);
  });
});
