import { sitePath, stemOf } from './addresses.ts';
import { readConstants } from './constants.ts';
import type { Generator, Inspection } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, hasItem, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readScript } from '../reading/site-files/read-script.ts';
import { isBelow, placePosts } from './scan.ts';

const sections = ['blog', 'posts', 'articles', 'post', 'writing', 'notes', 'news'];

/** Nuxt Content: nuxt.config, and the files below content/, which have their paths as addresses. */
export const nuxt: Generator = {
  name: 'Nuxt Content',
  detect(view, wish) {
    const evidence = findFile(view, nameFiles('', ['nuxt.config'], ['ts', 'js', 'mjs']));
    const text = evidence === undefined ? '' : (view.read(evidence) ?? '');
    if (!dependsOn(view, '@nuxt/content') && !text.includes('@nuxt/content')) return undefined;
    const script = readScript(text);
    const own = joinPath(script.text('srcDir') ?? '', 'content');
    const content = hasItem(view, own, 'folder') ? own : 'content';
    const usual = sections.map((name) => `${content}/${name}`);
    const places = placePosts(view, wish, usual, content);
    const base = joinPath(script.text('app.baseURL') ?? '');
    const write = (path: string): string =>
      path
        .split('/')
        .map((part) =>
          part
            .replace(/^\d+\./, '')
            .replaceAll(/\s+/g, '-')
            .toLowerCase(),
        )
        .join('/');
    const below = pathBelow(places.posts, content);
    const settings = findFile(view, nameFiles('', ['content.config'], ['ts', 'js', 'mjs']));
    const collections = readCollections(settings === undefined ? '' : (view.read(settings) ?? ''));
    const place = (file: string): string => {
      const own = collections.find(({ folder }) => folder !== '' && isBelow(file, folder));
      return own === undefined ? file : joinPath(own.prefix, pathBelow(file, own.folder));
    };
    const known = readConstants(view, ['', 'app', 'src', 'utils']);
    const domain = script.text('plausible.domain', 'scripts.plausible.domain');
    const url = script.text('site.url', 'sitemap.hostname', 'i18n.baseUrl', 'public.siteUrl', 'siteUrl');
    return {
      generator: 'Nuxt Content',
      evidence: evidence ?? 'package.json',
      facts: tidyFacts({
        ...known,
        url: addBase(url ?? known.url ?? (domain && `https://${domain}`), base),
        title: script.text('site.name', 'head.title', 'app.head.title') ?? known.title,
        description: script.text('site.description') ?? known.description,
        language: script.text('site.defaultLocale', 'htmlAttrs.lang', 'i18n.defaultLocale') ?? known.language,
      }),
      ...places,
      syntax: { emoji: true },
      canonical: sitePath([base, below === content ? '' : write(place(below)), '{name}'], ''),
      addressOf: ({ path }) => sitePath([base, write(stemOf(place(pathBelow(path, content))))], ''),
      feedFolder: 'public',
      feedPrefix: '',
      output: '.output/public',
      ownFeeds: ['server/routes', 'app/server/routes'].flatMap((folder) =>
        view.list(folder).map(({ name }) => name.replace(/\.(ts|js)$/, '')),
      ),
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** Where the files of a folder are on the site. */
interface Collection {
  readonly folder: string;
  readonly prefix: string;
}

/** The collections that have a prefix of their own (https://content.nuxt.com/docs/collections/sources, checked December 2026). */
function readCollections(text: string): readonly Collection[] {
  const sources = Array.from(text.matchAll(/\{[^{}]*\binclude\s*:[^{}]*\}/g), ([source]) => source);
  return sources.flatMap((source) => {
    const read = (name: string): string | undefined =>
      new RegExp(`\\b${name}\\s*:\\s*(["'\`])([^"'\`$]*)\\1`).exec(source)?.[2];
    const [include, prefix] = [read('include'), read('prefix')];
    if (include === undefined || prefix === undefined) return [];
    return [{ folder: joinPath(include.replace(/(^|\/)[^/]*[*{].*$/, '')), prefix: joinPath(prefix) }];
  });
}
