import { sitePath } from './addresses.ts';
import type { Generator, Inspection } from './define.ts';
import { tidyFacts } from './facts.ts';
import { findFile, joinPath } from './paths.ts';
import { readData, textAt, valueAt } from '../reading/site-files/read-data.ts';
import { placePosts } from './scan.ts';

const folders = ['posts', 'blog/posts', 'blog', 'articles', 'news', 'docs/blog/posts', 'docs/blog'];

/** Quarto: _quarto.yml, and posts as .qmd or .md, mostly in a folder each. */
export const quarto: Generator = {
  name: 'Quarto',
  detect(view, wish) {
    const evidence = findFile(view, ['_quarto.yml', '_quarto.yaml']);
    if (evidence === undefined) return undefined;
    const data = readData(view, evidence) ?? {};
    const places = placePosts(view, wish, folders);
    const url = textAt(data, 'website.site-url');
    const base = joinPath(URL.parse(wish.url ?? url ?? '')?.pathname ?? '');
    return {
      generator: 'Quarto',
      evidence,
      facts: tidyFacts({
        url,
        title: textAt(data, 'website.title', 'title'),
        description: textAt(data, 'website.description', 'description'),
        author: valueAt(data, 'author') ?? valueAt(data, 'website.author'),
        language: textAt(data, 'lang', 'format.html.lang'),
      }),
      ...places,
      syntax: { math: true },
      canonical: sitePath([base, places.posts, '{name}'], '/'),
      addressOf: ({ path }) => {
        const stem = path.replace(/\.\w+$/, '');
        const isIndex = /(^|\/)index$/.test(stem);
        return sitePath([base, stem.replace(/(^|\/)index$/, '')], isIndex ? '/' : '.html');
      },
      feedFolder: 'feeds',
      feedPrefix: 'feeds/',
      output: joinPath(textAt(data, 'project.output-dir') ?? '_site'),
      ownFeeds: [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [
        {
          message: 'Quarto copies only the files that "resources" names.',
          remedy: `Add "feeds/**" to "project: resources" in ${evidence}.`,
          isAboutFeeds: true,
        },
      ],
    } satisfies Inspection;
  },
};
