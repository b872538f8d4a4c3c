/** Languages whose two letters count as a suffix; those that are also endings of code files do not. */
const languages: ReadonlySet<string> = new Set(
  'ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ka ko lt lv nb nl nn no pl pt ro ru sk sl sr sv th tr uk vi zh'.split(
    ' ',
  ),
);

/** What a post's path says about it. */
export interface FileName {
  /** The file's name, or its folder's for an `index` file, without a date prefix. */
  readonly slug: string;
  /** The date prefix, `YYYY-MM-DD`; it need not exist in a calendar. */
  readonly day?: string;
  /** The language suffix, such as `de` in `post.de.md`; the slug keeps it. */
  readonly lang?: string;
  /** Whether it lies in a `_drafts` folder. */
  readonly draft: boolean;
}

/** Reads a path with forward slashes. */
export function readFileName(path: string): FileName {
  const folders = path.split('/');
  const stem = (folders.pop() ?? '').replace(/(?<=.)\.[a-z0-9]+$/i, '');
  const folder = folders.at(-1) ?? '';
  const [, index, suffix = ''] = /^(index)(\..+)?$/i.exec(stem) ?? [];
  const name = index !== undefined && folder !== '' && folder !== '..' ? `${folder}${suffix}` : stem;
  const own = splitDate(name);
  const day = own.day ?? splitDate(folder).day;
  const lang = /\.([a-z]{2}(?:[-_][a-z]{2,4})?)$/i.exec(name)?.[1]?.replace('_', '-');
  return {
    slug: own.rest,
    draft: folders.includes('_drafts'),
    ...(day !== undefined && { day }),
    ...(lang !== undefined && languages.has(lang.slice(0, 2).toLowerCase()) && { lang }),
  };
}

function splitDate(name: string): { readonly day?: string; readonly rest: string } {
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})(?:[-_](.+))?$/.exec(name) ?? [];
  return day === undefined ? { rest: name } : { day, rest: rest ?? name };
}
