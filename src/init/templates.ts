import { fillPath, isLanguageCode, slugifyTitle } from '../reading/front-matter/address-template.ts';
import type { PostHead } from './define.ts';
import { tidyPath } from '../reading/match-pages.ts';

/** What the words of a template depend on beside the post. */
export interface TemplateSite {
  /** IANA name. */
  readonly timezone: string;
  readonly language: string;
}

/** A post whose address the template does not make. */
interface Misfit {
  readonly path: string;
  /** Where it is. */
  readonly address: string;
}

/** The template to use, and how the posts that were looked at bear it out. */
export interface Verdict {
  readonly template: string | undefined;
  /** How many posts' addresses are known. */
  readonly looked: number;
  readonly misfits: readonly Misfit[];
}

/** What a template does without, where one that is plainer makes the same addresses. */
const oddities: Readonly<Record<string, number>> = { '{title': 4, '{year}-': 2, '{name': 1, ':lower': 1 };

/** How many posts templates are inferred from, and how many of those are then tried on all. */
const [inferredFrom, triedLimit] = [60, 12];

/**
 * Holds templates against the addresses that posts are known to have: those that are suggested, and any that the addresses
 * show. The one that fits the most posts wins, an earlier one among equals.
 */
export function chooseTemplate(
  suggested: readonly (string | undefined)[],
  posts: readonly PostHead[],
  addressOf: ((post: PostHead) => string | undefined) | undefined,
  site: TemplateSite,
): Verdict {
  const known = listKnown(posts, addressOf);
  const step = Math.max(1, known.length / inferredFrom);
  const votes = new Map<string, number>();
  for (let at = 0; at < known.length; at += step) {
    const one = known[Math.floor(at)];
    for (const template of one === undefined ? [] : inferTemplates(one.address, one.post, site)) {
      votes.set(template, (votes.get(template) ?? 0) + 1);
    }
  }
  const inferred = [...votes]
    .toSorted(([, a], [, b]) => b - a)
    .map(([template]) => template)
    .slice(0, triedLimit);
  const isLowered = known.some(({ post, address }) => /\p{Lu}/u.test(post.name) && !/\p{Lu}/u.test(address));
  const given = suggested.filter((template) => template !== undefined);
  const tried = new Set([...given, ...given.map(lowerWords), ...inferred]);
  const plain = [...tried].filter(
    (template) => isLowered || given.includes(template) || !template.includes(':lower'),
  );
  const verdicts = plain.map((template) => ({ template, misfits: findMisfits(template, known, site) }));
  const rank = (template: string): number =>
    given.includes(template)
      ? 0
      : Object.entries(oddities).reduce(
          (sum, [oddity, weight]) => sum + (template.includes(oddity) ? weight : 0),
          1,
        );
  const best = verdicts.toSorted(
    (a, b) => a.misfits.length - b.misfits.length || rank(a.template) - rank(b.template),
  )[0];
  return { template: best?.template, looked: known.length, misfits: best?.misfits ?? [] };
}

/** Holds one template against the addresses that posts are known to have. */
export function judgeTemplate(
  template: string,
  posts: readonly PostHead[],
  addressOf: (post: PostHead) => string | undefined,
  site: TemplateSite,
): Verdict {
  const known = listKnown(posts, addressOf);
  return { template, looked: known.length, misfits: findMisfits(template, known, site) };
}

interface Known {
  readonly post: PostHead;
  readonly address: string;
}

function listKnown(
  posts: readonly PostHead[],
  addressOf: ((post: PostHead) => string | undefined) | undefined,
): readonly Known[] {
  return posts.flatMap((post) => {
    const address = addressOf?.(post);
    return address === undefined ? [] : [{ post, address: tidyPath(address) }];
  });
}

function findMisfits(template: string, known: readonly Known[], site: TemplateSite): readonly Misfit[] {
  return known
    .filter(({ post, address }) => tidyPath(fillPath(template, post, site)) !== address)
    .map(({ post, address }) => ({ path: post.path, address }));
}

