import { fieldOf, lastPart, type Route, sitePath, stemOf } from './addresses.ts';
import type { Inspection, Generator, Note, SiteView } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readScript } from '../reading/site-files/read-script.ts';
import { placePosts } from './scan.ts';

const scripts = ['js', 'mjs', 'ts', 'cjs', 'mts'];
const pages = ['tsx', 'ts', 'jsx', 'js', 'mdx'];
const sections = ['blog', 'posts', 'post', 'articles', 'writing', 'notes'];
const postFolders = ['content', 'src/content', 'data', '_content']
  .flatMap((root) => ['posts', 'blog', 'articles'].map((name) => `${root}/${name}`))
  .concat(['posts', '_posts', 'src/posts', 'src/_posts', 'app/blog/posts', 'src/app/blog/posts'])
  .concat(['blog']);

/** Next: next.config, the route that shows one post, and markdown wherever the site's own code reads it. */
export const next: Generator = {
  name: 'Next',
  detect(view, wish) {
    const config = findFile(view, nameFiles('', ['next.config'], scripts));
    if (config === undefined && !dependsOn(view, 'next')) return undefined;
    const script = readScript(config === undefined ? undefined : view.read(config));
    const base = joinPath(script.text('basePath', 'nextConfig.basePath') ?? '');
    const end = script.flag('trailingSlash') ? '/' : '';
    const { posts, otherPosts } = placePosts(view, wish, postFolders);
    const route = findRoute(view);
    return {
      generator: 'Next',
      evidence: config ?? 'package.json',
      facts: readFacts(view, base),
      posts,
      otherPosts,
      ...(route !== undefined && { canonical: sitePath([base, route.folder, '{slug}'], end) }),
      ...(route !== undefined && {
        addressOf: (post) => {
          const stem = stemOf(pathBelow(post.path, posts));
          const name = route.takesFolders ? stem : lastPart(stem);
          return sitePath([base, route.folder, fieldOf(post, 'slug') ?? name], end);
        },
      }),
      feedFolder: 'public',
      feedPrefix: '',
      ...(script.text('output') === 'export' && { output: joinPath(script.text('distDir') ?? 'out') }),
      ownFeeds: ['app', 'src/app'].flatMap((folder) =>
        view.list(folder).flatMap(({ name, kind }) => (kind === 'folder' ? [name] : [])),
      ),
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: script.text('output') === 'export' && script.text('distDir') === undefined ? [exportNote] : [],
    } satisfies Inspection;
  },
};

const exportNote: Note = {
  message: '"next build" empties the folder out/ and writes the site there, and Broadside writes there too.',
  remedy:
    'Deploy out/ right after "next build", before any command of Broadside’s, or set distDir in Next’s config.',
};

/** The route with a part that stands for the post, such as app/blog/[slug]/page.tsx or pages/posts/[id].js. */
function findRoute(view: SiteView): Route | undefined {
  for (const find of [findAppRoute, findPagesRoute]) {
    for (const root of find === findAppRoute ? ['app', 'src/app'] : ['pages', 'src/pages']) {
      for (const folder of [...sections, '']) {
        const name = find(view, root, folder);
        if (name !== undefined) return { folder, takesFolders: name.includes('...') };
      }
    }
  }
  return undefined;
}

function findAppRoute(view: SiteView, root: string, section: string): string | undefined {
  const groups = view.list(root).filter(({ name, kind }) => kind === 'folder' && /^\(.+\)$/.test(name));
  const places = [root, ...groups.map(({ name }) => joinPath(root, name))].map((folder) =>
    joinPath(folder, section),
  );
  return places
    .flatMap((place) =>
      view
        .list(place)
        .map((item) => ({ ...item, page: nameFiles(joinPath(place, item.name), ['page'], pages) })),
    )
    .find(
      ({ name, kind, page }) => kind === 'folder' && isDynamic(name) && findFile(view, page) !== undefined,
    )?.name;
}

function findPagesRoute(view: SiteView, root: string, section: string): string | undefined {
  return view
    .list(joinPath(root, section))
    .find(({ name, kind }) =>
      kind === 'file'
        ? isDynamic(name.replace(/\.[jt]sx?$/, ''))
        : isDynamic(name) &&
          findFile(view, nameFiles(joinPath(root, section, name), ['index'], pages)) !== undefined,
    )?.name;
}

function isDynamic(name: string): boolean {
  return /^\[{1,2}(\.\.\.)?\w+\]{1,2}$/.test(name);
}

const feedRoutes = ['rss.xml', 'feed.xml', 'atom.xml', 'feed', 'rss'];
const feedScripts = ['feed', 'rss', 'generate-rss', 'generateRss', 'gen-rss'];

/** The site's address as the script that makes its feed has it. */
function readFeedAddress(view: SiteView): string | undefined {
  const routes = ['app', 'src/app'].flatMap((root) => feedRoutes.map((name) => `${root}/${name}/route`));
  const folders = ['app', 'src/app', 'lib', 'src/lib', 'utils', 'src/utils', 'scripts'];
  const paths = [...routes, ...folders.flatMap((root) => feedScripts.map((name) => `${root}/${name}`))];
  return nameFiles('', paths, scripts)
    .filter((path) => findFile(view, [path]) !== undefined)
    .map((path) => readScript(view.read(path)).text('siteUrl', 'site_url', 'baseUrl', 'link', 'id'))
    .find((text) => /^https?:\/\//.test(text ?? ''));
}

function readFacts(view: SiteView, base: string): Inspection['facts'] {
  const read = (names: readonly string[], endings: readonly string[]) => {
    const file = findFile(view, nameFiles('', names, endings));
    return readScript(file === undefined ? undefined : view.read(file));
  };
  const names = ['siteMetadata', 'site.config', 'siteConfig', 'config/site', 'lib/site', 'lib/constants'];
  const constants = read(
    names.flatMap((name) => [name, `data/${name}`, `src/${name}`]),
    scripts,
  );
  const map = read(['next-sitemap.config', 'app/sitemap', 'src/app/sitemap'], scripts);
  const layout = read(
    ['app', 'src/app'].map((root) => `${root}/layout`),
    ['tsx', 'jsx', 'ts', 'js'],
  );
  return tidyFacts({
    url: addBase(
      constants.text('siteUrl', 'url', 'SITE_URL', 'baseUrl') ??
        map.text('siteUrl', 'baseUrl', 'BASE_URL') ??
        layout.text('metadataBase') ??
        readFeedAddress(view),
      base,
    ),
    title:
      constants.text('title', 'name', 'SITE_TITLE', 'SITE_NAME') ??
      layout.text('title.default', 'title.absolute', 'title'),
    description: constants.text('description', 'SITE_DESCRIPTION') ?? layout.text('description'),
    author: constants.text('author.name', 'author', 'AUTHOR'),
    language: constants.text('language', 'lang', 'locale'),
    timezone: constants.text('timezone'),
  });
}
