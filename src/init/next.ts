import { sitePath, stemOf } from './addresses.ts';
import type { Inspection, Generator, Note, SiteView, Wish } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow, pickFolder } from './paths.ts';
import { readScript } from './read-script.ts';

const scripts = ['js', 'mjs', 'ts', 'cjs', 'mts'];
const pages = ['tsx', 'ts', 'jsx', 'js', 'mdx'];
const sections = ['blog', 'posts', 'post', 'articles', 'writing', 'notes'];
const postFolders = ['content', 'src/content', 'data', '_content']
  .flatMap((root) => ['posts', 'blog', 'articles'].map((name) => `${root}/${name}`))
  .concat(['posts', '_posts', 'src/posts', 'src/_posts', 'app/blog/posts', 'src/app/blog/posts'])
  .concat(['blog', 'content']);

/** Next: next.config, the route that shows one post, and markdown wherever the site's own code reads it. */
export const next: Generator = {
  name: 'Next',
  detect(view, wish) {
    const config = findFile(view, nameFiles('', ['next.config'], scripts));
    if (config === undefined && !dependsOn(view, 'next')) return undefined;
    const script = readScript(config === undefined ? undefined : view.read(config));
    const base = joinPath(script.text('basePath', 'nextConfig.basePath') ?? '');
    const end = script.flag('trailingSlash') ? '/' : '';
    const posts = findPosts(view, wish);
    const route = findRoute(view);
    return {
      generator: 'Next',
      evidence: config ?? 'package.json',
      facts: readFacts(view, base),
      posts,
      ...(route !== undefined && { canonical: sitePath([base, route, '{slug}'], end) }),
      ...(route !== undefined && {
        addressOf: ({ path }) => sitePath([base, route, stemOf(pathBelow(path, posts))], end),
      }),
      feedFolder: 'public',
      feedPrefix: '',
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

function findPosts(view: SiteView, wish: Wish): string {
  return wish.posts ?? pickFolder(view, postFolders) ?? 'posts';
}

/** The route with a part that stands for the post, such as app/blog/[slug]/page.tsx or pages/posts/[id].js. */
function findRoute(view: SiteView): string | undefined {
  return (
    ['app', 'src/app'].map((root) => findAppRoute(view, root)).find((route) => route !== undefined) ??
    ['pages', 'src/pages'].map((root) => findPagesRoute(view, root)).find((route) => route !== undefined)
  );
}

function findAppRoute(view: SiteView, root: string): string | undefined {
  const groups = view.list(root).filter(({ name, kind }) => kind === 'folder' && /^\(.+\)$/.test(name));
  const roots = [root, ...groups.map(({ name }) => joinPath(root, name))];
  return [...sections, ''].find((section) =>
    roots.some((folder) => {
      const place = joinPath(folder, section);
      const dynamic = view.list(place).filter(({ name, kind }) => kind === 'folder' && isDynamic(name));
      return dynamic.some(
        ({ name }) => findFile(view, nameFiles(joinPath(place, name), ['page'], pages)) !== undefined,
      );
    }),
  );
}

function findPagesRoute(view: SiteView, root: string): string | undefined {
  return [...sections, ''].find((section) =>
    view
      .list(joinPath(root, section))
      .some(({ name, kind }) =>
        kind === 'file'
          ? isDynamic(name.replace(/\.[jt]sx?$/, ''))
          : isDynamic(name) &&
            findFile(view, nameFiles(joinPath(root, section, name), ['index'], pages)) !== undefined,
      ),
  );
}

function isDynamic(name: string): boolean {
  return /^\[{1,2}(\.\.\.)?\w+\]{1,2}$/.test(name);
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
        layout.text('metadataBase'),
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
