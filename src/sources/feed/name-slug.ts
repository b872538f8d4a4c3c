import { decodePercent } from '../../base/decode-percent.ts';
import { digestText } from '../../base/digest.ts';
import { isDeviceName } from '../../model/file-name.ts';

/** The longest slug, in characters; with its ending and any alphabet it stays within a file name's 255 bytes. */
const slugLength = 120;
const slugBytes = 200;

/** How much of a name is read, in characters. */
const longestName = 1000;

/** Forem ends an address with a random number in base 26 (forem/forem app/models/article.rb, checked November 2026). */
const foremSuffix = /-[0-9a-p]{1,4}$/;
const mediumSuffix = /-[0-9a-f]{10,12}$/;

/** Where a slug may come from: an address, whether it is one that a platform made up, and the title. */
export interface Named {
  /** The name that an export gives, which comes before all else. */
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly platform?: 'forem' | 'medium' | undefined;
  readonly title: string;
  /** The text that it stands for, which names what has no title. */
  readonly text?: string;
  /** A digest of all that it says, where nothing in it is a word. */
  readonly digest?: string;
}

/** How much of a text names it, in characters. */
const openingLength = 60;

/** A readable name of letters, digits, hyphens and underscores, safe as a file name; from the address, else from the title, else from the text. */
export function nameSlug(named: Named): string {
  const slug =
    makeSlug(decodePercent(named.name ?? '')) ||
    slugOfUrl(named) ||
    makeSlug(named.title || openingOf(named.text ?? ''));
  if (slug === '') return `post-${(digestOf(named) ?? digestText('')).slice(0, 8)}`;
  return isDeviceName(slug) ? `${slug}-post` : slug;
}

function digestOf({ url, title, digest }: Named): string | undefined {
  const told = url ?? title;
  return told === '' ? digest : digestText(told);
}

/** The first words of a text, whole ones. */
function openingOf(text: string): string {
  const opening = text
    .replaceAll(/\s+/g, ' ')
    .trimStart()
    .slice(0, openingLength + 1);
  return opening.length > openingLength ? opening.replace(/ [^ ]*$/, '') : opening;
}

function slugOfUrl({ url, platform, title }: Named): string {
  if (url === undefined || !URL.canParse(url)) return '';
  const segments = new URL(url).pathname.split('/').filter((segment) => segment !== '');
  const last = segments.findLast((segment) => !/^index(?:\.\w+)?$/i.test(segment)) ?? '';
  const slug = makeSlug(decodePercent(last.slice(-longestName)).replace(/\.(?:html?|php|aspx?|md)$/i, ''));
  if (platform === 'medium') return slug.replace(mediumSuffix, '');
  const ending = foremSuffix.exec(slug)?.[0];
  const isMadeUp =
    ending !== undefined && (platform === 'forem' || sameLetters(slug.slice(0, -ending.length), title));
  if (isMadeUp) return slug.slice(0, -ending.length);
  return /\p{L}/u.test(slug) ? slug : '';
}

/** Whether a name without its made-up ending is the title's own. */
function sameLetters(slug: string, title: string): boolean {
  const bare = (text: string) => makeSlug(text).replaceAll(/[-_]/g, '');
  return bare(slug) !== '' && bare(slug) === bare(title);
}

function makeSlug(text: string): string {
  const plain = text
    .slice(0, longestName)
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}_]+/gu, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  let slug = plain.length > slugLength ? plain.slice(0, slugLength).replace(/-[^-]*$/, '') : plain;
  while (3 * slug.length > slugBytes && new TextEncoder().encode(slug).length > slugBytes)
    slug = Array.from(slug).slice(0, -1).join('');
  return slug.replace(/[-_]+$/, '');
}
