import { expect, test } from 'vitest';
import { countStates, matches } from '../../src/preview/app/posts/filter.ts';
import { sampleOverview } from './sample-data.ts';

const { posts } = sampleOverview;
const find = (filter: Parameters<typeof matches>[1]): readonly string[] =>
  posts.filter((post) => matches(post, filter)).map(({ id }) => id);

test('a post is found by every word of its title, path, series and tags', () => {
  expect(find({ words: '  FERNS   small ' })).toEqual(['on-ferns']);
  expect(find({ words: 'posts/on-b' })).toEqual(['on-bark']);
  expect(find({ words: 'woods' })).toHaveLength(posts.length);
  expect(find({ words: 'ferns moss' })).toEqual([]);
});

test('a state is that of a copy on the target that is chosen', () => {
  expect(find({ words: '', state: 'live', target: 'linkedin' })).toEqual(['on-ferns']);
  expect(find({ words: '', target: 'linkedin' })).not.toContain('on-roots');
  expect(countStates(posts, 'linkedin').get('live')).toBe(1);
  expect(countStates(posts).get('live')).toBe(4);
});
