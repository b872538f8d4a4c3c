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
  /** The language suffix, such as `de` in `post.de.md`, or the folder of a translation; the slug keeps it. */
  readonly lang?: string;
  /** Whether it lies in a `_drafts` folder. */
  readonly draft: boolean;
}

/**
 * Which paths with forward slashes, of files below the folder `source`, are translations that lie in a folder named by their language
 * below the post's own: `walks/fr/index.md`, beside `walks/index.md` or `walks/en/index.md`.
 */
export function findTranslations(paths: readonly string[], source = ''): ReadonlySet<string> {
  const indexes = paths.filter((path) => /\/index\.\w+$/i.test(path));
  const foldersOf = (path: string): readonly string[] => path.split('/').slice(0, -1);
  const placed = indexes.flatMap((path) => {
    const folders = foldersOf(path);
    const [post, language = ''] = [folders.slice(0, -1).join('/'), folders.at(-1)];
    return isLanguageCode(language) && post !== '' && post !== source ? [{ path, post, language }] : [];
  });
  const posts = new Set(indexes.map((path) => foldersOf(path).join('/')));
  const languages = Map.groupBy(placed, ({ post }) => post);
  const proven = placed.filter(({ post }) => posts.has(post) || (languages.get(post) ?? []).length > 1);
  const used = new Set(proven.map(({ language }) => language));
  return new Set(placed.filter(({ language }) => used.has(language)).map(({ path }) => path));
}

/**
 * Reads a path with forward slashes; `source` is the folder of its source, which a date before `index` never stands for. The
 * folder of a translation is its language.
 */
export function readFileName(
  path: string,
  source = '',
  translations: ReadonlySet<string> = new Set(),
): FileName {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const language = translations.has(path) ? folders.pop() : undefined;
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
  const suffix = /\.([a-z]{2}(?:[-_][a-z]{2,4})?)$/i.exec(whole)?.[1];
  const isSuffixed = suffix !== undefined && isLanguageCode(suffix);
  const lang = language ?? (isSuffixed ? suffix : undefined);
  return {
    slug: language === undefined ? slug : `${slug}/${language}`,
    name: isSuffixed ? whole.slice(0, -suffix.length - 1) : whole,
    folders: isIndex ? below.slice(0, -1) : below,
    isIndex,
    draft: folders.includes('_drafts'),
    ...(day !== undefined && { day }),
    ...(lang !== undefined && { lang: lang.replace('_', '-') }),
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

/** The day from folders such as `2024/03/04/` and `2024/03/`; a file's name may give the rest: `04-slug`, `03-04-slug`. */
function readDayOfFolders(folders: readonly string[], stem: string): string | undefined {
  const [, day] =
    /(?:^|\/)((?:19|20)\d{2}[/-](?:0[1-9]|1[0-2])[/-](?:0[1-9]|[12]\d|3[01]))(?:[/_-]|$)/.exec(
      [...folders, stem].join('/'),
    ) ?? [];
  return day?.replaceAll('/', '-');
}
