import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Overview, PostView } from '../../src/preview/define.ts';
import { openPreview } from '../../src/preview/open-preview.ts';
import { writePreview } from '../../src/preview/write-files.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { openFolder, writeFiles } from '../workspace.ts';
import { openShell } from '../preview/start-preview.ts';

const targets = ['devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }'];

/** Runs a script of the preview's data as its page does, and gives what it hands over. */
function runScript(file: string): readonly [name: string, value: unknown] {
  const taken: [string, unknown][] = [];
  runInNewContext(readFileSync(file, 'utf8'), {
    takeBroadsideData: (name: string, value: unknown) => taken.push([name, structuredClone(value)]),
  });
  expect(taken).toHaveLength(1);
  return taken[0] ?? ['', undefined];
}

async function writeTo(blog: SmallBlog, folder: string, more: readonly string[] = []) {
  const run = await blog.run('preview', '--out', folder, ...more);
  expect(run.stderr).toContain('Nothing has been sent');
  const [name, value] = runScript(join(folder, 'data', 'overview.js'));
  expect(name).toBe('overview');
  return value as Overview;
}

test('files hold the same as the server gives, and their pictures', async () => {
  const blog = makeSmallBlog(targets, {
    trees: writePost('Trees\n\n![A tree](tree.png)'),
    moss: writePost('Moss'),
  });
  writeFileSync(join(blog.folder, 'posts', 'tree.png'), 'a picture');
  const folder = join(openFolder(), 'preview');
  const overview = await writeTo(blog, folder);
  expect(overview).toMatchObject({ from: 'files', posts: [{ id: 'moss' }, { id: 'trees' }] });
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(blog.folder), 'files');
  for (const { data = '' } of overview.posts)
    expect(runScript(join(folder, 'data', `${data}.js`))).toEqual([data, await preview.post(data)]);
  const [, view] = runScript(join(folder, 'data', 'posts', 'trees.js'));
  const { original, diagnostics } = view as PostView;
  const [picture = ''] = /site\/[\da-f]+\.png/.exec(original.html) ?? [];
  expect(readFileSync(join(folder, picture), 'utf8')).toBe('a picture');
  expect(JSON.stringify([original, diagnostics])).not.toContain('vscode:');
});

test('the page may load nothing from elsewhere', async () => {
  const blog = makeSmallBlog(targets, { trees: writePost('Trees') });
  const folder = openFolder();
  await writeTo(blog, folder);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const policy = /content-security-policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|connect-src|\*/);
});

test('of many posts, those are written first that something is to happen with', async () => {
  const past = Array.from({ length: 230 }, (_, index) => {
    const date = new Date(Date.UTC(2019, 0, 1 + index)).toISOString().slice(0, 10);
    return [`old-${index}`, writePost(`Old ${index}`, `date: ${date}\n`)] as const;
  });
  const ancient = writePost('Wanted', 'date: 2010-01-01\nsyndicate: { devto: true }\n');
  const blog = makeSmallBlog(
    ['devto: { kind: devto, ai_disclosure: no_ai, opt_in: true, since: 2009-01-01 }'],
    {
      ...Object.fromEntries(past),
      wanted: ancient,
    },
  );
  const folder = openFolder();
  const overview = await writeTo(blog, folder);
  expect(overview.leftOut).toBe(31);
  expect(overview.posts).toHaveLength(231);
  expect(overview.posts.filter(({ data }) => data !== undefined)).toHaveLength(200);
  expect(overview.posts.find(({ id }) => id === 'wanted')?.data).toBe('posts/wanted');
  expect(overview.posts.find(({ id }) => id === 'old-0')?.data).toBeUndefined();
  const all = await writeTo(blog, folder, ['--all']);
  expect(all.leftOut).toBeUndefined();
  const one = await writeTo(blog, folder, ['old-0']);
  expect(one.posts.filter(({ data }) => data !== undefined).map(({ id }) => id)).toEqual(['old-0']);
  expect(readdirSync(join(folder, 'data', 'posts'))).toEqual(['old-0.js']);
});

test('nothing that is not a preview is written over', async () => {
  const blog = makeSmallBlog(targets, { trees: writePost('Trees') });
  const folder = openFolder();
  writeFiles(folder, { 'thesis.txt': 'years of work' });
  const { code, stderr } = await blog.run('preview', '--out', folder);
  expect([code, stderr]).toEqual([1, expect.stringContaining('OUTPUT_UNWRITABLE')]);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

test('a preview that was written before is replaced, and what lies beside it stays', async () => {
  const blog = makeSmallBlog(targets, { trees: writePost('Trees') });
  const folder = openFolder();
  await writeTo(blog, folder);
  writeFiles(folder, { 'notes.txt': 'mine', 'data/posts/gone.js': 'old' });
  await writeTo(blog, folder);
  expect(existsSync(join(folder, 'data', 'posts', 'gone.js'))).toBe(false);
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

test('the app lies beside its data', async () => {
  const blog = makeSmallBlog(targets, { trees: writePost('Trees') });
  const folder = openFolder();
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(blog.folder), 'files');
  const app = {
    names: ['app.js', 'app.css'],
    read: (name: string) => ({ type: 'text/plain', bytes: Buffer.from(name) }),
  };
  await writePreview(preview, app, { folder, posts: [], all: false });
  expect(readFileSync(join(folder, 'app.css'), 'utf8')).toBe('app.css');
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('data-from="files"');
});
