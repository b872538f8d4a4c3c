import { undated } from '../../model/post.ts';
import { dayOf } from '../../base/format-instant.ts';
import { resolveAddress } from './canonical-url.ts';
import { monthNames } from './parse-date.ts';

/** The words that a template of addresses may hold between braces; after `:lower`, in lower case and without blanks. */
export const templateWords = [
  'slug',
  'id',
  'name',
  'title',
  'folder',
  'categories',
  'lang',
  'lang?',
  'year',
  'month',
  'monthname',
  'shortmonth',
  'day',
] as const;

/** What the words of a template stand for. */
export interface AddressParts {
  readonly slug: string;
  readonly id: string;
  /** The file's or folder's name, with the date before it and without the language after it. */
  readonly name: string;
  /** The slug that the post gives itself. */
  readonly ownSlug?: string | undefined;
  readonly title?: string | undefined;
  /** The folders that the post lies in, below its source's. */
  readonly folders: readonly string[];
  readonly categories: readonly string[];
  /** The language that the file's name gives. */
  readonly lang?: string | undefined;
  /** The instant whose day the address has. */
  readonly at: string;
}

/** The placeholders of a template, as they stand between the braces. */
export function listPlaceholders(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, word = '']) => word);
}

/** Whether a placeholder is one that a template may hold. */
export function isPlaceholder(placeholder: string): boolean {
  const word = placeholder.replace(/:lower$/, '');
  return templateWords.some((known) => known === word);
}

/** Whether a template tells languages apart. */
function namesLanguage(template: string): boolean {
  return /\{lang\??(?::lower)?\}/.test(template);
}

/** Languages whose two letters name one in a path; those that are also endings of code files do not. */
const languages: ReadonlySet<string> = new Set(
  'ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ka ko lt lv nb nl nn no pl pt ro ru sk sl sr sv th tr uk vi zh'.split(
    ' ',
  ),
);

/** Whether a word is the code of a language, such as `pt-BR`. */
export function isLanguageCode(word: string): boolean {
  return /^[a-z]{2}(?:[-_][a-z]{2,4})?$/i.test(word) && languages.has(word.slice(0, 2).toLowerCase());
}

/** The language that a post's first folder is named after, where the template tells languages apart. */
export function readFolderLanguage(template: string, folders: readonly string[]): string | undefined {
  const [first = ''] = folders;
  return namesLanguage(template) && isLanguageCode(first) ? first : undefined;
}

/** A title as generators make an address of it: lower case, hyphens for blanks, no punctuation. */
export function slugifyTitle(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\s_-]+/gu, '')
    .trim()
    .replaceAll(/[\s-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/**
 * Fills a template of canonical URLs such as `/{year}/{month}/{slug}/`; the date's words are in the site's zone, and letters
 * where a draft has no date yet. A word that stands for nothing takes its slash with it.
 */
export function fillTemplate(
  template: string,
  parts: AddressParts,
  site: { readonly url: string; readonly timezone: string; readonly language?: string },
): string | undefined {
  const path = fillPath(template, parts, site);
  return resolveAddress(path, site.url);
}

/** What a template makes of a post before it is made an address, encoded as a path. */
export function fillPath(
  template: string,
  parts: AddressParts,
  site: { readonly timezone: string; readonly language?: string },
): string {
  const filled = template.replaceAll(/\{([^{}]*)\}/g, (whole, placeholder: string) => {
    const word = placeholder.replace(/:lower$/, '');
    const text = readWord(word, template, parts, site);
    if (text === undefined) return whole;
    return encodePath(word === placeholder ? text : text.toLowerCase().replaceAll(/\s+/g, '-'));
  });
  return filled.replaceAll(/(?<!:)\/{2,}/g, '/');
}

function readWord(
  word: string,
  template: string,
  parts: AddressParts,
  site: { readonly timezone: string; readonly language?: string },
): string | undefined {
  const { slug, id, name, ownSlug, title, folders, categories, at } = parts;
  const folder = readFolderLanguage(template, folders);
  const lang = parts.lang ?? folder;
  switch (word) {
    case 'slug':
      return namesLanguage(template) ? withoutLanguage(slug, lang) : slug;
    case 'id':
      return id;
    case 'name':
      return name;
    case 'title':
      return ownSlug ?? slugifyTitle(title ?? slug);
    case 'folder':
      return (folder === undefined ? folders : folders.slice(1)).join('/');
    case 'categories':
      return categories.join('/');
    case 'lang':
      return lang ?? primary(site.language ?? '');
    case 'lang?':
      return lang === undefined || primary(lang) === primary(site.language ?? '') ? '' : lang;
    case 'monthname':
      return nameMonth(readDay(at, site.timezone)[1] ?? '');
    case 'shortmonth':
      return nameMonth(readDay(at, site.timezone)[1] ?? '').slice(0, 3);
    case 'year':
    case 'month':
    case 'day':
      return readDay(at, site.timezone)[['year', 'month', 'day'].indexOf(word)] ?? '';
    default:
      return undefined;
  }
}

function readDay(at: string, timezone: string): readonly string[] {
  return (at === undated ? 'YYYY-MM-DD' : dayOf(at, timezone)).split('-');
}

/** The English name of a month that is given by its number, which generators write in addresses; what is no number stays. */
export function nameMonth(month: string): string {
  return monthNames[Number(month) - 1] ?? month;
}

function withoutLanguage(slug: string, lang: string | undefined): string {
  if (lang === undefined) return slug;
  const endings = [`.${lang.toLowerCase()}`, `/${lang.toLowerCase()}`];
  return endings.some((ending) => slug.toLowerCase().endsWith(ending))
    ? slug.slice(0, -lang.length - 1)
    : slug;
}

function primary(language: string): string {
  return language.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';
}

function encodePath(text: string): string {
  return encodeURI(text.toWellFormed()).replaceAll('?', '%3F').replaceAll('#', '%23');
}