/** The same template with every word in lower case. */
function lowerWords(template: string): string {
  return template.replaceAll(/\{(slug|name|folder)\}/g, '{$1:lower}');
}

/**
 * The templates that may make this address of this post: one for each word that a part of it can stand for; none when no
 * part of it is the post's name, slug or title, with or without an ending.
 */
function inferTemplates(address: string, post: PostHead, site: TemplateSite): readonly string[] {
  const segments = decode(address).split('/');
  const names = nameWords(post);
  const last = segments.findLastIndex((segment) => names.some(([text]) => bare(segment) === bare(text)));
  if (last === -1) return [];
  const segment = segments[last] ?? '';
  const words = names.filter(([text]) => stem(segment) === text);
  const loose = words.length > 0 ? words : names.filter(([text]) => bare(segment) === bare(text));
  const before = inferFolders(segments.slice(0, last), post, site);
  const after = segments.slice(last + 1);
  const ending = segment.slice(stem(segment).length);
  return [...new Set(loose.map(([, word]) => [...before, `${word}${ending}`, ...after].join('/')))];
}

/** What may stand for the post in an address, the plainest first. */
function nameWords({ slug, name, title, day }: PostHead): readonly (readonly [string, string])[] {
  const titled = slugifyTitle(title ?? '');
  const words: (readonly [string, string])[] = [
    [slug, '{slug}'],
    ...(/\.[a-z]{2}(-[a-z]+)?$/i.test(slug) ? [[slug.replace(/\.[a-z-]+$/i, ''), '{slug}'] as const] : []),
    [name, '{name}'],
    [titled, '{title}'],
    [slug.toLowerCase().replaceAll(/\s+/g, '-'), '{slug:lower}'],
    [name.toLowerCase().replaceAll(/\s+/g, '-'), '{name:lower}'],
    [`${day}-${slug}`, '{year}-{month}-{day}-{slug}'],
  ];
  return words.filter(([text]) => text !== '');
}

/** The parts of an address before the post's own, with words for those that come from the post. */
function inferFolders(
  segments: readonly string[],
  { folders, categories, day, lang: suffix }: PostHead,
  { language }: TemplateSite,
): readonly string[] {
  const [first = ''] = folders;
  const lang = suffix ?? (isLanguageCode(first) ? first : undefined);
  const further = suffix === undefined && lang !== undefined ? folders.slice(1) : [];
  const found: string[] = [];
  const dates = day.split('-');
  const dateWords = ['{year}', '{month}', '{day}'];
  let date = 0;
  for (let at = 0; at < segments.length; at += 1) {
    const rest = segments.slice(at).map((segment) => segment.toLowerCase());
    const matches = (parts: readonly string[]): boolean =>
      parts.length > 0 && parts.every((part, index) => rest[index] === part.toLowerCase());
    if (matches(folders)) {
      found.push(isSame(segments.slice(at), folders) ? '{folder}' : '{folder:lower}');
      at += folders.length - 1;
    } else if (date < 3 && rest[0] === dates[date]) {
      found.push(dateWords[date] ?? '');
      date += 1;
    } else if (matches(categories)) {
      found.push('{categories}');
      at += categories.length - 1;
    } else if (matches(further)) {
      found.push('{folder}');
      at += further.length - 1;
    } else if (lang !== undefined && rest[0] === lang.toLowerCase()) {
      found.push(lang.toLowerCase() === language.toLowerCase() ? '{lang}' : '{lang?}');
    } else found.push(segments[at] ?? '');
  }
  return found;
}

function isSame(segments: readonly string[], folders: readonly string[]): boolean {
  return folders.every((folder, index) => segments[index] === folder);
}

function stem(segment: string): string {
  return segment.replace(/\.html?$/i, '');
}

/** A part of an address as far as letters go. */
function bare(segment: string): string {
  return stem(segment)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
}

function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
