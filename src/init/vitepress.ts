import { sitePath } from './addresses.ts';
import type { Generator, Inspection, SiteView } from './define.ts';
import { addBase, tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readScript } from '../reading/site-files/read-script.ts';
import { placePosts } from './scan.ts';

const scripts = ['ts', 'mts', 'js', 'mjs'];
const folders = ['posts', 'blog', 'blogs', 'articles', 'news', 'notes'];

/** VitePress: .vitepress/config, at the top or in a folder such as docs/. */
export const vitepress: Generator = {
  name: 'VitePress',
  detect(view, wish) {
    const tops = ['', 'docs', 'src', 'site', 'blog'];
    const evidence = findFile(
      view,
      tops.flatMap((top) => [
        ...nameFiles(joinPath(top, '.vitepress'), ['config'], scripts),
        ...nameFiles(joinPath(top, '.vitepress/config'), ['index'], scripts),
      ]),
    );
    if (evidence === undefined) return undefined;
    const script = readScript(view.read(evidence));
    const top = evidence.replace(/(^|\/)\.vitepress\/.*$/, '');
    const source = joinPath(top, script.text('srcDir') ?? '');
    const usual = folders.map((name) => joinPath(source, name));
    const places = placePosts(view, wish, usual, source);
    const base = joinPath(script.text('base') ?? '');
    const rewrites = readRewrites(view.read(evidence) ?? '');
    const end = script.flag('cleanUrls') ? '' : '.html';
    const below = pathBelow(places.posts, source);
    const host =
      script.text('sitemap.hostname', 'hostname', 'siteUrl') ?? findHost(view, joinPath(top, '.vitepress'));
    return {
      generator: 'VitePress',
      evidence,
      facts: tidyFacts({
        url: addBase(host, base),
        title: script.text('title'),
        description: script.text('description'),
        language: script.text('lang', 'root.lang'),
      }),
      ...places,
      syntax: { math: script.flag('markdown.math'), emoji: true },
      ...(rewrites !== undefined && {
        canonical: sitePath([base, below === source ? '' : below, '{name}'], end),
      }),
      addressOf: ({ path }) => {
        const file = rewrite(pathBelow(path, source), rewrites);
        if (file === undefined) return undefined;
        const stem = file.replace(/\.md$/i, '');
        const isIndex = /(^|\/)index$/.test(stem);
        return sitePath([base, stem.replace(/(^|\/)index$/, '')], isIndex ? '/' : end);
      },
      feedFolder: joinPath(source, 'public'),
      feedPrefix: '',
      renamesPictures: true,
      output: joinPath(top, script.text('outDir') ?? '.vitepress/dist'),
      ownFeeds: ['feed.xml', 'feed.rss', 'atom.xml', 'feed.json', 'rss.xml'].filter((name) =>
        script.mentions(name, `/${name}`),
      ),
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** A pattern of files, and what they are taken for. */
type Rewrite = readonly [from: string, to: string];

/** The rewrites of a config, undefined where a function or an expression makes them (https://vitepress.dev/guide/routing#route-rewrites, checked December 2026). */
function readRewrites(text: string): readonly Rewrite[] | undefined {
  const written = /\brewrites\s*(?::|\()\s*(\{[^{}]*\})?/.exec(text);
  if (written === null) return [];
  if (written[1] === undefined) return undefined;
  const pairs = written[1].matchAll(/(["'`])([^"'`\n]+)\1\s*:\s*(["'`])([^"'`\n]+)\3/g);
  const rewrites = Array.from(pairs, ([, , from = '', , to = '']): Rewrite => [from, to]);
  return rewrites.some(([from]) => from.includes('(')) ? undefined : rewrites;
}

/** The file that VitePress takes another for; undefined where that cannot be told. */
function rewrite(file: string, rewrites: readonly Rewrite[] | undefined): string | undefined {
  if (rewrites === undefined) return undefined;
  for (const [from, to] of rewrites) {
    const names: string[] = [];
    const pattern = from
      .replaceAll(/[.^$|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/:([A-Za-z_]+)([*+?])?/g, (_whole, name: string, many?: string) => {
        names.push(name);
        return many === undefined || many === '?' ? '([^/]+?)' : '(.+?)';
      });
    const found = new RegExp(`^${pattern}$`).exec(file);
    if (found === null) continue;
    return names.reduce((path, name, index) => {
      return path.replaceAll(new RegExp(`:${name}[*+?]?(?![A-Za-z_])`, 'g'), () => found[index + 1] ?? '');
    }, to);
  }
  return file;
}

/** The site's address as the scripts beside the config have it, such as the one that makes the feed. */
function findHost(view: SiteView, folder: string): string | undefined {
  return view
    .list(folder)
    .filter(({ name, kind }) => kind === 'file' && /\.m?[jt]s$/.test(name))
    .map(({ name }) => readScript(view.read(joinPath(folder, name))))
    .map((script) => script.text('hostname', 'baseUrl', 'siteUrl', 'ogUrl'))
    .find((text) => /^https?:\/\//.test(text ?? ''));
}
