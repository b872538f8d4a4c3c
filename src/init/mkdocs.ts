import { slugifyTitle } from '../reading/front-matter/address-template.ts';
import { fieldOf, sitePath } from './addresses.ts';
import type { Generator, Inspection, SiteView } from './define.ts';
import { tidyFacts } from './facts.ts';
import { findFile, joinPath } from './paths.ts';
import { type Data, isData, readData, textAt, textsAt, valueAt } from '../reading/site-files/read-data.ts';
import { countDated } from './scan.ts';

/** MkDocs: mkdocs.yml, and the blog of Material's blog plugin. */
export const mkdocs: Generator = {
  name: 'MkDocs',
  detect(view, wish) {
    const evidence = findFile(view, [
      'mkdocs.yml',
      'mkdocs.yaml',
      'mkdocs.insiders.yml',
      'config/mkdocs.yml',
    ]);
    if (evidence === undefined) return undefined;
    const data = readInherited(view, evidence);
    const docs = joinPath(textAt(data, 'docs_dir') ?? 'docs');
    const blogs = listBlogs(data, docs).toSorted(
      (a, b) => countDated(view, b.posts) - countDated(view, a.posts),
    );
    const [first] = blogs;
    const blog = blogs.find(({ posts }) => posts === wish.posts) ?? first ?? readBlog({}, docs);
    const url = textAt(data, 'site_url');
    const base = joinPath(URL.parse(wish.url ?? url ?? '')?.pathname ?? '');
    const end = valueAt(data, 'use_directory_urls') === false ? '.html' : '/';
    const address = (date: string, title: string, categories: string): string | undefined => {
      const words: Readonly<Record<string, string>> = { date, slug: title, file: title, categories };
      const filled = blog.format.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
      return /[{}]/.test(filled.replaceAll(/\{(year|month|day|title|name|categories)\}/g, ''))
        ? undefined
        : sitePath([base, blog.folder, filled], end);
    };
    const template = address(
      formatDay(blog.dateFormat, '{year}', '{month}', '{day}'),
      blog.format.includes('{file}') ? '{name}' : '{title}',
      '{categories}',
    );
    return {
      generator: 'MkDocs',
      evidence,
      facts: tidyFacts({
        url,
        title: textAt(data, 'site_name'),
        description: textAt(data, 'site_description'),
        author: textAt(data, 'site_author'),
        language: textAt(data, 'theme.language'),
      }),
      posts: wish.posts ?? blog.posts,
      alsoPosts: wish.posts === undefined ? blogs.slice(1).map(({ posts }) => posts) : [],
      ...(template !== undefined && { canonical: template }),
      syntax: {
        math: hasExtension(data, 'arithmatex'),
        emoji: hasExtension(data, 'emoji'),
        scripts: hasExtension(data, 'tilde'),
      },
      addressOf: (post) => {
        const [year = '', month = '', day = ''] = post.day.split('-');
        const title = blog.format.includes('{file}')
          ? post.name
          : (fieldOf(post, 'slug') ?? slugifyTitle(post.title ?? post.name));
        const categories = post.categories.map(slugifyTitle).join('/');
        return address(formatDay(blog.dateFormat, year, month, day), title, categories);
      },
      feedFolder: docs,
      feedPrefix: '',
      output: joinPath(textAt(data, 'site_dir') ?? 'site'),
      ownFeeds: hasPlugin(data, 'rss') ? ['feed_rss_created.xml', 'feed_json_created.json'] : [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** One blog of the plugin. */
interface Blog {
  readonly posts: string;
  /** Where its pages are. */
  readonly folder: string;
  readonly format: string;
  readonly dateFormat: string;
}

/** The config, over the one it says it inherits from. */
function readInherited(view: SiteView, path: string): Data {
  const data = readData(view, path) ?? {};
  const base = textAt(data, 'INHERIT');
  return base === undefined ? data : { ...readData(view, joinPath(base)), ...data };
}

function listPlugins(data: Data): readonly (readonly [name: string, options: unknown])[] {
  const plugins = valueAt(data, 'plugins');
  if (isData(plugins)) return Object.entries(plugins);
  return (Array.isArray(plugins) ? (plugins as readonly unknown[]) : []).flatMap((plugin) =>
    isData(plugin) ? Object.entries(plugin) : [[String(plugin), {}] satisfies [string, unknown]],
  );
}

function hasPlugin(data: Data, name: string): boolean {
  return listPlugins(data).some(([own]) => own.split('/').at(-1) === name);
}

/** Whether an extension of PyMdown is named, with or without options. */
function hasExtension(data: Data, name: string): boolean {
  const named: unknown = valueAt(data, 'markdown_extensions');
  const all = Array.isArray(named) ? (named as readonly unknown[]) : [named];
  return all.flatMap((one) => (isData(one) ? Object.keys(one) : [String(one)])).includes(`pymdownx.${name}`);
}

function listBlogs(data: Data, docs: string): readonly Blog[] {
  return listPlugins(data)
    .filter(([name]) => /(^|\/)blog( .*)?$/.test(name))
    .map(([, options]) => readBlog(options, docs));
}

/** The plugin's options with its own defaults (squidfunk/mkdocs-material src/plugins/blog/config.py, checked December 2026). */
function readBlog(options: unknown, docs: string): Blog {
  const folder = joinPath(textAt(options, 'blog_dir') ?? 'blog');
  const posts = textAt(options, 'post_dir') ?? '{blog}/posts';
  return {
    folder,
    posts: joinPath(docs, posts.replace('{blog}', folder)),
    format: textAt(options, 'post_url_format') ?? '{date}/{slug}',
    dateFormat: textsAt(options, 'post_url_date_format')[0] ?? 'yyyy/MM/dd',
  };
}

function formatDay(format: string, year: string, month: string, day: string): string {
  return format.replaceAll('yyyy', year).replaceAll('MM', month).replaceAll('dd', day);
}
