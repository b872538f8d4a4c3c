import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Config } from '../../src/config/load.ts';
import type { FeedTarget } from '../../src/model/target.ts';
import { digestDocuments } from '../../src/plan/feed.ts';
import { digestWritten } from '../../src/plan/written-files.ts';
import { editMemo } from '../edit-memo.ts';
import { openFolder, writeFiles } from '../workspace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 3_600_000);
  return () => vi.useRealTimers();
});

const target = { name: 'feed', files: { 'feed.xml': '', 'feed.json': '' } } as unknown as FeedTarget;

function openFeed() {
  const root = openFolder();
  writeFiles(root, { 'feed.xml': '<rss/>', 'feed.json': '{}' });
  const config = { root, file: 'broadside.yaml' } as Config;
  const cache = join(root, '.broadside/cache');
  return {
    root,
    digest: () => digestWritten(target, root, config),
    mark: () => {
      const memo = readdirSync(cache).find((name) => name.startsWith('written-')) ?? '';
      editMemo(join(cache, memo), (text) => (text === 'null' ? text : 'remembered'));
    },
  };
}

const written = (rss: string) =>
  digestDocuments([
    { path: 'feed.xml', text: rss },
    { path: 'feed.json', text: '{}' },
  ]);

test('the files of a feed are read once, and again as soon as one of them is another', () => {
  const { root, digest, mark } = openFeed();
  expect(digest()).toBe(written('<rss/>'));
  mark();
  expect(digest()).toBe('remembered');
  writeFiles(root, { 'feed.xml': '<rss>' });
  expect(digest()).toBe(written('<rss>'));
  mark();
  expect(digest()).toBe('remembered');
  utimesSync(join(root, 'feed.xml'), 1, 1);
  expect(digest()).toBe(written('<rss>'));
});

test('a feed with a file that is missing has no digest', () => {
  const { root, digest } = openFeed();
  digest();
  rmSync(join(root, 'feed.json'));
  expect(digest()).toBeUndefined();
});
