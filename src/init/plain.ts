import type { Generator, Inspection } from './define.ts';
import { placePosts } from './scan.ts';

const folders = ['posts', '_posts', 'blog', 'content/posts', 'content/blog', 'source/_posts', 'articles'];

/** A folder of markdown that no known generator makes a site of; how its addresses are made only its author knows. */
export const plain: Generator = {
  name: 'a plain folder',
  detect(view, wish) {
    return {
      generator: 'plain',
      facts: {},
      ...placePosts(view, wish, folders),
      feedFolder: 'out/site',
      feedPrefix: '',
      ownFeeds: [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};
