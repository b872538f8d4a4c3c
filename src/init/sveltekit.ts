import { fieldOf, lastPart, type Route, sitePath, stemOf } from './addresses.ts';
import { readConstants } from './constants.ts';
import type { Generator, Inspection, SiteView } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readScript } from '../reading/site-files/read-script.ts';
import { isBelow, placePosts } from './scan.ts';

const sections = ['blog', 'posts', 'post', 'articles', 'writing', 'notes'];
const folders = ['src/posts', 'src/content', 'src/lib/posts', 'src/lib/content', 'posts', 'content'].flatMap(
  (folder) => [folder, ...sections.map((name) => `${folder}/${name}`)],
);

/** SvelteKit: svelte.config, the routes, and markdown as routes or wherever the site's own code reads it. */
export const sveltekit: Generator = {
  name: 'SvelteKit',
  detect(view, wish) {
    const evidence = findFile(view, nameFiles('', ['svelte.config'], ['js', 'ts', 'mjs', 'cjs']));
    if (!dependsOn(view, '@sveltejs/kit')) return undefined;
    const script = readScript(evidence === undefined ? undefined : view.read(evidence));
    const base = joinPath(script.text('kit.paths.base', 'paths.base') ?? '');
    const routed = sections.map((name) => `src/routes/${name}`);
    const places = placePosts(view, wish, [...folders, ...routed]);
    const isRoute = isBelow(places.posts, 'src/routes');
    const shown = isRoute ? undefined : findRoute(view, places.posts.split('/').at(-1) ?? '');
    const route = isRoute ? withoutGroups(pathBelow(places.posts, 'src/routes')) : shown?.folder;
    const end = findEnd(view);
    const { url, ...facts } = readConstants(view, ['src/lib', 'src']);
    return {
      generator: 'SvelteKit',
      evidence: evidence ?? 'package.json',
      facts: tidyFacts({ ...facts, url: addBase(url, base) }),
      ...places,
      ...(route !== undefined && { canonical: sitePath([base, route, '{slug}'], end) }),
      ...(route !== undefined && {
        addressOf: (post) => {
          const stem = stemOf(pathBelow(post.path, places.posts)).replace(/\/\+page$/, '');
          const name = shown?.takesFolders === true ? stem : lastPart(stem);
          return sitePath(
            [base, route, isRoute ? withoutGroups(stem) : (fieldOf(post, 'slug') ?? name)],
            end,
          );
        },
      }),
      feedFolder: 'static',
      feedPrefix: '',
      ...(dependsOn(view, '@sveltejs/adapter-static') && {
        output: joinPath(script.text('kit.adapter.pages', 'adapter.pages', 'pages') ?? 'build'),
      }),
      ownFeeds: view
        .list('src/routes')
        .filter(({ name, kind }) => kind === 'folder' && /\.(xml|json)$/.test(name))
        .map(({ name }) => name),
      firstPost: { file: 'first-post.md', dateField: 'date', lines: ['published: false'] },
      notes: [],
    } satisfies Inspection;
  },
};

/** A route's path, without the groups that no address shows. */
function withoutGroups(path: string): string {
  return path
    .split('/')
    .filter((part) => !/^\(.+\)$/.test(part))
    .join('/');
}

/** The folder of the page that shows one post, such as src/routes/blog/[slug]. */
function findRoute(view: SiteView, name: string): Route | undefined {
  const groups = view
    .list('src/routes')
    .filter((item) => item.kind === 'folder' && /^\(.+\)$/.test(item.name))
    .map((item) => `src/routes/${item.name}`);
  for (const folder of new Set([name, ...sections, ''])) {
    const names = ['src/routes', ...groups].flatMap((root) => view.list(joinPath(root, folder)));
    const found = names.find((item) => item.kind === 'folder' && /^\[(\.\.\.)?\w+(=\w+)?\]$/.test(item.name));
    if (found !== undefined) return { folder, takesFolders: found.name.startsWith('[...') };
  }
  return undefined;
}

function findEnd(view: SiteView): '' | '/' {
  const layouts = nameFiles('src/routes', ['+layout', '+layout.server'], ['js', 'ts']);
  const isAlways = layouts.some((file) => readScript(view.read(file)).text('trailingSlash') === 'always');
  return isAlways ? '/' : '';
}
