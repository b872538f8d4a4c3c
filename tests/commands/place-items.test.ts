import { describe, expect, test } from 'vitest';
import { placeItems } from '../../src/commands/import/place-items.ts';
import type { FeedPost } from '../../src/sources/feed/interpret-feed.ts';
import { measureGrowth } from '../measure-cpu.ts';

function makePosts(count: number): readonly FeedPost[] {
  return Array.from({ length: count }, (_, number) => ({
    slug: 'note',
    title: 'Note',
    original: `https://plum.example/${number}/note/`,
    publishAt: new Date(Date.UTC(2020, 0, 1) + number * 3_600_000).toISOString(),
    tags: [],
    authors: [],
    digest: String(number),
    flaws: [],
  }));
}

describe('posts of one name', () => {
  test('are numbered from the oldest on, past the files that have a number', () => {
    const [first, second, third] = makePosts(3);
    const posts = [third, first, second].filter((post) => post !== undefined);
    const taken = { path: '/out/note-2.md', slug: 'note-2', text: '', canonicalUrl: 'plum.example/other' };
    const places = placeItems(posts, [taken], '/out', false);
    expect(places.map(({ path }) => path)).toEqual(['/out/note-4.md', '/out/note.md', '/out/note-3.md']);
  });

  test('take time by their number, not by its square', async () => {
    const growth = await measureGrowth(1000, (count) => placeItems(makePosts(count), [], '/out', false));
    expect(growth).toBeLessThan(10);
  });
});
