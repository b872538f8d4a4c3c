import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { editMemo } from '../edit-memo.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const scheduled = 'tags: [x]\ndate: 2124-01-01\n';

const posts = {
  one: writePost('One\n\n## A section\n\nWords.', 'tags: [x]\n'),
  two: writePost('Two\n\nSee [a section](one.md#a-section) and ![a tree](tree.png).', 'tags: [x]\n'),
  three: writePost('Three\n\nTo [the one to come](later.md), {{< odd >}}.', 'tags: [x]\n'),
  later: writePost('Later', scheduled),
  part: writePost('Part\n\n![A wood](/wood.png) [Gone](gone.md)', 'tags: [x]\nseries: Trees\npart: 1\n'),
  next: writePost('Next', 'tags: [x]\nseries: Trees\npart: 2\n'),
  reference: writePost('Reference\n\nSee [hello]({{< ref "hello" >}}).', 'tags: [x]\nlang: en\n'),
  hello: writePost('Hello', 'tags: [x]\nlang: en\n'),
  many: writePost('Many', 'tags: [a, b, c, d, e]\n'),
};

function openBlog(): SmallBlog {
  const blog = makeSmallBlog(
    [
      'devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai }',
      'linkedin: { kind: linkedin, url: "http://127.0.0.1:9", opt_in: false }',
      'feed: { kind: feed }',
    ],
    posts,
  );
  writeFiles(blog.folder, { 'posts/tree.png': '' });
  return blog;
}

async function check(blog: SmallBlog, ...words: readonly string[]): Promise<unknown> {
  const { stdout, code } = await blog.run('check', '--format', 'json', ...words);
  return { code, told: JSON.parse(stdout) as unknown };
}

function keptIn({ folder }: SmallBlog): string {
  const cache = join(folder, '.broadside/cache');
  return join(cache, readdirSync(cache).find((name) => name.startsWith('faults-')) ?? '');
}

/** What an author, or time, may do between two runs. */
const changes: Readonly<Record<string, (blog: SmallBlog) => void>> = {
  nothing: () => undefined,
  'one post edited': ({ folder }) =>
    writeFiles(folder, { 'posts/many.md': writePost('Many', 'tags: [a]\n') }),
  'the section that another post links to renamed': ({ folder }) =>
    writeFiles(folder, { 'posts/one.md': writePost('One\n\n## Another\n\nWords.', 'tags: [x]\n') }),
  'a post that another links to made a draft': ({ folder }) =>
    writeFiles(folder, { 'posts/one.md': writePost('One', 'tags: [x]\ndraft: true\n') }),
  'a post that another links to gone': ({ folder }) => rmSync(join(folder, 'posts/one.md')),
  'a post added that a link led to before': ({ folder }) =>
    writeFiles(folder, { 'posts/gone.md': writePost('Gone', 'tags: [x]\n') }),
  'what was to come is out': ({ folder }) =>
    writeFiles(folder, { 'posts/later.md': writePost('Later', 'tags: [x]\n') }),
  'another post of the name that a reference gives': ({ folder }) =>
    writeFiles(folder, { 'posts/a/hello.md': writePost('Hello', 'tags: [x]\nlang: de\nslug: hello-a\n') }),
  'the next part of a series retitled': ({ folder }) =>
    writeFiles(folder, {
      'posts/next.md': writePost('Long '.repeat(60), 'tags: [x]\nseries: Trees\npart: 2\n'),
    }),
  'a picture gone': ({ folder }) => rmSync(join(folder, 'posts/tree.png')),
  'the folder of pictures made': ({ folder }) => writeFiles(folder, { 'static/other.png': '' }),
  'a body for one target alone': ({ folder }) =>
    writeFiles(folder, { 'posts/one.devto.md': 'Words {{< odd >}}\n' }),
  'a rule silenced': ({ folder }) =>
    writeFiles(folder, {
      'posts/three.md': writePost(
        'Three\n\nTo [the one to come](later.md), {{< odd >}}.',
        'tags: [x]\nbroadside_ignore: [post-link-scheduled]\n',
      ),
    }),
  'a target gone from the config': ({ folder }) => {
    const config = join(folder, 'config/broadside.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^ +linkedin:.*\n/m, ''));
  },
};

describe('faults that an earlier run found', () => {
  test.each(Object.entries(changes))('change no word: %s', async (_name, change) => {
    const [kept, fresh] = [openBlog(), openBlog()];
    expect(await check(kept)).toEqual(await check(fresh));
    expect(readFileSync(keptIn(kept), 'utf8')).toContain('post-link-scheduled');
    change(kept);
    change(fresh);
    rmSync(join(fresh.folder, '.broadside'), { recursive: true });
    expect(await check(kept)).toEqual(await check(fresh));
    expect(await check(kept, 'two')).toEqual(await check(fresh, 'two'));
  });

  test('are told of the time that a check is for', async () => {
    const [kept, fresh] = [openBlog(), openBlog()];
    const after = ['--at', '2124-02-01'];
    await check(kept);
    expect(await check(kept, ...after)).toEqual(await check(fresh, ...after));
  });

  test('are used while nothing that they are made from has changed', async () => {
    const blog = openBlog();
    await check(blog);
    editMemo(keptIn(blog), (text) => text.replaceAll(/"line":\d+/g, '"line":66'));
    expect(JSON.stringify(await check(blog))).toContain('"line":66');
    expect(JSON.stringify(await check(blog, 'three'))).toContain('"line":66');
  });

  test('are not forgotten where a single post is checked', async () => {
    const blog = openBlog();
    await check(blog);
    const before = readFileSync(keptIn(blog), 'utf8');
    changes['one post edited']?.(blog);
    await check(blog, 'many');
    expect(readFileSync(keptIn(blog), 'utf8')).toBe(before);
  });

  test('of a post that cannot be read are none', async () => {
    const blog = openBlog();
    writeFiles(blog.folder, { 'posts/broken.mdx': writePost('Words {') });
    expect(JSON.stringify(await check(blog))).toContain('post-unreadable');
    expect(readFileSync(keptIn(blog), 'utf8')).not.toContain('post-unreadable');
  });
});
