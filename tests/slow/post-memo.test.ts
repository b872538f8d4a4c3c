import { cpSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSmall, settle } from '../settled-blog.ts';
import { writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

function cacheOf(folder: string): string {
  const cache = join(folder, '.broadside', 'cache');
  const file = readdirSync(cache).find((name) => name.startsWith('markdown-1-')) ?? '';
  return join(cache, file);
}

describe('what the last run learned', () => {
  test('is kept, and used only while the files are what they were', async () => {
    const blog = openSmall({
      a: writePost('First title', 'tags: [x]\n'),
      b: writePost('Other', 'tags: [x]\n'),
    });
    await settle();
    const first = await blog.run('plan', '--format', 'json');
    expect(cacheOf(blog.folder)).toMatch(/\.json$/);
    expect(readFileSync(join(blog.folder, '.broadside/cache/.gitignore'), 'utf8')).toBe('*\n');
    const index: unknown = JSON.parse(readFileSync(cacheOf(blog.folder), 'utf8').split('\n')[1] ?? '');
    expect(index).toMatchObject({ names: ['posts/a.md', 'posts/b.md', ''] });
    expect(titles(await blog.run('plan', '--format', 'json'))).toEqual(titles(first));

    writeFiles(blog.folder, { 'posts/a.md': writePost('Second titl', 'tags: [x]\n') });
    const { stdout } = await blog.run('render', 'a', '--target', 'devto', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ fields: { title: 'Second titl' } });
  });

  test('has what posts have alike once, and what an edit brings beside it', async () => {
    const blog = openSmall({
      a: writePost('A', 'tags: [x, y]\n'),
      b: writePost('B', 'tags: [x, y]\n'),
      c: writePost('C', 'tags: [z]\n'),
    });
    const readTags = () =>
      Promise.all(
        ['a', 'b', 'c'].map(async (id) => {
          const { stdout } = await blog.run('render', id, '--target', 'devto', '--format', 'json');
          return (JSON.parse(stdout) as { readonly fields: { readonly tags: unknown } }).fields.tags;
        }),
      );
    await settle();
    await blog.run('plan');
    expect(readFileSync(cacheOf(blog.folder), 'utf8').split(String.raw`[\"x\",\"y\"]`)).toHaveLength(2);
    expect(await readTags()).toEqual([['x', 'y'], ['x', 'y'], ['z']]);

    writeFiles(blog.folder, { 'posts/b.md': writePost('B', 'tags: [new]\n') });
    await settle();
    await blog.run('plan');
    expect(await readTags()).toEqual([['x', 'y'], ['new'], ['z']]);
    rmSync(cacheOf(blog.folder));
    expect(await readTags()).toEqual([['x', 'y'], ['new'], ['z']]);
  });

  test('an edit that keeps size and time is seen, since the change time tells', async () => {
    const blog = openSmall({ a: writePost('First title') });
    await settle();
    await blog.run('plan');
    const file = join(blog.folder, 'posts/a.md');
    const then = new Date(2024, 1, 1);
    utimesSync(file, then, then);
    await settle();
    await blog.run('plan');
    writeFileSync(file, writePost('Other title'));
    utimesSync(file, then, then);
    const { stdout } = await blog.run('render', 'a', '--target', 'devto', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ fields: { title: 'Other title' } });
  });

  test('deleted or damaged, it changes no output', async () => {
    const damages: readonly ((text: string) => string)[] = [
      () => '',
      (text) => text.slice(0, text.length / 2),
      (text) => text.replace('First', 'Worst'),
      (text) => text.replace('"format":3', '"format":1'),
      () => 'x\ny\nz\n',
    ];
    const blog = openSmall({ a: writePost('First title', 'cover: ./gone.png\n') });
    await settle();
    const before = await blog.run('check', '--format', 'json');
    const expectSame = async (): Promise<void> => {
      expect(await blog.run('check', '--format', 'json')).toEqual(before);
      const { stdout } = await blog.run('render', 'a', '--target', 'devto', '--format', 'json');
      expect(JSON.parse(stdout)).toMatchObject({ fields: { title: 'First title' } });
    };
    for (const damage of damages) {
      await blog.run('plan');
      const text = readFileSync(cacheOf(blog.folder), 'utf8');
      expect(text).toContain('First title');
      writeFileSync(cacheOf(blog.folder), damage(text));
      await expectSame();
    }
    rmSync(join(blog.folder, '.broadside'), { recursive: true });
    await expectSame();
  });

  test('that of another blog, or of another config, is none', async () => {
    const [one, two] = [openSmall({ a: writePost('One') }), openSmall({ a: writePost('Two') })];
    await settle();
    await one.run('plan');
    await two.run('plan');
    cpSync(join(one.folder, '.broadside/cache'), join(two.folder, '.broadside/cache'), { recursive: true });
    const titleOf = async (folder: typeof two): Promise<unknown> =>
      (
        JSON.parse((await folder.run('render', 'a', '--target', 'devto', '--format', 'json')).stdout) as {
          fields: { title: string };
          canonicalUrl: string;
        }
      ).fields.title;
    expect(await titleOf(two)).toBe('Two');
    const config = join(two.folder, 'config/broadside.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('/blog/{slug}', '/words/{slug}'));
    const { stdout } = await two.run('render', 'a', '--target', 'devto', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ canonicalUrl: 'https://example.com/words/a' });
  });

  test('a cover that comes or goes is seen although the post has not changed', async () => {
    const blog = openSmall({ a: writePost('A', 'cover: ./cover.png\ntags: [x]\n') });
    await settle();
    await blog.run('plan');
    expect((await blog.run('check', '--all')).stderr).toContain('post-file-missing');
    writeFiles(blog.folder, { 'posts/cover.png': 'a picture' });
    expect((await blog.run('check', '--all')).stderr).toBe('');
  });

  test('is not written again for one file among many, which is read anew', async () => {
    const posts = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`p${n}`, writePost(`P ${n}`)]));
    const blog = openSmall(posts);
    await settle();
    await blog.run('plan');
    const before = readFileSync(cacheOf(blog.folder), 'utf8');
    writeFiles(blog.folder, { 'posts/p1.md': writePost('Another') });
    await settle();
    const { stdout } = await blog.run('render', 'p1', '--target', 'devto', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ fields: { title: 'Another' } });
    await blog.run('plan');
    expect(readFileSync(cacheOf(blog.folder), 'utf8')).toBe(before);
  });

  test('two processes at once leave one whole cache', async () => {
    const posts = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`p${n}`, writePost(`P ${n}`)]));
    const blog = openSmall(posts);
    await settle();
    const runs = await Promise.all(Array.from({ length: 4 }, () => blog.run('plan', '--format', 'json')));
    expect(new Set(runs.map(titles)).size).toBe(1);
    expect(readdirSync(join(blog.folder, '.broadside/cache')).toSorted()).toEqual([
      '.gitignore',
      expect.stringMatching(/^config-[0-9a-f]{8}\.json$/),
      expect.stringMatching(/^markdown-1-[0-9a-f]{8}\.json$/),
    ]);
    expect(titles(await blog.run('plan', '--format', 'json'))).toEqual(titles(runs[0]));
  });
});

/** All that a run printed but the instants in it. */
function titles(run: { readonly stdout: string } | undefined): string {
  return (run?.stdout ?? '').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
}
