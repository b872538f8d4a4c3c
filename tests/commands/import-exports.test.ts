import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runImport } from '../../src/commands/import/import.ts';
import { loadFeed } from '../../src/sources/feed/load-feed.ts';
import { openFolder, writeFiles } from '../workspace.ts';

/** Imports into `posts` in a new folder that holds some files, and tells what came of it. */
async function importFrom(files: Readonly<Record<string, string>>, feed: string, site?: string) {
  const folder = openFolder();
  writeFiles(folder, files);
  let reported = '';
  const code = await runImport(
    { feed, config: 'config/broadside.yaml', out: 'posts', force: false, site },
    {
      cwd: folder,
      environment: {},
      signal: new AbortController().signal,
      now: () => '2026-12-01T08:30:00.000Z',
      format: 'human',
      print: () => undefined,
      report: (text) => {
        reported += text;
      },
      interactive: false,
      color: false,
    },
  );
  const read = (name: string) => readFileSync(join(folder, 'posts', name), 'utf8');
  return { code, reported, names: readdirSync(join(folder, 'posts')).toSorted(), read, folder };
}

const ghost = (posts: readonly object[]) =>
  JSON.stringify({ db: [{ meta: { exported_on: 1, version: '6.0.0' }, data: { posts } }] });
const pears = {
  id: '1',
  title: 'Pears',
  slug: 'pears',
  html: '<p>Ripe.</p>',
  type: 'post',
  status: 'published',
  published_at: '2026-02-04 09:05:00',
};
const plums = { id: '2', title: 'Plums', slug: 'plums', html: '<p>Soon.</p>', type: 'post', status: 'draft' };

test('an export becomes files, drafts among them', async () => {
  const { code, names, read, reported } = await importFrom(
    {
      'orchard.json': ghost([
        pears,
        plums,
        { ...pears, id: '3', slug: 'club', title: 'Club', visibility: 'paid' },
      ]),
    },
    'orchard.json',
    'orchard.example',
  );
  expect(code).toBe(0);
  expect(names).toEqual(['club.md', 'pears.md', 'plums.md']);
  expect(read('pears.md')).toBe(
    '---\ntitle: Pears\ndate: 2026-02-04T09:05:00Z\ncanonical_url: https://orchard.example/pears/\n---\n\nRipe.\n',
  );
  expect(read('plums.md')).toBe(
    '---\ntitle: Plums\ncanonical_url: https://orchard.example/plums/\ndraft: true\n---\n\nSoon.\n',
  );
  expect(read('club.md')).toContain('draft: true');
  expect(reported).toContain('posts/club.md:1:1 warning import-withheld');
});

test('a folder is recognised by what is in it', async () => {
  const { names } = await importFrom(
    { 'export/content/a.json': ghost([pears]), 'export/b.txt': '' },
    'export',
  );
  expect(names).toEqual(['pears.md']);
});

test('a folder that holds none, or two, is refused with what to do', async () => {
  await expect(importFrom({ 'export/a.md': '# Notes' }, 'export')).rejects.toMatchObject({
    code: 'EXPORT_INVALID',
    remedy: expect.stringContaining('WordPress, Blogger, Ghost, Medium, Substack or Hashnode') as string,
  });
  const two = { 'export/a.json': ghost([pears]), 'export/posts.csv': 'post_id,post_date,is_published\n' };
  await expect(importFrom(two, 'export')).rejects.toMatchObject({
    message: 'The folder holds exports of Ghost and Substack.',
  });
});

test('an archive is refused with what to do', async () => {
  await expect(importFrom({ 'a.zip': 'PK\u0003\u0004' }, 'a.zip')).rejects.toMatchObject({
    remedy: 'Unpack it, and give broadside import the folder.',
  });
});

test('what is not the address of a site is refused', async () => {
  await expect(importFrom({ 'a.json': ghost([pears]) }, 'a.json', 'not a site')).rejects.toMatchObject({
    code: 'USAGE',
  });
});

test('an export is no feed that a source may publish from', async () => {
  const { folder } = await importFrom({ 'a.json': ghost([pears]) }, 'a.json');
  await expect(
    loadFeed(join(folder, 'a.json'), { signal: new AbortController().signal }),
  ).rejects.toMatchObject({
    code: 'FEED_INVALID',
    message: expect.stringContaining('an export of Ghost') as string,
  });
});

test('an export that is imported again changes nothing, and what changed in it is named', async () => {
  const first = await importFrom({ 'a.json': ghost([pears]) }, 'a.json', 'https://orchard.example');
  writeFiles(first.folder, { 'b.json': ghost([{ ...pears, status: 'draft' }]) });
  let printed = '';
  await runImport(
    {
      feed: 'b.json',
      config: 'config/broadside.yaml',
      out: 'posts',
      force: false,
      site: 'https://orchard.example',
    },
    {
      cwd: first.folder,
      environment: {},
      signal: new AbortController().signal,
      now: () => '2026-12-01T08:30:00.000Z',
      format: 'human',
      print: (text) => {
        printed += text;
      },
      report: () => undefined,
      interactive: false,
      color: false,
    },
  );
  expect(printed).toContain('kept, changed in the feed: that it is a draft');
});
