import type { PostHead } from './define.ts';
import { joinPath } from './paths.ts';
import { isData, textAt } from './read-data.ts';

/** Text as generators write it in an address: lower case, hyphens for spaces, no punctuation. */
export function slugifyText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\s_-]+/gu, '')
    .trim()
    .replaceAll(/[\s-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** A path on the site: one slash before each part, and one at its end only where it is asked for. */
export function sitePath(parts: readonly string[], end: '' | '/' | '.html'): string {
  const path = joinPath(...parts);
  return path === '' ? '/' : `/${path}${end}`;
}

/** A file's path without its ending; a post that is a folder's `index` has the folder's. */
export function stemOf(path: string): string {
  return path.replace(/\.[a-z\d]+$/i, '').replace(/(^|\/)index$/i, '');
}

/** A front matter's text field. */
export function fieldOf(post: PostHead, name: string): string | undefined {
  return textAt(post.values, name);
}

/** A front matter's list: one text is split at spaces, as Jekyll does. */
export function listField(post: PostHead, name: string): readonly string[] {
  const value = isData(post.values) ? post.values[name] : undefined;
  if (typeof value === 'string') return value.split(/\s+/).filter((word) => word !== '');
  return Array.isArray(value) ? value.map(String) : [];
}

/** Fills a pattern such as `/:year/:title/`; undefined when it has a token that is not given, or marks of one that is not read. */
export function fillPattern(
  pattern: string,
  tokens: Readonly<Record<string, string | undefined>>,
): string | undefined {
  let isKnown = true;
  const filled = pattern.replaceAll(/:([a-z_]+)/g, (whole, name: string) => {
    const value = tokens[name];
    if (value === undefined) isKnown = false;
    return value ?? whole;
  });
  return isKnown && !/[:[\]]/.test(pattern.replaceAll(/:[a-z_]+/g, ''))
    ? `/${filled}`.replaceAll(/\/{2,}/g, '/')
    : undefined;
}

/** What a template makes of a post. */
export function fillTemplate(template: string, { slug, day }: PostHead): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const words: Readonly<Record<string, string>> = { slug, year, month, day: dayOfMonth };
  return template.replaceAll(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
}

/**
 * The template that makes this address of this post; undefined when no part of it is the post's slug, with or without its
 * date before it and an ending.
 */
export function inferTemplate(address: string, { slug, day }: PostHead): string | undefined {
  const segments = address.split('/');
  const last = segments.findLastIndex((segment) =>
    [slug, `${day}-${slug}`].includes(segment.replace(/\.html?$/, '')),
  );
  if (last === -1) return undefined;
  const parts = day.split('-');
  const names = ['{year}', '{month}', '{day}'];
  let next = 0;
  return segments
    .map((segment, index) => {
      if (index === last) {
        return segment.includes(`${day}-${slug}`)
          ? segment.replace(`${day}-${slug}`, '{year}-{month}-{day}-{slug}')
          : segment.replace(slug, '{slug}');
      }
      if (next > 2 || segment !== parts[next]) return segment;
      next += 1;
      return names[next - 1] ?? segment;
    })
    .join('/');
}

/** A post whose address the template does not make. */
export interface Misfit {
  readonly path: string;
  /** What the generator makes of it. */
  readonly address: string;
}

/** The template to use, and how the posts that were looked at bear it out. */
export interface Verdict {
  readonly template: string | undefined;
  /** How many posts' addresses could be worked out. */
  readonly looked: number;
  readonly misfits: readonly Misfit[];
}

/**
 * Holds templates against the addresses that the generator gives a few posts: the one it suggests, and any that those
 * addresses show. The one that fits the most posts wins, the suggested one among equals.
 */
export function chooseTemplate(
  suggested: string | undefined,
  posts: readonly PostHead[],
  addressOf: ((post: PostHead) => string | undefined) | undefined,
): Verdict {
  const known = posts.flatMap((post) => {
    const address = addressOf?.(post);
    return address === undefined ? [] : [{ post, address }];
  });
  const inferred = known.map(({ post, address }) => inferTemplate(address, post));
  const templates = [suggested, ...inferred].filter((one) => one !== undefined);
  const verdicts = [...new Set(templates)].map((template) => ({
    template,
    misfits: known
      .filter(({ post, address }) => fillTemplate(template, post) !== address)
      .map(({ post, address }) => ({ path: post.path, address: address.replaceAll(' ', '%20') })),
  }));
  const best = verdicts.toSorted((a, b) => a.misfits.length - b.misfits.length)[0];
  return { template: best?.template, looked: known.length, misfits: best?.misfits ?? [] };
}
