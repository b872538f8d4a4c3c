import { fieldOf, sitePath } from './addresses.ts';
import type { Generator, Inspection, PostHead, SiteView, Wish } from './define.ts';
import { tidyFacts } from './facts.ts';
import { findFile, joinPath, nameFiles, pathBelow } from './paths.ts';
import { readData, textAt } from '../reading/site-files/read-data.ts';
import { readScript } from '../reading/site-files/read-script.ts';
import { countDated } from './scan.ts';

const scripts = ['js', 'ts', 'mjs', 'cjs', 'mts'];

/** A blog of the site: its folder, and the path its pages are below. */
interface Blog {
  readonly folder: string;
  readonly route: string;
}

/** Docusaurus: docusaurus.config, and the blogs of its blog plugin; a site without a blog is none. */
export const docusaurus: Generator = {
  name: 'Docusaurus',
  detect(view, wish) {
    const evidence = findFile(view, nameFiles('', ['docusaurus.config'], scripts));
    if (evidence === undefined) return undefined;
    const text = view.read(evidence) ?? '';
    const script = readScript(text);
    const base = joinPath(script.text('baseUrl') ?? '');
    const blogs = rankBlogs(view, wish, listBlogs(text));
    if (blogs.length === 0) return undefined;
    const [main = { folder: 'blog', route: 'blog' }] = blogs;
    const posts = wish.posts ?? main.folder;
    const end = script.flag('trailingSlash') ? '/' : '';
    const language = script.text('i18n.defaultLocale') ?? 'en';
    const url = script.text('url', 'config.url');
    const others = wish.posts === undefined ? blogs.slice(1).map(({ folder }) => folder) : [];
    return {
      generator: 'Docusaurus',
      evidence,
      facts: tidyFacts({
        url: url === undefined ? undefined : joinUrl(url, base),
        title: script.text('title', 'config.title'),
        description: script.text('tagline', 'config.tagline'),
        author: readAuthor(view, main.folder),
        language,
      }),
      posts,
      alsoPosts: others,
      canonical: sitePath([base, main.route, '{slug}'], end),
      syntax: { mdx: true, math: /\bremark-?math\b/i.test(text) },
      addressOf: (post) => addressPost(post, posts, joinPath(base, main.route), end),
      feedFolder: 'static',
      feedPrefix: '',
      renamesPictures: true,
      output: 'build',
      ownFeeds: ['rss.xml', 'atom.xml', 'feed.json'].map((name) => joinPath(main.route, name)),
      firstPost: { file: '{day}-first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** The one author of the blog, where authors.yml names no other. */
function readAuthor(view: SiteView, folder: string): string | undefined {
  const authors = Object.values(readData(view, joinPath(folder, 'authors.yml')) ?? {});
  return authors.length === 1 ? textAt(authors[0], 'name') : undefined;
}

function joinUrl(url: string, base: string): string {
  return `${url.replace(/\/+$/, '')}/${base}`;
}

/** The blogs that the config names: `blog: { path, routeBasePath }` of a preset, and options beside the plugin's name. */
function listBlogs(text: string): readonly Blog[] {
  const found: Blog[] = [];
  const starts = [
    ...text.matchAll(/['"]?\bblog['"]?\s*:\s*(?=\{)/g),
    ...text.matchAll(/plugin-content-blog['"]?\)?\s*,\s*(?=\{)/g),
  ];
  for (const { index, 0: word } of starts) {
    const options = readScript(`export default ${readBraces(text, index + word.length)}`);
    const folder = joinPath(options.text('path') ?? 'blog');
    if (folder.startsWith('..') || found.some((blog) => blog.folder === folder)) continue;
    const isPlugin = !/^['"]?blog/.test(word);
    found.push({
      folder,
      route: joinPath(options.text('routeBasePath') ?? (isPlugin ? (options.text('id') ?? 'blog') : 'blog')),
    });
  }
  const hasNone = /['"]?\bblog['"]?\s*:\s*false\b/.test(text);
  return found.length > 0 || hasNone ? found : [{ folder: 'blog', route: 'blog' }];
}

/** From a brace to the one that closes it; braces in strings are rare in such options. */
function readBraces(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start);
}

/** The blog that is asked for first, or the one with the most posts. */
function rankBlogs(view: SiteView, wish: Wish, blogs: readonly Blog[]): readonly Blog[] {
  const asked = blogs.filter(({ folder }) => folder === wish.posts);
  const ranked = blogs.toSorted((a, b) => countDated(view, b.folder) - countDated(view, a.folder));
  return wish.posts === undefined ? ranked : [...asked, ...ranked.filter((blog) => !asked.includes(blog))];
}

/**
 * As Docusaurus makes it: the date comes from the file's name alone, and an own slug stands for all of the path
 * (facebook/docusaurus packages/docusaurus-plugin-content-blog/src/blogUtils.ts, checked December 2026).
 */
function addressPost(post: PostHead, posts: string, route: string, end: '' | '/'): string {
  const own = fieldOf(post, 'slug');
  const path = pathBelow(post.path, posts);
  const [, folder = '', date = '', text = ''] =
    /^(.*?)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:\/?index)?\.mdx?$/.exec(path) ?? [];
  const plain = path.replace(/\.mdx?$/, '').replace(/(^|\/)index$/, '');
  const made = date === '' ? plain : joinPath(date.replaceAll('-', '/'), folder, text);
  return sitePath([route, own ?? made], end);
}
