import { nameMonth } from '../reading/front-matter/address-template.ts';
import { fieldOf, fillPattern, sitePath, stemOf } from './addresses.ts';
import type { Facts, Generator, Inspection, PostHead, SiteView } from './define.ts';
import { tidyFacts } from './facts.ts';
import { findFile, folderOf, hasItem, joinPath, nameFiles, pathBelow } from './paths.ts';
import { type Data, mergeData, readData, textAt, textsAt, valueAt } from '../reading/site-files/read-data.ts';
import { countDated, isBelow, placePosts } from './scan.ts';

const endings = ['toml', 'yaml', 'yml', 'json'];
const sections = ['posts', 'post', 'blog', 'articles', 'writing', 'notes'];

/** Hugo: hugo.toml and its other forms, config/_default, and the posts below content/. */
export const hugo: Generator = {
  name: 'Hugo',
  detect(view, wish) {
    const evidence = findEvidence(view);
    if (evidence === undefined) return undefined;
    const data = readSettings(view, evidence);
    const language = textAt(data, 'defaultContentLanguage') ?? 'en';
    const content = joinPath(textAt(data, `languages.${language}.contentDir`, 'contentDir') ?? 'content');
    const facts = readFacts(data, language);
    const places = placePosts(view, wish, listSections(data, content), content);
    const rules = readRules(data, language, content, basePath(wish.url ?? facts.url));
    const own = rules.roots.find(({ folder }) => isBelow(places.posts, folder));
    const template = suggestTemplate(rules, places.posts);
    const staticFolder = joinPath(textsAt(data, 'staticDir')[0] ?? 'static');
    const ownName = textAt(data, 'outputFormats.rss.baseName') ?? 'index';
    const alsoPosts = wish.posts === undefined ? listAlso(view, data, rules, places.posts) : [];
    return {
      generator: 'Hugo',
      evidence,
      facts,
      posts: places.posts,
      alsoPosts,
      otherPosts: places.otherPosts.filter((folder) => !alsoPosts.includes(folder)),
      ...(own !== undefined && own.code !== language && { lang: own.code }),
      ...(template !== undefined && { canonical: template }),
      syntax: {
        math: valueAt(data, 'markup.goldmark.extensions.passthrough.enable') === true,
        emoji: valueAt(data, 'enableEmoji') === true,
      },
      addressOf: (post) => addressPost(post, rules),
      feedFolder: staticFolder.startsWith('..') ? 'static' : staticFolder,
      feedPrefix: '',
      output: joinPath(textAt(data, 'publishDir') ?? 'public'),
      ownFeeds: [`${ownName}.xml`],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      notes: [],
    } satisfies Inspection;
  },
};

/** A language's folder of content, and where its pages are. */
interface Root {
  readonly code: string;
  readonly folder: string;
  readonly base: string;
}

/** What makes the addresses. */
interface AddressRules {
  readonly roots: readonly Root[];
  readonly data: Data;
  readonly isUgly: boolean;
  /** Whether names keep their capitals. */
  readonly keepsCase: boolean;
  /** Where posts have their date, in this order; the slug comes from the file's name where the date does. */
  readonly dates: readonly string[];
}

function readRules(data: Data, language: string, content: string, base: string): AddressRules {
  const inSubfolder = valueAt(data, 'defaultContentLanguageInSubdir') === true;
  const others = Object.keys(valueAt(data, 'languages') ?? {}).filter((code) => code !== language);
  const rootOf = (code: string): Root => ({
    code,
    folder: joinPath(textAt(data, `languages.${code}.contentDir`) ?? content),
    base: code === language && !inSubfolder ? base : joinPath(base, code.toLowerCase()),
  });
  return {
    roots: [rootOf(language), ...others.map(rootOf)],
    data,
    isUgly: valueAt(data, 'uglyURLs') === true,
    keepsCase: valueAt(data, 'disablePathToLower') === true,
    dates: textsAt(data, 'frontmatter.date'),
  };
}

/** The other sections that the site shows as its posts, and the same sections in other languages' folders. */
function listAlso(view: SiteView, data: Data, { roots }: AddressRules, posts: string): readonly string[] {
  const [main] = roots;
  const named = textsAt(data, 'params.mainSections').map((name) => joinPath(main?.folder ?? '', name));
  const shown = [posts, ...named.filter((folder) => !isBelow(folder, posts) && !isBelow(posts, folder))];
  const sections = shown.map((folder) => pathBelow(folder, main?.folder ?? ''));
  const all = roots.flatMap(({ folder }) => sections.map((section) => joinPath(folder, section)));
  return [...new Set(all)].filter((folder) => folder !== posts && countDated(view, folder) > 0);
}

