import { listWords } from '../base/list-words.ts';
import { compareText } from '../base/compare-text.ts';
import { nameMonth, slugifyTitle } from '../reading/front-matter/address-template.ts';
import { fieldOf, fillPattern, listField, sitePath } from './addresses.ts';
import type { Generator, Inspection, Note, PostHead, SiteView, Wish } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, hasItem, joinPath, pathBelow } from './paths.ts';
import { type Data, isData, readData, textAt, textsAt, valueAt } from '../reading/site-files/read-data.ts';
import { countDated, isBelow, scanMarkdown } from './scan.ts';

/** Jekyll's named styles of permalink (jekyll/jekyll lib/jekyll/configuration.rb, checked November 2026). */
const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  weekdate: '/:categories/:year/W:week/:short_day/:title.html',
  none: '/:categories/:title.html',
};

/** Jekyll: _config.yml, and the posts in _posts. */
export const jekyll: Generator = {
  name: 'Jekyll',
  detect(view, wish) {
    const evidence = findFile(view, ['_config.yml', '_config.yaml', '_config.toml']);
    if (evidence === undefined || dependsOn(view, 'hexo') || hasItem(view, 'scaffolds', 'folder')) {
      return undefined;
    }
    const data = readData(view, evidence) ?? {};
    const base = joinPath(textAt(data, 'baseurl') ?? '');
    const source = joinPath(textAt(data, 'source') ?? '');
    const [posts, alsoPosts] = placeAll(view, wish, data, source);
    const collection = readCollection(posts, data);
    const pattern = collection === undefined ? findPattern(data) : findOwnPattern(collection, data);
    const template = fillPattern(pattern, {
      categories: folderAbove(posts, source),
      slugified_categories: slugifyPath(folderAbove(posts, source)),
      collection,
      path: '{folder}/{slug}',
      title: '{slug}',
      slug: '{slug}',
      name: '{slug}',
      year: '{year}',
      month: '{month}',
      short_month: '{shortmonth}',
      long_month: '{monthname}',
      day: '{day}',
      output_ext: '.html',
    });
    const author = valueAt(data, 'author');
    return {
      generator: 'Jekyll',
      evidence,
      facts: tidyFacts({
        url: addBase(textAt(data, 'url'), base),
        title: textAt(data, 'title', 'name'),
        description: textAt(data, 'description', 'tagline', 'subtitle'),
        author: author ?? textAt(data, 'author_name', 'social.name'),
        language: textAt(data, 'lang', 'locale', 'language'),
        timezone: textAt(data, 'timezone'),
      }),
      posts,
      alsoPosts,
      otherPosts: listDated(view, data, source).filter((folder) => folder !== posts),
      ...(template !== undefined && { canonical: withBase(base, template) }),
      syntax: { emoji: [...textsAt(data, 'plugins'), ...textsAt(data, 'gems')].includes('jemoji') },
      addressOf: (post) => addressPost(post, pattern, base, source, collection),
      feedFolder: source === '' || source.startsWith('..') ? '.' : source,
      feedPrefix: '',
      output: joinPath(textAt(data, 'destination') ?? '_site'),
      ownFeeds: usesFeedPlugin(view, data) ? [joinPath(textAt(data, 'feed.path') ?? 'feed.xml')] : [],
      firstPost: {
        file: '{day}-first-post.md',
        dateField: 'date',
        lines: ['layout: post', 'published: false # for Jekyll'],
      },
      notes: source === '' ? noteExcluded(data, evidence) : [],
    } satisfies Inspection;
  },
};

/** Every `_posts` of the site: the one with the most posts, and the others. */
function placeAll(
  view: SiteView,
  wish: Wish,
  data: Data,
  source: string,
): readonly [posts: string, alsoPosts: readonly string[]] {
  const usual = joinPath(source, textAt(data, 'collections_dir') ?? '', '_posts');
  if (wish.posts !== undefined) return [wish.posts, []];
  const found = scanMarkdown(view)
    .map(({ path }) => /^(?:.*\/)?_posts(?=\/)/.exec(path)?.[0])
    .filter((folder) => folder !== undefined && isBelow(folder, source));
  const folders = [...Map.groupBy(found, (folder) => folder ?? '')]
    .toSorted(([a, one], [b, other]) => other.length - one.length || compareText(a, b))
    .map(([folder]) => folder);
  return [folders[0] ?? listDated(view, data, source)[0] ?? usual, folders.slice(1)];
}

