import { fieldOf, fillPattern, sitePath, stemOf } from './addresses.ts';
import type { Facts, Inspection, Generator, PostHead, SiteView, Wish } from './define.ts';
import { tidyFacts } from './facts.ts';
import {
  findFile,
  findOtherFolders,
  folderOf,
  hasItem,
  joinPath,
  nameFiles,
  pathBelow,
  pickFolder,
} from './paths.ts';
import { type Data, mergeData, readData, textAt, textsAt, valueAt } from './read-data.ts';

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
    const ofLanguage = `languages.${language}`;
    const content = joinPath(textAt(data, `${ofLanguage}.contentDir`, 'contentDir') ?? 'content');
    const posts = findPosts(view, wish, data, content);
    const facts = readFacts(data, ofLanguage, language);
    const base = basePath(wish.url ?? facts.url);
    const inSubfolder = valueAt(data, 'defaultContentLanguageInSubdir') === true;
    const languages = Object.keys(valueAt(data, 'languages') ?? {});
    const baseOf = (code: string): string =>
      code === language && !inSubfolder ? base : joinPath(base, code.toLowerCase());
    const site: Rules = {
      base: baseOf(language),
      bases: new Map(languages.map((code) => [code.toLowerCase(), baseOf(code)])),
      content,
      pattern: findPattern(data, pathBelow(posts, content).split('/')[0] ?? ''),
      isUgly: valueAt(data, 'uglyURLs') === true,
      datesFromNames: textsAt(data, 'frontmatter.date').includes(':filename'),
    };
    const template = suggestTemplate(site, posts);
    const staticFolder = joinPath(textsAt(data, 'staticDir')[0] ?? 'static');
    const ownName = textAt(data, 'outputFormats.rss.baseName') ?? 'index';
    return {
      generator: 'Hugo',
      evidence,
      facts,
      posts,
      ...(template !== undefined && { canonical: template }),
      addressOf: (post) => addressPost(post, site),
      feedFolder: staticFolder.startsWith('..') ? 'static' : staticFolder,
      feedPrefix: '',
      ownFeeds: [`${ownName}.xml`],
      firstPost: { file: 'first-post.md', dateField: 'date', lines: [] },
      otherPosts: findOtherFolders(view, listSections(data, content), posts),
      notes: [],
    } satisfies Inspection;
  },
};

/** What makes the addresses. */
interface Rules {
  readonly base: string;
  /** Where the pages of each language are whose code stands before the ending of a post's file. */
  readonly bases: ReadonlyMap<string, string>;
  readonly content: string;
  /** The pattern of the posts' section, such as `/:year/:slug/`. */
  readonly pattern: string | undefined;
  readonly isUgly: boolean;
  /** Whether a date at the start of a file's name is no part of its slug. */
  readonly datesFromNames: boolean;
}

function findEvidence(view: SiteView): string | undefined {
  const own = findFile(view, [
    ...nameFiles('', ['hugo'], endings),
    ...nameFiles('config/_default', ['hugo', 'config'], endings),
  ]);
  if (own !== undefined) return own;
  const old = findFile(view, nameFiles('', ['config'], endings));
  const looksLikeHugo = ['content', 'archetypes', 'themes'].some((name) => hasItem(view, name, 'folder'));
  return old !== undefined && (looksLikeHugo || textAt(readData(view, old), 'baseURL') !== undefined)
    ? old
    : undefined;
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

function readFacts(data: Data, ofLanguage: string, language: string): Facts {
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

function findPosts(view: SiteView, wish: Wish, data: Data, content: string): string {
  const candidates = listSections(data, content);
  return wish.posts ?? pickFolder(view, candidates) ?? candidates[0] ?? content;
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

function suggestTemplate({ base, content, pattern, isUgly }: Rules, posts: string): string | undefined {
  const below = pathBelow(posts, content);
  if (pattern === undefined) return sitePath([base, below, '{slug}'], isUgly ? '.html' : '/');
  const path = fillPattern(pattern, {
    ...Object.fromEntries(slugTokens.map((token) => [token, '{slug}'])),
    year: '{year}',
    month: '{month}',
    day: '{day}',
    section: below.split('/')[0] ?? '',
    sections: below,
  });
  return path === undefined ? undefined : finish(base, path, isUgly);
}

function addressPost(post: PostHead, rules: Rules): string | undefined {
  const { content, pattern, isUgly, datesFromNames } = rules;
  const { path: file, base } = splitLanguage(post.path, rules);
  const stem = stemOf(pathBelow(file, content));
  const folder = folderOf(stem);
  const name = stem.slice(folder === '' ? 0 : folder.length + 1);
  const ownSlug = fieldOf(post, 'slug') ?? (datesFromNames ? dateless(name) : undefined);
  if (pattern === undefined) {
    const path = joinPath(base, tidy(folder), ownSlug ?? tidy(name));
    return sitePath([path], isUgly ? '.html' : '/');
  }
  const [year, month, day] = post.writtenDay.split('-');
  const title = tidy(fieldOf(post, 'title') ?? name);
  const path = fillPattern(pattern, {
    year,
    month,
    day,
    section: folder.split('/')[0] ?? '',
    sections: folder,
    title,
    slug: ownSlug ?? title,
    filename: tidy(name),
    contentbasename: tidy(name),
    slugorfilename: ownSlug ?? tidy(name),
    slugorcontentbasename: ownSlug ?? tidy(name),
  });
  return path === undefined ? undefined : finish(base, path, isUgly);
}

/** A translation's path without its language, as in `post.fr.md`, and where that language's pages are. */
function splitLanguage(
  path: string,
  { base, bases }: Rules,
): { readonly path: string; readonly base: string } {
  const [, stem = '', code = '', ending = ''] = /^(.+)\.([a-z-]+)(\.[a-z]+)$/i.exec(path) ?? [];
  const own = bases.get(code.toLowerCase());
  return own === undefined ? { path, base } : { path: `${stem}${ending}`, base: own };
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

function finish(base: string, path: string, isUgly: boolean): string {
  return /\.[a-z]+$/.test(path) ? sitePath([base, path], '') : sitePath([base, path], isUgly ? '.html' : '/');
}
