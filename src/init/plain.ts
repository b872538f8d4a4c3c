import type { Finding, Generator } from './define.ts';
import { pickFolder } from './paths.ts';

const folders = [
  'posts',
  '_posts',
  'blog',
  'content/posts',
  'content/blog',
  'source/_posts',
  'articles',
  'content',
];

/** A folder of markdown that no known generator makes a site of; how its addresses are made only its author knows. */
export const plain: Generator = {
  name: 'a plain folder',
  detect(view, wish) {
    return {
      generator: 'plain',
      facts: {},
      posts: wish.posts ?? pickFolder(view, folders) ?? 'posts',
      feedFolder: 'out/site',
      feedPrefix: '',
      ownFeeds: [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Finding;
  },
};
