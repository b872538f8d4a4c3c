import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeSmallBlog, writePost, type SmallBlog } from './small-blog.ts';
import { writeFiles } from './workspace.ts';

const files = ['feed.xml', 'atom.xml', 'feed.json'];

function openBlog(posts: Readonly<Record<string, string>>): SmallBlog {
  return makeSmallBlog(['feed: { kind: feed, path: feed.xml, atom: atom.xml, json: feed.json }'], posts);
}

/** The feed's files, and what the run that wrote them said of the posts. */
async function publish(blog: SmallBlog): Promise<readonly string[]> {
  const { code, stderr } = await blog.run('publish');
  const texts = files.map((file) => readFileSync(join(blog.folder, 'out/site', file), 'utf8'));
  return [`exit code ${code}`, stderr, ...texts];
}

function cacheOf({ folder }: SmallBlog): string {
  const cache = join(folder, '.broadside/cache');
  return join(cache, readdirSync(cache).find((name) => name.startsWith('feed-')) ?? '');
}

const posts = {
  one: writePost('One', 'tags: [x]\n'),
  two: writePost('Two\n\nSee [one](one.md) and ![a tree](tree.png).', 'tags: [x]\n'),
  three: writePost('Three', 'tags: [x]\nseries: Trees\npart: 1\n'),
  four: writePost('Four', 'tags: [x]\nseries: Trees\npart: 2\n'),
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
    edit(kept);
    edit(fresh);
    rmSync(join(fresh.folder, '.broadside'), { recursive: true });
    expect(await publish(kept)).toEqual(await publish(fresh));
  });

  test('are used while nothing that they show has changed', async () => {
    const blog = openTrees();
    await publish(blog);
    const [header = '', , value = ''] = readFileSync(cacheOf(blog), 'utf8').split('\n');
    const marked = value.replaceAll('<p>Two</p>', '<p>As it was kept</p>');
    expect(marked).not.toBe(value);
    const { digestText } = await import('../src/digest.ts');
    writeFileSync(cacheOf(blog), `${header}\n${digestText(marked)}\n${marked}`);
    edits['one post edited']?.(blog);
    const [, , rss = ''] = await publish(blog);
    expect(rss).toContain('As it was kept');
    expect(rss).toContain('Once');
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