/** The folders of collections that dated files lie in, the one with the most of them first. */
function listDated(view: SiteView, data: Data, source: string): readonly string[] {
  return listCollections(data, source)
    .map((folder) => ({ folder, count: countDated(view, folder) }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count)
    .map(({ folder }) => folder);
}

/** The collection that posts are of, where that is one of the site's own. */
function readCollection(posts: string, data: Data): string | undefined {
  const name = /(?:^|\/)_([^/]+)$/.exec(posts)?.[1];
  return name !== undefined && valueAt(data, `collections.${name}.output`) === true ? name : undefined;
}

/** The pattern of a collection of the site's own (jekyll/jekyll lib/jekyll/collection.rb, `url_template`, checked December 2026). */
function findOwnPattern(collection: string, data: Data): string {
  const own = textAt(data, `collections.${collection}.permalink`);
  if (own !== undefined) return styles[own] ?? own;
  const general = textAt(data, 'permalink') ?? 'date';
  return `/:collection/:path${general === 'pretty' || general.endsWith('/') ? '/' : ':output_ext'}`;
}

/** The folders of the site's own collections that have pages. */
function listCollections(data: Data, source: string): readonly string[] {
  const collections = valueAt(data, 'collections');
  return Object.entries(isData(collections) ? collections : {})
    .filter(([name, options]) => name !== 'posts' && valueAt(options, 'output') === true)
    .map(([name]) => joinPath(source, textAt(data, 'collections_dir') ?? '', `_${name}`));
}

/** The most particular of: the defaults for posts, the collection's own, the site's. */
function findPattern(data: Data): string {
  const list = valueAt(data, 'defaults');
  const defaults = (Array.isArray(list) ? list : [])
    .filter((one) => isData(one) && ['posts', 'post', undefined].includes(textAt(one, 'scope.type')))
    .filter((one) => ['', '_posts', undefined].includes(textAt(one, 'scope.path')))
    .map((one) => textAt(one, 'values.permalink'))
    .findLast((pattern) => pattern !== undefined);
  const written =
    defaults ?? textAt(data, 'collections.posts.permalink') ?? textAt(data, 'permalink') ?? 'date';
  return styles[written] ?? written;
}

function folderAbove(posts: string, source: string): string {
  return pathBelow(posts, source).replace(/(^|\/)_posts(\/.*)?$/, '');
}

function slugifyPath(path: string): string {
  return path.split('/').map(slugifyTitle).join('/');
}

function addressPost(
  post: PostHead,
  pattern: string,
  base: string,
  source: string,
  collection: string | undefined,
): string | undefined {
  const name = /([^/]+?)\.[a-z\d]+$/i.exec(post.path)?.[1]?.replace(/^\d{4}-\d{2}-\d{2}-/, '') ?? '';
  const own = writePretty(fieldOf(post, 'slug') ?? name);
  const [year, month = '', day = ''] = post.day.split('-');
  const named = [
    ...folderAbove(post.path, source).split('/'),
    fieldOf(post, 'category') ?? '',
    ...listField(post, 'categories'),
  ];
  const categories = [...new Set(named.map((word) => word.toLowerCase()))].filter(Boolean).join('/');
  const path = fillPattern(fieldOf(post, 'permalink') ?? pattern, {
    categories,
    slugified_categories: slugifyPath(categories),
    collection,
    path:
      collection === undefined ? undefined : post.path.replace(`_${collection}/`, '').replace(/\.\w+$/, ''),
    title: own,
    slug: slugifyTitle(own),
    name: slugifyTitle(name),
    year,
    short_year: year?.slice(2),
    month,
    short_month: nameMonth(month).slice(0, 3),
    long_month: nameMonth(month),
    i_month: month.replace(/^0/, ''),
    day,
    i_day: day.replace(/^0/, ''),
    output_ext: '.html',
  });
  return path === undefined ? undefined : withBase(base, path);
}

/** A name as Jekyll writes it in an address (jekyll/jekyll lib/jekyll/utils.rb, the mode "pretty", checked December 2026). */
function writePretty(name: string): string {
  return name.replaceAll(/[^\p{L}\p{M}\p{Nd}._~!$&'()+,;=@-]+/gu, '-').replaceAll(/^-+|-+$/g, '');
}

function withBase(base: string, path: string): string {
  return sitePath([base, path.replace(/:output_ext$/, '.html')], path.endsWith('/') ? '/' : '');
}

function usesFeedPlugin(view: SiteView, data: Data): boolean {
  const named = [...textsAt(data, 'plugins'), ...textsAt(data, 'gems')].includes('jekyll-feed');
  return named || (view.read('Gemfile') ?? '').includes('jekyll-feed');
}

/** Jekyll copies whatever it is not told to leave out. */
function noteExcluded(data: Data, evidence: string): readonly Note[] {
  const excluded = new Set(textsAt(data, 'exclude').map((path) => joinPath(path)));
  const missing = ['config', 'out'].filter((folder) => !excluded.has(folder));
  if (missing.length === 0) return [];
  return [
    {
      message: `Jekyll copies the folders ${listWords(missing, 'and')} into the site.`,
      remedy: `Add ${listWords(missing, 'and')} to "exclude" in ${evidence}.`,
    },
  ];
}
