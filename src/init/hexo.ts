import { slugifyTitle } from '../reading/front-matter/address-template.ts';
import { fieldOf, fillPattern, sitePath, stemOf } from './addresses.ts';
import type { Generator, Inspection, PostHead } from './define.ts';
import { dependsOn, tidyFacts } from './facts.ts';
import { findFile, folderOf, hasItem, joinPath, pathBelow } from './paths.ts';
import { readData, textAt, textsAt, valueAt } from '../reading/site-files/read-data.ts';
import { placePosts } from './scan.ts';

/** Hexo: _config.yml beside scaffolds or the package, and the posts in source/_posts. */
export const hexo: Generator = {
  name: 'Hexo',
  detect(view, wish) {
    const evidence = findFile(view, ['_config.yml', '_config.yaml', '_config.json']);
    const isHexo = dependsOn(view, 'hexo') || hasItem(view, 'scaffolds', 'folder');
    if (evidence === undefined || !isHexo) return undefined;
    const data = readData(view, evidence) ?? {};
    const source = joinPath(textAt(data, 'source_dir') ?? 'source');
    const places = placePosts(view, wish, [joinPath(source, '_posts')], source);
    const url = textAt(data, 'url');
    const base = joinPath(textAt(data, 'root') ?? URL.parse(url ?? '')?.pathname ?? '');
    const pattern = textAt(data, 'permalink') ?? ':year/:month/:day/:title/';
    const rules: AddressRules = {
      base,
      pattern,
      posts: places.posts,
      named: textAt(data, 'new_post_name') ?? ':title.md',
      category: textAt(data, 'default_category') ?? 'uncategorized',
      keepsIndex: valueAt(data, 'pretty_urls.trailing_index') !== false,
      keepsEnding: valueAt(data, 'pretty_urls.trailing_html') !== false,
    };
    const template = fillPattern(pattern, {
      title: '{slug}',
      name: '{slug}',
      post_title: '{title}',
      year: '{year}',
      month: '{month}',
      day: '{day}',
      category: '{categories}',
      lang: '{lang}',
    });
    const zone = textAt(data, 'timezone');
    const feed = dependsOn(view, 'hexo-generator-feed');
    return {
      generator: 'Hexo',
      evidence,
      facts: tidyFacts({
        url,
        title: textAt(data, 'title'),
        description: textAt(data, 'description', 'subtitle'),
        author: textAt(data, 'author'),
        language: textsAt(data, 'language')[0],
        timezone: zone,
      }),
      ...places,
      ...(template !== undefined && { canonical: finish(template, rules) }),
      syntax: {
        breaks: valueAt(data, 'marked.breaks') !== false && !dependsOn(view, 'hexo-renderer-pandoc'),
      },
      addressOf: (post) => addressPost(post, rules),
      feedFolder: source,
      feedPrefix: '',
      output: joinPath(textAt(data, 'public_dir') ?? 'public'),
      ownFeeds: feed ? [...textsAt(data, 'feed.path'), 'atom.xml'].slice(0, 2) : [],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: ['published: false # for Hexo'] },
      notes: [],
    } satisfies Inspection;
  },
};

interface AddressRules {
  readonly base: string;
  readonly pattern: string;
  readonly posts: string;
  /** How files are named, such as `:year-:month-:day-:title.md`. */
  readonly named: string;
  /** What posts without a category have in its place. */
  readonly category: string;
  readonly keepsIndex: boolean;
  readonly keepsEnding: boolean;
}

/** As Hexo makes it (hexojs/hexo lib/plugins/filter/post_permalink.ts, checked December 2026). */
function addressPost(post: PostHead, rules: AddressRules): string | undefined {
  const stem = stemOf(pathBelow(post.path, rules.posts));
  const last = stem.split('/').at(-1) ?? '';
  const hasDate = rules.named.startsWith(':year');
  const name = hasDate ? last.replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '') : last;
  const [year, month = '', day = ''] = post.day.split('-');
  const path = fillPattern(rules.pattern, {
    title: joinPath(folderOf(stem), name),
    name,
    post_title: slugifyTitle(fieldOf(post, 'title') ?? name),
    year,
    month,
    day,
    i_month: month.replace(/^0/, ''),
    i_day: day.replace(/^0/, ''),
    category: post.categories.length > 0 ? post.categories.join('/') : rules.category,
    lang: post.lang,
  });
  return path === undefined ? undefined : finish(path, rules);
}

function finish(path: string, { base, keepsIndex, keepsEnding }: AddressRules): string {
  const url = keepsIndex ? path : path.replace(/(^|\/)index\.html$/, '$1');
  const whole = keepsEnding ? url : url.replace(/\.html$/, '');
  return sitePath([base, whole], whole.endsWith('/') ? '/' : '');
}
