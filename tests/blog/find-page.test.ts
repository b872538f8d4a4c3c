import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { findPageFile, isFileGone } from '../../src/blog/find-page.ts';
import { openFolder, writeFiles } from '../workspace.ts';

const site = 'https://example.com/me';

function build(...files: readonly string[]) {
  const folder = openFolder();
  writeFiles(folder, Object.fromEntries(files.map((file) => [`_site/${file}`, ''])));
  const built = join(folder, '_site');
  const find = (path: string, siteUrl = site): string | undefined => {
    const file = findPageFile(`https://example.com${path}`, built, siteUrl);
    return file && relative(built, file).replaceAll('\\', '/');
  };
  return { folder, built, find };
}

it('finds the file of a page as generators write it', () => {
  const { find } = build(
    'a/index.html',
    'b.html',
    'Deep/Er/index.html',
    'c.htm',
    'über/index.html',
    'index.html',
  );
  expect(find('/me/a/')).toBe('a/index.html');
  expect(find('/me/a')).toBe('a/index.html');
  expect(find('/me/b/')).toBe('b.html');
  expect(find('/me/b')).toBe('b.html');
  expect(find('/me/b.html')).toBe('b.html');
  expect(find('/me/c.htm?x=1#y')).toBe('c.htm');
  expect(find('/me/deep/er/')).toBe('Deep/Er/index.html');
  expect(find('/me/%C3%BCber/')).toBe('über/index.html');
  expect(find('/me/')).toBe('index.html');
  expect(find('/me/d/')).toBeUndefined();
});

it('finds it below the whole path, where a generator writes that too', () => {
  const { find } = build('me/a/index.html', 'b/index.html');
  expect(find('/me/a/')).toBe('me/a/index.html');
  expect(find('/b/')).toBe('b/index.html');
});

it('reads nothing outside the folder', () => {
  const { folder, built, find } = build('a/index.html');
  writeFiles(folder, { 'secret/index.html': '' });
  mkdirSync(join(built, 'x'));
  symlinkSync(join(folder, 'secret'), join(built, 'x', 'link'));
  expect(find('/me/..%2Fsecret/')).toBeUndefined();
  expect(find('/me/%2E%2E/secret/')).toBeUndefined();
  expect(find('/me/x/link/')).toBeUndefined();
  expect(find('/me/%00/')).toBeUndefined();
  expect(find('/me/%E0%A4/')).toBeUndefined();
});

it('tells whether a file of the site is gone', () => {
  const { built } = build('img/a.png');
  const isGone = (url: string): boolean => isFileGone(url, built, site);
  expect(isGone('https://example.com/me/img/a.png?v=2')).toBe(false);
  expect(isGone('https://example.com/me/img/b.png')).toBe(true);
  expect(isGone('https://images.example/b.png')).toBe(false);
  expect(isGone('data:image/png;base64,AA')).toBe(false);
});
