import type { Inspection, Generator, SiteView } from './define.ts';
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
      posts: wish.posts ?? pickFolder(view, folders) ?? findOnlyFolder(view) ?? 'posts',
      feedFolder: 'out/site',
      feedPrefix: '',
      ownFeeds: [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** The one folder at the top that has markdown in it, whatever its name; undefined where there are several. */
function findOnlyFolder(view: SiteView): string | undefined {
  const others = view
    .list('')
    .filter(({ name, kind }) => kind === 'folder' && !/^([._].*|node_modules|out|docs?|tests?)$/i.test(name))
    .map(({ name }) => name);
  const first = pickFolder(view, others);
  return pickFolder(
    view,
    others.filter((name) => name !== first),
  ) === undefined
    ? first
    : undefined;
}
