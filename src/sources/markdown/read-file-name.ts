import { isLanguageCode } from '../../reading/front-matter/address-template.ts';

/** What a post's path says about it. */
export interface FileName {
  /** The file's name, or its folder's for an `index` file, without a date prefix. */
  readonly slug: string;
  /** The same with its date prefix, and without a language suffix. */
  readonly name: string;
  /** The folders of its source that the post lies in: for an `index` file, without its own. */
  readonly folders: readonly string[];
  /** Whether it is a folder's `index` file. */
  readonly isIndex: boolean;
  /** The date prefix, or what the folders above say, as `YYYY-MM-DD`; it need not exist in a calendar. */
  readonly day?: string;
  /** The language suffix, such as `de` in `post.de.md`; the slug keeps it. */
  readonly lang?: string;
  /** Whether it lies in a `_drafts` folder. */
  readonly draft: boolean;
}

/** Reads a path with forward slashes; `source` is the folder of its source, which a date before `index` never stands for. */
export function readFileName(path: string, source = ''): FileName {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const stem = file.replace(/(?<=.)\.[a-z0-9]+$/i, '');
  const folder = folders.at(-1) ?? '';
  const index = readIndex(stem, file);
  const isNamed = folder !== '' && folder !== '..';
  const isIndex = index !== undefined && isNamed && index.day === undefined;
  const isDatedIndex =
    index?.day !== undefined && isNamed && folders.join('/') !== source && !/^\d+$/.test(folder);
  const depth = source !== '' && `${path}/`.startsWith(`${source}/`) ? source.split('/').length : 0;
  const below = folders.slice(depth);
  const whole = isIndex ? `${nameFolder(folders)}${index.suffix}` : stem;
  const own = splitDate(whole);
  const slug = isDatedIndex ? `${splitDate(folder).rest}${index.suffix}` : own.rest;
  const day = own.day ?? splitDate(folder).day ?? readDayOfFolders(folders, stem);
  const lang = /\.([a-z]{2}(?:[-_][a-z]{2,4})?)$/i.exec(whole)?.[1];
  const isLanguage = lang !== undefined && isLanguageCode(lang);
  return {
    slug,
    name: isLanguage ? whole.slice(0, -lang.length - 1) : whole,
    folders: isIndex ? below.slice(0, -1) : below,
    isIndex,
    draft: folders.includes('_drafts'),
    ...(day !== undefined && { day }),
    ...(isLanguage && { lang: lang.replace('_', '-') }),
  };
}

/** A file that stands for its folder: `index`, with a date before it or a language after it, or a route's page. */
function readIndex(
  stem: string,
  file: string,
): { readonly day?: string | undefined; readonly suffix: string } | undefined {
  if (/^(\+page\.(md|mdx|svx)|page\.mdx)$/i.test(file)) return { suffix: '' };
  const found = /^(?:(\d{4}-\d{2}-\d{2})[-_])?index(\..+)?$/i.exec(stem);
  return found === null ? undefined : { day: found[1], suffix: found[2] ?? '' };
}

/** A folder's name; that of a day or a month is its whole date. */
function nameFolder(folders: readonly string[]): string {
  const numbers = folders.slice(folders.findLastIndex((name) => !/^\d{1,4}$/.test(name)) + 1);
  return numbers.length > 1 ? numbers.join('-') : (folders.at(-1) ?? '');
}

function splitDate(name: string): { readonly day?: string; readonly rest: string } {
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})(?:[-_]+(.+))?$/.exec(name) ?? [];
  return day === undefined ? { rest: name } : { day, rest: rest ?? name };
}

/** The day of folders such as `2024/03/04/` and `2024/03/`, the rest of which a file's name may give: `04-slug`, `03-04-slug`. */
function readDayOfFolders(folders: readonly string[], stem: string): string | undefined {
  const [, day] =
    /(?:^|\/)((?:19|20)\d{2}[/-](?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12]\d|3[01]))(?:[/_-]|$)/.exec(
      [...folders, stem].join('/'),
    ) ?? [];
  return day?.replaceAll('/', '-');
}
