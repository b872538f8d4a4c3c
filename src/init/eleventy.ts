import { slugifyTitle } from '../reading/front-matter/address-template.ts';
import { fieldOf, sitePath, stemOf } from './addresses.ts';
import type { Inspection, Generator, Note, PostHead, SiteView } from './define.ts';
import { addBase, dependsOn, tidyFacts } from './facts.ts';
import { findFile, folderOf, joinPath, nameFiles, pathBelow } from './paths.ts';
import { mergeData, readData, textAt, valueAt } from '../reading/site-files/read-data.ts';
import { readScript, type Script } from '../reading/site-files/read-script.ts';
import { placePosts } from './scan.ts';

const scripts = ['js', 'mjs', 'cjs', 'ts'];
const folders = ['posts', 'blog', 'content/posts', 'content/blog', 'articles', 'notes', '_posts'];

/** Eleventy: its config file, the folder's data files with their permalink, and what is passed through. */
export const eleventy: Generator = {
  name: 'Eleventy',
  detect(view, wish) {
    const config = findFile(view, ['.eleventy.js', ...nameFiles('', ['eleventy.config'], scripts)]);
    if (config === undefined && !dependsOn(view, '@11ty/eleventy')) return undefined;
    const script = readScript(config === undefined ? undefined : view.read(config));
    const called = script.calls('setInputDirectory')[0];
    const input = joinPath((typeof called === 'string' ? called : script.text('dir.input')) ?? '');
    const written = script.calls('setOutputDirectory')[0];
    const base = joinPath(script.text('pathPrefix') ?? '');
    const { posts, otherPosts } = placePosts(view, wish, listFolders(input), input);
    const rules: AddressRules = { base, input, permalink: findPermalink(view, posts, input) };
    const template = suggestTemplate(rules, posts);
    const passed = findPassedThrough(script, input);
    return {
      generator: 'Eleventy',
      evidence: config ?? 'package.json',
      facts: readFacts(view, script, input, base),
      posts,
      otherPosts,
      ...(template !== undefined && { canonical: template }),
      addressOf: (post) => addressPost(post, rules),
      feedFolder: passed?.folder ?? 'public',
      feedPrefix: passed?.prefix ?? '',
      output: joinPath((typeof written === 'string' ? written : script.text('dir.output')) ?? '_site'),
      ownFeeds: ['feed.xml', 'atom.xml', 'feed.json'].filter(
        (name) => script.mentions(name, `/${name}`) || hasTemplateFor(view, input, name),
      ),
      firstPost: {
        file: 'first-post.md',
        dateField: 'date',
        lines: ['permalink: false # keeps Eleventy from showing it'],
      },
      ...(input === '' && { readme: '.github/README.md' }),
      notes: passed === undefined ? [notePassThrough(config ?? 'eleventy.config.js')] : [],
    } satisfies Inspection;
  },
};

interface AddressRules {
  readonly base: string;
  readonly input: string;
  /** A template in Liquid or Nunjucks; absent for Eleventy's own rule, `null` where it would have to be run. */
  readonly permalink: string | null | undefined;
}

function listFolders(input: string): readonly string[] {
  return folders.map((folder) => joinPath(input, folder));
}

/** The permalink of the nearest folder's data file, from the posts' own folder up to the input folder. */
function findPermalink(view: SiteView, posts: string, input: string): AddressRules['permalink'] {
  for (let folder = posts; folder !== '' && folder !== input; folder = folderOf(folder)) {
    const name = folder.split('/').at(-1) ?? '';
    for (const file of nameFiles(folder, [name, `${name}.11tydata`], ['json'])) {
      const permalink = textAt(readData(view, file), 'permalink');
      if (permalink !== undefined) return permalink;
    }
    const file = findFile(view, nameFiles(folder, [`${name}.11tydata`], scripts));
    const text = file === undefined ? undefined : view.read(file);
    if (text === undefined) continue;
    const permalink = readScript(text).text('permalink', 'eleventyComputed.permalink');
    if (permalink !== undefined) return permalink;
    if (/\bpermalink\b/.test(text)) return readPermalinkFunction(text) ?? null;
  }
  return undefined;
}

