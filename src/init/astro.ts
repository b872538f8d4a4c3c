import { fieldOf, sitePath, slugifyText, stemOf } from './addresses.ts';
import type { Finding, Generator, PostHead, SiteView, Wish } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow, pickFolder } from './paths.ts';
import { readScript, type Script } from './read-script.ts';

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
    const posts = findPosts(view, wish);
    const isPage = posts === 'src/pages' || posts.startsWith('src/pages/');
    const route = isPage ? pathBelow(posts, 'src/pages') : findRoute(view, posts);
    const publicFolder = joinPath(script.text('publicDir') ?? 'public');
    return {
      generator: 'Astro',
      evidence: config ?? 'package.json',
      facts: readFacts(view, script, base),
      posts,
      ...(route !== undefined && { canonical: sitePath([base, route, '{slug}'], end) }),
      ...(route !== undefined && {
        addressOf: (post: PostHead) => addressPost(post, posts, joinPath(base, route), end),
      }),
      feedFolder: publicFolder.startsWith('..') ? 'public' : publicFolder,
      feedPrefix: '',
      ownFeeds: view
        .list('src/pages')
        .map(({ name }) => name.replace(/\.(js|ts|mjs|mts)$/, ''))
        .filter((name) => /\.(xml|json)$/.test(name)),
      firstPost: { file: 'first-post.md', dateField: 'pubDate', lines: [] },
      notes: [],
    } satisfies Finding;
  },
};

function findEnd(script: Script): '' | '/' | '.html' {
  const slash = script.text('trailingSlash');
  const format = script.text('build.format');
  if (slash === 'never' || slash === 'always') return slash === 'always' ? '/' : '';
  return format === 'file' ? '' : '/';
}

function findPosts(view: SiteView, wish: Wish): string {
  const settings = findFile(view, [
    ...nameFiles('src', ['content.config'], scripts),
    ...nameFiles('src/content', ['config'], scripts),
  ]);
  const script = readScript(settings === undefined ? undefined : view.read(settings));
  const bases = collections.flatMap((name) => script.text(`${name}.loader.base`, `loader.base`) ?? []);
  const usual = collections.flatMap((name) => [`src/content/${name}`, `src/data/${name}`]);
  const pages = collections.map((name) => `src/pages/${name}`);
  const candidates = [...bases.map((path) => joinPath(path)), ...usual, ...pages];
  return wish.posts ?? pickFolder(view, candidates) ?? 'src/content/blog';
}

/** The folder of the page that shows one post: below src/pages, with a name such as `[...slug].astro`. */
function findRoute(view: SiteView, posts: string): string | undefined {
  const collection = posts.split('/').at(-1) ?? '';
  const routes = [...collections, ''].flatMap((folder) =>
    view
      .list(joinPath('src/pages', folder))
      .filter(({ name, kind }) => kind === 'file' && /^\[[^\]]+\]\.(astro|ts|js|md)$/.test(name))
      .map(({ name }) => ({ folder, text: view.read(joinPath('src/pages', folder, name)) ?? '' })),
  );
  const named = routes.find(({ text }) => readScript(text).calls('getCollection').includes(collection));
  const alike = routes.find(({ folder }) => folder === collection);
  return (named ?? alike ?? (routes.length === 1 ? routes[0] : undefined))?.folder;
}

function addressPost(post: PostHead, posts: string, route: string, end: '' | '/' | '.html'): string {
  const id = stemOf(pathBelow(post.path, posts)).split('/');
  const isPage = posts.startsWith('src/pages');
  const own = isPage ? undefined : fieldOf(post, 'slug');
  return sitePath([route, own ?? (isPage ? id : id.map(slugifyText)).join('/')], end);
}

function readFacts(view: SiteView, script: Script, base: string): Finding['facts'] {
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
