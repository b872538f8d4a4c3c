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
      canonical: sitePath([base, below === source ? '' : below, '{name}'], end),
      addressOf: ({ path }) => {
        const stem = pathBelow(path, source).replace(/\.md$/i, '');
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

/** The site's address as the scripts beside the config have it, such as the one that makes the feed. */
function findHost(view: SiteView, folder: string): string | undefined {
  return view
    .list(folder)
    .filter(({ name, kind }) => kind === 'file' && /\.m?[jt]s$/.test(name))
    .map(({ name }) => readScript(view.read(joinPath(folder, name))))
    .map((script) => script.text('hostname', 'baseUrl', 'siteUrl', 'ogUrl'))
    .find((text) => /^https?:\/\//.test(text ?? ''));
}
