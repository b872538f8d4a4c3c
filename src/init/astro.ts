import { slugHeading } from '../reading/heading-slug.ts';
import { fieldOf, sitePath, stemOf } from './addresses.ts';
import type { Inspection, Generator, PostHead, SiteView } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readScript, type Script } from '../reading/site-files/read-script.ts';
import { countDated, isBelow, placePosts } from './scan.ts';

const scripts = ['mjs', 'ts', 'js', 'mts', 'cjs'];
const collections = ['blog', 'posts', 'post', 'articles', 'writing'];
const constants = [
  'src/consts',
  'src/constants',
  'src/config',
  'src/site.config',
  'src/site',
  'src/siteConfig',
];

/** Astro: astro.config, content collections, and the routes in src/pages. */
export const astro: Generator = {
  name: 'Astro',
  detect(view, wish) {
    const config = findFile(view, nameFiles('', ['astro.config'], scripts));
    if (config === undefined && !dependsOn(view, 'astro')) return undefined;
    const script = readScript(config === undefined ? undefined : view.read(config));
    const base = joinPath(script.text('base') ?? '');
    const end = findEnd(script);
    const { posts, otherPosts } = placePosts(view, wish, listFolders(view));
    const isPage = posts === 'src/pages' || posts.startsWith('src/pages/');
    const route = isPage ? pathBelow(posts, 'src/pages') : findRoute(view, posts);
    const publicFolder = joinPath(script.text('publicDir') ?? 'public');
    return {
      generator: 'Astro',
      evidence: config ?? 'package.json',
      facts: readFacts(view, script, base),
      posts,
      otherPosts: [...new Set([...otherPosts, ...listOthers(view, posts)])],
      ...(route !== undefined && { canonical: sitePath([base, route, '{slug}'], end) }),
      ...(route !== undefined && {
        addressOf: (post: PostHead) => addressPost(post, posts, joinPath(base, route), end),
      }),
      feedFolder: publicFolder.startsWith('..') ? 'public' : publicFolder,
      feedPrefix: '',
      renamesPictures: true,
      ...(script.text('output') !== 'server' && { output: joinPath(script.text('outDir') ?? 'dist') }),
      ownFeeds: view
        .list('src/pages')
        .map(({ name }) => name.replace(/\.(js|ts|mjs|mts)$/, ''))
        .filter((name) => /\.(xml|json)$/.test(name)),
      firstPost: { file: 'first-post.md', dateField: 'pubDate', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

function findEnd(script: Script): '' | '/' | '.html' {
  const slash = script.text('trailingSlash');
  const format = script.text('build.format');
  if (slash === 'never' || slash === 'always') return slash === 'always' ? '/' : '';
  return format === 'file' ? '' : '/';
}

/** Where posts may be, the most likely first. */
function listFolders(view: SiteView): readonly string[] {
  const script = readScript(readSettings(view));
  const bases = collections.flatMap((name) => script.text(`${name}.loader.base`, `loader.base`) ?? []);
  const usual = collections.flatMap((name) => [`src/content/${name}`, `src/data/${name}`]);
  const pages = collections.map((name) => `src/pages/${name}`);
  return [...bases.map((path) => joinPath(path)), ...usual, ...pages];
}

/** What a site says of its collections. */
function readSettings(view: SiteView): string | undefined {
  const file = findFile(view, [
    ...nameFiles('src', ['content.config'], scripts),
    ...nameFiles('src/content', ['config'], scripts),
  ]);
  return file === undefined ? undefined : view.read(file);
}

/** The folders of other collections that dated files lie in. */
function listOthers(view: SiteView, posts: string): readonly string[] {
  const bases = (readSettings(view) ?? '').matchAll(/\bbase\s*:\s*(["'`])([^"'`$]+)\1/g);
  return Array.from(bases, ([, , path = '']) => joinPath(path)).filter(
    (folder) => !isBelow(folder, posts) && !isBelow(posts, folder) && countDated(view, folder) > 0,
  );
}

/** The folder of the page that shows one post: below src/pages, with a name such as `[...slug].astro` or `[slug]/index.astro`. */
function findRoute(view: SiteView, posts: string): string | undefined {
  const collection = posts.split('/').at(-1) ?? '';
  const routes = [...collections, ''].flatMap((folder) =>
    listRoutes(view, folder).map((file) => ({ folder, text: view.read(file) ?? '' })),
  );
  const named = routes.find(({ text }) => readScript(text).calls('getCollection').includes(collection));
  const alike = routes.find(({ folder }) => folder === collection);
  return (named ?? alike ?? (routes.length === 1 ? routes[0] : undefined))?.folder;
}

function listRoutes(view: SiteView, folder: string): readonly string[] {
  return view.list(joinPath('src/pages', folder)).flatMap(({ name, kind }) => {
    const path = joinPath('src/pages', folder, name);
    if (kind === 'file') return /^\[[^\]]+\]\.(astro|ts|js|md)$/.test(name) ? [path] : [];
    return /^\[[^\]]+\]$/.test(name) ? (findFile(view, nameFiles(path, ['index'], ['astro'])) ?? []) : [];
  });
}

/** As Astro makes it, part by part (withastro/astro packages/astro/src/content/utils.ts, checked December 2026). */
function addressPost(post: PostHead, posts: string, route: string, end: '' | '/' | '.html'): string {
  const id = stemOf(pathBelow(post.path, posts)).split('/');
  const isPage = posts.startsWith('src/pages');
  const own = isPage ? undefined : fieldOf(post, 'slug');
  return sitePath([route, own ?? (isPage ? id : id.map(slugHeading)).join('/')], end);
}

function readFacts(view: SiteView, script: Script, base: string): Inspection['facts'] {
  const files = nameFiles('', constants, ['ts', 'js', 'mjs']);
  const file = findFile(view, files);
  const known = readScript(file === undefined ? undefined : view.read(file));
  const named = (...names: readonly string[]): readonly string[] =>
    names.flatMap((name) => [name, `SITE.${name}`, `siteConfig.${name}`, `site.${name}`]);
  return tidyFacts({
    url: addBase(script.text('site') ?? known.text(...named('website', 'url', 'site')), base),
    title: known.text('SITE_TITLE', ...named('title', 'name')),
    description: known.text('SITE_DESCRIPTION', ...named('description', 'desc')),
    author: known.text('SITE_AUTHOR', 'AUTHOR', ...named('author.name', 'author')),
    language: known.text(...named('lang', 'language', 'locale')) ?? script.text('i18n.defaultLocale'),
    timezone: known.text(...named('timezone')),
  });
}