/** A file that only Hugo has; a config.* is Hugo's where it has Hugo's own words. */
function findEvidence(view: SiteView): string | undefined {
  const own = findFile(view, [
    ...nameFiles('', ['hugo'], endings),
    ...nameFiles('config/_default', ['hugo', 'config'], endings),
  ]);
  if (own !== undefined) return own;
  const old = findFile(view, nameFiles('', ['config'], endings));
  if (old === undefined) return undefined;
  const data = readData(view, old);
  const isZola = Object.keys(data ?? {}).includes('base_url');
  const words = ['baseURL', 'languageCode', 'contentDir', 'defaultContentLanguage', 'permalinks', 'markup'];
  const isOwn = words.some((word) => valueAt(data, word) !== undefined);
  return !isZola && (isOwn || hasItem(view, 'archetypes', 'folder')) ? old : undefined;
}

/** The main file, those beside it in config/_default that hold one section each, and what production changes. */
function readSettings(view: SiteView, evidence: string): Data {
  const read = (folder: string, name: string): Data | undefined =>
    readData(view, findFile(view, nameFiles(folder, [name], endings)));
  const parts = ['params', 'permalinks', 'languages', 'frontmatter', 'outputFormats'].map((name) => {
    const part = folderOf(evidence) === '' ? undefined : read('config/_default', name);
    return part && { [name]: part };
  });
  const ofLanguages = folderOf(evidence) === '' ? [] : readLanguageFiles(view);
  const production = ['config', 'hugo'].map((name) => read('config/production', name));
  return mergeData(readData(view, evidence), ...parts, ...ofLanguages, ...production);
}

/** What files of one language each say, such as languages.en.toml and params.en.toml in config/_default. */
function readLanguageFiles(view: SiteView): readonly Data[] {
  return view.list('config/_default').flatMap(({ name }) => {
    const [, group, code = ''] = /^(languages|params)\.([\w-]+)\.(?:toml|ya?ml|json)$/.exec(name) ?? [];
    const data = group === undefined ? undefined : readData(view, `config/_default/${name}`);
    if (data === undefined) return [];
    return [{ languages: { [code]: group === 'params' ? { params: data } : data } }];
  });
}

function readFacts(data: Data, language: string): Facts {
  const ofLanguage = `languages.${language}`;
  const params = (name: string): readonly string[] => [`${ofLanguage}.params.${name}`, `params.${name}`];
  const author = ['params.author', 'author']
    .flatMap((path) => [valueAt(data, `${ofLanguage}.${path}`), valueAt(data, path)])
    .find((value) => value !== undefined);
  return tidyFacts({
    url: textAt(data, `${ofLanguage}.baseURL`, 'baseURL'),
    title: textAt(data, `${ofLanguage}.title`, 'title'),
    description: textAt(data, ...params('description'), ...params('subtitle')),
    author,
    language:
      textAt(data, `${ofLanguage}.languageCode`, `${ofLanguage}.locale`, 'languageCode', 'locale') ??
      language,
    timezone: textAt(data, `${ofLanguage}.timeZone`, 'timeZone'),
  });
}

function basePath(url: string | undefined): string {
  return joinPath(URL.parse(url ?? '')?.pathname ?? '');
}

/** Where posts may be, the most likely first. */
function listSections(data: Data, content: string): readonly string[] {
  return [...textsAt(data, 'params.mainSections'), ...sections].map((name) => joinPath(content, name));
}

function findPattern(data: Data, section: string): string | undefined {
  return textAt(data, `permalinks.page.${section}`, `permalinks.${section}`);
}

const slugTokens = [
  'slug',
  'title',
  'filename',
  'contentbasename',
  'slugorfilename',
  'slugorcontentbasename',
];

function suggestTemplate(rules: AddressRules, posts: string): string | undefined {
  const { base, folder } = rootOfPath(posts, rules);
  const below = pathBelow(posts, folder);
  const pattern = findPattern(rules.data, below.split('/')[0] ?? '');
  const section = rules.keepsCase ? below : tidy(below);
  if (pattern === undefined) return sitePath([base, section, '{slug}'], rules.isUgly ? '.html' : '/');
  const path = fillPattern(fillSections(pattern, section), {
    ...Object.fromEntries(slugTokens.map((token) => [token, '{slug}'])),
    year: '{year}',
    month: '{month}',
    monthname: '{monthname:lower}',
    day: '{day}',
    section: section.split('/')[0] ?? '',
    sections: section,
  });
  return path === undefined ? undefined : finish(base, path, rules);
}

