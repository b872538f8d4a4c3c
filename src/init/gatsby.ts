import { fieldOf, sitePath, stemOf } from './addresses.ts';
import type { Generator, Inspection, SiteView } from './define.ts';
import { dependsOn, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readScript } from '../reading/site-files/read-script.ts';
import { isBelow, placePosts } from './scan.ts';

const scripts = ['js', 'ts', 'mjs', 'cjs'];
const folders = ['content/blog', 'content/posts', 'src/posts', 'src/content', 'blog', 'posts', 'src/pages'];

/** Gatsby: gatsby-config, gatsby-node, and the folders that its files come from. */
export const gatsby: Generator = {
  name: 'Gatsby',
  detect(view, wish) {
    const evidence = findFile(view, nameFiles('', ['gatsby-config'], scripts));
    if (evidence === undefined && !dependsOn(view, 'gatsby')) return undefined;
    const text = evidence === undefined ? '' : (view.read(evidence) ?? '');
    const script = readScript(text);
    const sources = listSources(text);
    const places = placePosts(view, wish, [...sources, ...folders]);
    const top = sources
      .filter((folder) => isBelow(places.posts, folder))
      .toSorted((a, b) => b.length - a.length)[0];
    const base = joinPath(script.text('pathPrefix') ?? '');
    const end = script.text('trailingSlash') === 'never' ? '' : '/';
    const route = findRoute(view);
    const read = (...names: readonly string[]): string | undefined =>
      script.text(...names.flatMap((name) => [`siteMetadata.${name}`, name]));
    const below = pathBelow(places.posts, top ?? places.posts);
    const folder = below === places.posts ? '' : below;
    return {
      generator: 'Gatsby',
      evidence: evidence ?? 'package.json',
      facts: tidyFacts({
        url: read('siteUrl', 'url'),
        title: read('title'),
        description: read('description'),
        author: read('author.name', 'author'),
        language: read('language', 'lang', 'locale'),
      }),
      ...places,
      canonical: sitePath([base, route, folder, '{slug}'], end),
      addressOf: (post) => {
        const stem = stemOf(pathBelow(post.path, top ?? places.posts));
        return sitePath([base, route, fieldOf(post, 'slug') ?? stem], end);
      },
      feedFolder: 'static',
      feedPrefix: '',
      renamesPictures: true,
      output: 'public',
      ownFeeds: dependsOn(view, 'gatsby-plugin-feed') ? [script.text('output') ?? 'rss.xml'] : [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** The folders of gatsby-source-filesystem, written with or without the site's own before them. */
function listSources(text: string): readonly string[] {
  const written = text.matchAll(
    /\bpath\s*:\s*(?:path\.(?:join|resolve)\(\s*__dirname\s*,\s*['"]([^'"]+)['"]|`\$\{__dirname\}\/([^`$]+)`|['"](\.?[^'"$]+)['"])/g,
  );
  const folders = [...written].map(([, joined, filled, plain]) => joinPath(joined ?? filled ?? plain ?? ''));
  return [...new Set(folders)].filter(
    (folder) => !folder.startsWith('..') && !/images?$|assets$/.test(folder),
  );
}

/** The path that gatsby-node puts before a post's, or that a page's file is named after. */
function findRoute(view: SiteView): string {
  const node = findFile(view, nameFiles('', ['gatsby-node'], scripts));
  const text = node === undefined ? '' : (view.read(node) ?? '');
  const filled = /`\/?([\w-]+(?:\/[\w-]+)*)\/?\$\{/.exec(text)?.[1];
  if (filled !== undefined) return filled;
  return (
    view
      .list('src/pages')
      .find(
        ({ name, kind }) =>
          kind === 'folder' && view.list(`src/pages/${name}`).some((one) => one.name.startsWith('{')),
      )?.name ?? ''
  );
}
