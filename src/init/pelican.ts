import { nameMonth, slugifyTitle } from '../reading/front-matter/address-template.ts';
import { fieldOf, sitePath } from './addresses.ts';
import type { Generator, Inspection, PostHead } from './define.ts';
import { tidyFacts } from './facts.ts';
import { findFile, joinPath, pathBelow } from './paths.ts';
import { placePosts } from './scan.ts';

/** Pelican: pelicanconf.py and publishconf.py, read as text, and the articles in content/. */
export const pelican: Generator = {
  name: 'Pelican',
  detect(view, wish) {
    const evidence = findFile(view, ['pelicanconf.py', 'publishconf.py']);
    if (evidence === undefined) return undefined;
    const read = (name: string): string | undefined =>
      readSetting(view.read('publishconf.py'), name) ?? readSetting(view.read('pelicanconf.py'), name);
    const content = joinPath(read('PATH') ?? 'content');
    const articles = read('ARTICLE_PATHS') ?? read('ARTICLE_DIR');
    const usual = [articles, 'blog', 'posts', 'articles']
      .filter((folder) => folder !== undefined)
      .map((folder) => joinPath(content, folder));
    const places = placePosts(view, wish, usual, content);
    const pattern = read('ARTICLE_URL') ?? '{slug}.html';
    const usesNames = read('SLUGIFY_SOURCE') === 'basename';
    const url = read('SITEURL');
    const base = joinPath(URL.parse(url ?? '')?.pathname ?? '');
    const category = read('DEFAULT_CATEGORY') ?? 'misc';
    const template = fillUrl(pattern, {
      slug: usesNames ? '{slug}' : '{title}',
      category: '{categories}',
      date: ['{year}', '{month}', '{day}', '{monthname}', '{shortmonth}'],
    });
    return {
      generator: 'Pelican',
      evidence,
      facts: tidyFacts({
        url,
        title: read('SITENAME'),
        description: read('SITEDESCRIPTION') ?? read('SITESUBTITLE'),
        author: read('AUTHOR'),
        language: read('DEFAULT_LANG'),
        timezone: read('TIMEZONE'),
      }),
      ...places,
      ...(template !== undefined && { canonical: finish(base, template) }),
      addressOf: (post) => {
        const path = fillUrl(pattern, {
          slug: fieldOf(post, 'slug') ?? slugifyTitle(usesNames ? post.name : (post.title ?? post.name)),
          category: slugifyTitle(nameCategory(post, content) ?? category),
          date: listDate(post.day),
        });
        return path === undefined ? undefined : finish(base, path);
      },
      feedFolder: joinPath(content, 'extra'),
      feedPrefix: 'extra/',
      output: joinPath(read('OUTPUT_PATH') ?? 'output'),
      ownFeeds: [read('FEED_ALL_ATOM'), read('FEED_ALL_RSS')].filter((path) => path !== undefined),
      firstPost: { file: 'first-post.md', dateField: 'date', lines: ['status: draft'] },
      notes: [
        {
          message: 'Pelican copies only the folders that STATIC_PATHS names.',
          remedy: 'Add "extra" to STATIC_PATHS in pelicanconf.py.',
          isAboutFeeds: true,
        },
      ],
    } satisfies Inspection;
  },
};

/** A setting that is text, or the first text of a list of them. */
function readSetting(source: string | undefined, name: string): string | undefined {
  const found = new RegExp(`^${name}\\s*=\\s*[\\[(]?\\s*[rbuf]?(['"])(.*?)\\1`, 'm').exec(source ?? '');
  return found?.[2]?.trim() || undefined;
}

/** The article's own category, or the folder it lies in, as Pelican takes it. */
function nameCategory(post: PostHead, content: string): string | undefined {
  const [own] = post.categories;
  const folder = pathBelow(post.path, content).split('/').slice(0, -1).at(-1);
  return own ?? folder;
}

/** What a day's formats show, as `strftime` has them where no language is set. */
function listDate(day: string): readonly string[] {
  const parts = day.split('-');
  const name = nameMonth(parts[1] ?? '');
  return [...parts, name, name.slice(0, 3)];
}

/** Fills a pattern such as `{date:%Y}/{slug}/`; undefined where it has a word or a format that is not known. */
function fillUrl(
  pattern: string,
  words: { readonly slug: string; readonly category: string; readonly date: readonly string[] },
): string | undefined {
  const [year = '', month = '', day = '', name = '', short = ''] = words.date;
  let isKnown = true;
  const filled = pattern.replaceAll(/\{(\w+)(?::([^{}]*))?\}/g, (whole, word: string, format?: string) => {
    if (word === 'slug') return words.slug;
    if (word === 'category') return words.category;
    const formats = { '%Y': year, '%m': month, '%d': day, '%B': name, '%b': short };
    const shown = Object.entries(formats).reduce(
      (text, [sign, value]) => text?.replaceAll(sign, value),
      format,
    );
    if (word === 'date' && shown !== undefined && !shown.includes('%')) return shown;
    isKnown = false;
    return whole;
  });
  return isKnown ? filled : undefined;
}

function finish(base: string, path: string): string {
  const url = path.replace(/(^|\/)index\.html$/, '$1');
  return sitePath([base, url], url.endsWith('/') ? '/' : '');
}