/** A function that only returns a text with values in it. */
const permalinkFunction =
  /\bpermalink\b\s*(?::\s*(?:function\b\s*)?)?\(?\s*([\w$]+|\{[^{}]*\})\s*\)?\s*(?:=>\s*)?(?:\{\s*return\s+)?`([^`]*)`\s*[;,}\n]/;

/** The template that a function for permalinks comes to; undefined where it would have to be run. */
function readPermalinkFunction(text: string): string | undefined {
  const [, data = '', shown] = permalinkFunction.exec(text) ?? [];
  if (shown === undefined) return undefined;
  const own = data.startsWith('{') ? '' : `${data}.`;
  let isKnown = true;
  const template = shown.replaceAll(/\$\{\s*([^{}]*?)\s*\}/g, (_whole, written: string) => {
    const [, inner] = /^(?:this\.)?slugify\(\s*([^()]*?)\s*\)$/.exec(written) ?? [];
    const value = inner ?? written;
    const name = value.startsWith(own) ? value.slice(own.length) : '';
    isKnown &&= /^[\w$.]+$/.test(name);
    return `{{ ${name}${inner === undefined ? '' : ' | slugify'} }}`;
  });
  return isKnown ? template : undefined;
}

function suggestTemplate({ base, input, permalink }: AddressRules, posts: string): string | undefined {
  if (permalink === null) return undefined;
  const below = pathBelow(posts, input);
  if (permalink === undefined) return sitePath([base, below, '{slug}'], '/');
  const path = fillExpressions(permalink, (name, filters) => {
    if (name === 'page.filePathStem') return `/${below}/{slug}`;
    if (['page.fileSlug', 'title', 'slug'].includes(name)) return '{slug}';
    return isDate(name) ? formatDay(filters, '{year}', '{month}', '{day}') : undefined;
  });
  return path === undefined ? undefined : finish(base, path);
}

function addressPost(post: PostHead, { base, input, permalink }: AddressRules): string | undefined {
  const stem = stemOf(pathBelow(post.path, input));
  if (permalink === null || fieldOf(post, 'permalink') !== undefined) return undefined;
  if (permalink === undefined) return sitePath([base, stem.replace(/(^|\/)([^/]+)\/\2$/, '$1$2')], '/');
  const [name = '', folder = ''] = stem.split('/').toReversed();
  const slug = dropDay(name) === 'index' ? dropDay(folder) : dropDay(name);
  const [year = '', month = '', day = ''] = post.day.split('-');
  const path = fillExpressions(permalink, (expression, filters) => {
    if (expression === 'page.fileSlug') return slug;
    if (expression === 'page.filePathStem') return `/${joinPath(folderOf(stem), slug)}`;
    if (isDate(expression)) return formatDay(filters, year, month, day);
    const text = fieldOf(post, expression);
    return text !== undefined && /\b(slug|slugify)\b/.test(filters) ? slugifyTitle(text) : text;
  });
  return path === undefined ? undefined : finish(base, path);
}

/** As Eleventy does; a dated `index` is called like its folder (11ty/eleventy src/TemplateFileSlug.js, checked December 2026). */
function dropDay(name: string): string {
  return name.replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '');
}

function isDate(name: string): boolean {
  return name === 'page.date' || name === 'date';
}

/** Fills `{{ name | filter }}`; undefined when there is one that is not known, or a tag that would have to be run. */
function fillExpressions(
  template: string,
  fill: (name: string, filters: string) => string | undefined,
): string | undefined {
  let isKnown = !template.includes('{%');
  const filled = template.replaceAll(
    /\{\{-?([^{}|]*)(\|[^{}]*)?\}\}/g,
    (whole, name: string, filters = '') => {
      const text = fill(name.replace(/-$/, '').trim(), String(filters));
      if (text === undefined) isKnown = false;
      return text ?? whole;
    },
  );
  return isKnown ? filled : undefined;
}

/** A date filter with a format of `%Y`, `%m` and `%d`, or `yyyy`, `MM` and `dd`. */
function formatDay(filters: string, year: string, month: string, day: string): string | undefined {
  const format = /["']([^"']*)["']/.exec(filters)?.[1];
  if (format === undefined) return undefined;
  const filled = format
    .replaceAll(/%Y|yyyy|YYYY/g, year)
    .replaceAll(/%m|\bMM\b/g, month)
    .replaceAll(/%d|\bdd\b|\bDD\b/g, day);
  return /%|[A-Z]{2}/.test(filled) ? undefined : filled;
}

function finish(base: string, path: string): string {
  const url = path.replace(/(^|\/)index\.html$/, '$1');
  return sitePath([base, url], url.endsWith('/') ? '/' : '');
}

/** A folder that is copied as it is: best one that becomes the site's root. */
function findPassedThrough(
  script: Script,
  input: string,
): { readonly folder: string; readonly prefix: string } | undefined {
  const copies = script
    .calls('addPassthroughCopy')
    .flatMap((argument) =>
      typeof argument === 'string'
        ? [{ from: joinPath(argument), to: pathBelow(joinPath(argument), input) }]
        : argument.map(([from, to]) => ({ from: joinPath(from), to: joinPath(to) })),
    );
  const plain = copies.filter(({ from }) => !/[*?{}[\]]|^\.\.|\.[a-z\d]{2,5}$/i.test(from) && from !== '');
  const toRoot = plain.find(({ to }) => to === '');
  const usual = plain.find(({ from }) => /(^|\/)(public|static|assets)$/.test(from));
  const chosen = toRoot ?? usual;
  return chosen && { folder: chosen.from, prefix: chosen.to === '' ? '' : `${chosen.to}/` };
}

function hasTemplateFor(view: SiteView, input: string, name: string): boolean {
  return [input, joinPath(input, 'feed'), joinPath(input, 'content'), joinPath(input, 'content/feed')]
    .flatMap((folder) => view.list(folder).map((entry) => ({ ...entry, path: joinPath(folder, entry.name) })))
    .filter((entry) => entry.kind === 'file' && /feed|atom|rss/i.test(entry.name))
    .some(
      ({ name: own, path }) => own.startsWith(`${name}.`) || (view.read(path) ?? '').includes(`/${name}`),
    );
}

function notePassThrough(config: string): Note {
  return {
    message: 'No folder was found that Eleventy copies as it is, so the feeds go to "public".',
    remedy: `Add eleventyConfig.addPassthroughCopy({ public: "/" }) to ${config}.`,
    isAboutFeeds: true,
  };
}

function readFacts(view: SiteView, script: Script, input: string, base: string): Inspection['facts'] {
  const data = joinPath(input, script.text('dir.data') ?? '_data');
  const names = ['metadata', 'site', 'meta', 'config'];
  const merged = mergeData(
    ...names.map((name) => readData(view, joinPath(data, `${name}.json`))).toReversed(),
  );
  const file = findFile(view, nameFiles(data, names, scripts));
  const known = readScript(file === undefined ? undefined : view.read(file));
  const find = (...paths: readonly string[]): string | undefined =>
    textAt(merged, ...paths) ?? known.text(...paths);
  return tidyFacts({
    url: addBase(find('url', 'siteUrl', 'baseUrl', 'site.url'), base),
    title: find('title', 'name', 'siteName'),
    description: find('description'),
    author: valueAt(merged, 'author') ?? find('author.name', 'authorName', 'author'),
    language: find('language', 'lang', 'locale'),
    timezone: find('timezone', 'timeZone'),
  });
}