function rootOfPath(
  path: string,
  { roots }: AddressRules,
): { readonly folder: string; readonly base: string } {
  const [main] = roots;
  return roots.find(({ folder }) => isBelow(path, folder)) ?? main ?? { folder: '', base: '' };
}

function addressPost(post: PostHead, rules: AddressRules): string | undefined {
  const { dates, keepsCase } = rules;
  const { path: file, base, content } = splitLanguage(post.path, rules);
  const stem = stemOf(pathBelow(file, content));
  const folder = folderOf(stem);
  const name = stem.slice(folder === '' ? 0 : folder.length + 1);
  const write = keepsCase ? joinWords : tidy;
  const written = fieldOf(post, 'slug') ?? (isDatedByName(post, dates) ? dateless(name) : undefined);
  const ownSlug = written === undefined ? undefined : write(written);
  const pattern = findPattern(rules.data, folder.split('/')[0] ?? '');
  if (pattern === undefined) {
    const path = joinPath(base, write(folder), ownSlug ?? write(name));
    return sitePath([path], rules.isUgly ? '.html' : '/');
  }
  const [year, month, day] = post.writtenDay.split('-');
  const title = write(fieldOf(post, 'title') ?? name);
  const path = fillPattern(fillSections(pattern, write(folder)), {
    year,
    month,
    monthname: nameMonth(month ?? '').toLowerCase(),
    day,
    section: write(folder.split('/')[0] ?? ''),
    sections: write(folder),
    title,
    slug: ownSlug ?? title,
    filename: write(name),
    contentbasename: write(name),
    slugorfilename: ownSlug ?? write(name),
    slugorcontentbasename: ownSlug ?? write(name),
  });
  return path === undefined ? undefined : finish(base, path, rules);
}

/** The parts of a post's sections that a pattern names, as in `:sections[1:]`, written out. */
function fillSections(pattern: string, sections: string): string {
  return pattern.replaceAll(/:sections\[(\d*):(\d*|last)\]/g, (_whole, from: string, to: string) => {
    const parts = sections.split('/');
    const end = to === '' ? parts.length : to === 'last' ? parts.length - 1 : Number(to);
    return parts.slice(Number(from), end).join('/');
  });
}

/** A translation's path without its language, as in `post.fr.md`, and where that language's pages are. */
function splitLanguage(
  path: string,
  rules: AddressRules,
): { readonly path: string; readonly base: string; readonly content: string } {
  const { folder: content, base } = rootOfPath(path, rules);
  const [, stem = '', code = '', ending = ''] = /^(.+)\.([a-z-]+)(\.[a-z]+)$/i.exec(path) ?? [];
  const own = rules.roots.find((root) => root.code.toLowerCase() === code.toLowerCase());
  return own === undefined ? { path, base, content } : { path: `${stem}${ending}`, base: own.base, content };
}

/** Whether Hugo takes a post's date from its file's name: only where no field that is asked before has one (gohugoio/hugo resources/page/pagemeta/page_frontmatter.go, checked December 2026). */
function isDatedByName(post: PostHead, dates: readonly string[]): boolean {
  const usual = ['date', 'publishdate', 'pubdate', 'published', 'lastmod', 'modified'];
  const asked = dates.slice(0, Math.max(0, dates.indexOf(':filename')));
  const names = asked.flatMap((one) => (one === ':default' ? usual : [one.toLowerCase()]));
  const given = new Set(Object.keys(post.values).map((name) => name.toLowerCase()));
  return dates.includes(':filename') && !names.some((name) => given.has(name));
}

function dateless(name: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}[-_](.+)$/.exec(name)?.[1];
}

/** Text as Hugo writes it in an address (gohugoio/hugo common/paths/path.go, checked November 2026). */
function tidy(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}\s./\\_#+~@-]+/gu, '')
    .trim()
    .replaceAll(/\s*-\s*/g, '-')
    .replaceAll(/\s+/g, '-');
}

function joinWords(text: string): string {
  return text.trim().replaceAll(/\s+/g, '-');
}

function finish(base: string, path: string, { isUgly }: AddressRules): string {
  return /\.[a-z]+$/.test(path) ? sitePath([base, path], '') : sitePath([base, path], isUgly ? '.html' : '/');
}
