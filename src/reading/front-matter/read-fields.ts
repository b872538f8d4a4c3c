import { isFields } from '../../base/is-fields.ts';
import type { Severity } from '../../model/diagnostic.ts';
import type { Author, PostField, Resource, SeriesPlace } from '../../model/post.ts';
import { readPagePath, resolveAddress } from './canonical-url.ts';
import { takeDraft } from './draft.ts';
import type { FieldReader } from './fields.ts';
import { isLetter, takeLetter, type WrittenLetter } from './letter-fields.ts';
import { takeFirstImage, takeResources } from './resources.ts';
import { takeSeries } from './series.ts';
import { readSyndicate, type WrittenSyndicate } from './syndicate.ts';
import {
  describeValue,
  isEmpty,
  isNoDate,
  readAuthors,
  readCover,
  readDate,
  readFlag,
  readLanguage,
  readTags,
  readText,
  type WrittenCover,
  type WrittenDate,
} from './values.ts';

/** The fields a config may map to a blog's own names. */
export const postFields = [
  'title',
  'date',
  'updated',
  'description',
  'tags',
  'slug',
  'id',
  'canonical_url',
  'draft',
  'cover',
  'author',
  'lang',
  'series',
  'part',
  'syndicate',
  'silence',
] as const satisfies readonly PostField[];

/** What a front matter says, before the file's name and the config's defaults are added. */
export interface WrittenFields {
  readonly title?: string;
  readonly date?: WrittenDate;
  /** When the post comes out, where that is another time than its date. */
  readonly publish?: WrittenDate;
  /** When its page is taken off the site. */
  readonly expires?: WrittenDate;
  readonly updated?: WrittenDate;
  /** Of a post without a date: the field of another name that most likely is it. */
  readonly likelyDate?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** As an address has them, from the first on. */
  readonly categories: readonly string[];
  readonly slug?: string;
  readonly id?: string;
  /** Absolute. */
  readonly canonicalUrl?: string;
  readonly draft: boolean;
  readonly cover?: WrittenCover;
  /** Whether the front matter says that there is no cover. */
  readonly isBare?: boolean;
  /** What Hugo takes for the cover of a post that names none. */
  readonly firstImage?: string;
  readonly resources: readonly Resource[];
  readonly authors: readonly Author[];
  readonly lang?: string;
  readonly series?: SeriesPlace;
  readonly syndicate: WrittenSyndicate;
  /** Reasons by the id of the rule that is silenced. */
  readonly silence?: Readonly<Record<string, string>>;
  /** Present where the file is a letter, and no post. */
  readonly letter?: WrittenLetter;
}

/** Takes every field that is known out of a front matter. */
export function readFields(
  reader: FieldReader,
  site: { readonly url: string; readonly timezone: string },
  file: string,
  areLetters = false,
): WrittenFields {
  const title = takeText(reader, 'title', 'error', ['title']);
  const given = reader
    .find(dateNames)
    .filter(({ value }) => readFlag(value) === undefined && !isNoDate(value));
  const isPublishDate = (name: string): boolean => name.toLowerCase() === 'publishdate';
  const publish = given.length > 1 ? findDate(reader, ['publishDate'], site.timezone) : undefined;
  const expires = findDate(reader, ['expiryDate', 'unpublishDate'], site.timezone);
  const own = publish === undefined ? dateNames : dateNames.filter((name) => !isPublishDate(name));
  const names = given.length > 0 ? own : [...dateNames, ...otherDateNames];
  const date = takeDate(reader, 'date', 'error', site.timezone, names);
  const updated = takeDate(reader, 'updated', 'warning', site.timezone, updatedNames);
  const description = takeText(reader, 'description', 'warning', descriptionNames);
  const tags = takeTags(reader, ['tags', 'keywords', 'topics'], file, false);
  const categories = takeTags(reader, ['categories', 'category'], file, true);
  const addressed = takeCategories(reader);
  const slug = takeText(reader, 'slug', 'error', ['slug']);
  const id = takeText(reader, 'id', 'error', ['id']);
  const canonicalUrl = takeCanonicalUrl(reader, site.url);
  const cover = takeCover(reader);
  const isBare = reader.find(coverNames).some(({ value }) => value === false);
  const firstImage = takeFirstImage(reader);
  const resources = takeResources(reader);
  const authors = takeAuthors(reader);
  const lang = takeLanguage(reader);
  const series = takeSeries(reader);
  const draft = takeDraft(reader);
  const syndicate = readSyndicate(reader, site.timezone);
  const silence = takeSilence(reader);
  const letter = areLetters || isLetter(reader) ? takeLetter(reader) : undefined;
  const likelyDate = date === undefined ? findLikelyDate(reader, site.timezone) : undefined;
  return {
    ...(title !== undefined && { title }),
    ...(date && { date }),
    ...(publish && { publish }),
    ...(expires && { expires }),
    ...(updated && { updated }),
    ...(likelyDate !== undefined && { likelyDate }),
    ...(description !== undefined && { description }),
    tags: tags ?? categories ?? [],
    categories: addressed,
    ...(slug !== undefined && { slug }),
    ...(id !== undefined && { id }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
    draft,
    ...(cover && { cover }),
    ...(isBare && { isBare }),
    ...(firstImage !== undefined && { firstImage }),
    resources,
    authors: authors ?? [],
    ...(lang !== undefined && { lang }),
    ...(series && { series }),
    syndicate,
    ...(silence && { silence }),
    ...(letter && { letter }),
  };
}

const dateNames = 'date pubDate pubDatetime publishDate published_at publishedAt published'.split(' ');

/** What counts as the date only of a post that has none of the names above. */
const otherDateNames =
  'datePublished date_published publish_date publishedOn created createdAt created_at'.split(' ');
const updatedNames = 'updated lastmod modified updatedDate modDatetime updated_at'.split(' ');
const descriptionNames = 'description summary excerpt subtitle meta_description'.split(' ');
const coverNames =
  'cover cover_image image heroImage coverImage featured_image featuredImage banner thumbnail'.split(' ');

function takeCover(reader: FieldReader): WrittenCover | undefined {
  return reader.take({
    field: 'cover',
    names: coverNames,
    severity: 'warning',
    rule: 'post-cover-invalid',
    expected: 'an address or {src, alt}',
    applies: ({ value }) => !saysNothing(value),
    read: readCover,
    compare: ({ src }) => src,
  });
}

/** Whether a cover is switched off, or only the blank form that a theme puts into each new post. */
function saysNothing(cover: unknown): boolean {
  if (!isFields(cover)) return cover === false;
  return Object.values(cover).every((part) => isEmpty(part) || typeof part === 'boolean');
}

function takeAuthors(reader: FieldReader): readonly Author[] | undefined {
  return reader.take({
    field: 'author',
    names: ['author', 'authors'],
    severity: 'warning',
    rule: 'post-field-invalid',
    expected: 'a name, {name, url} or a list of these',
    read: readAuthors,
  });
}

function takeLanguage(reader: FieldReader): string | undefined {
  return reader.take({
    field: 'lang',
    names: ['lang'],
    severity: 'warning',
    rule: 'post-field-invalid',
    expected: 'a language tag such as en or pt-BR',
    read: readLanguage,
  });
}

function takeText(
  reader: FieldReader,
  field: PostField,
  severity: Severity,
  names: readonly string[],
): string | undefined {
  return reader.take({
    field,
    names,
    severity,
    rule: 'post-field-invalid',
    expected: 'text',
    remedy: 'Write text, in quotes if it looks like something else',
    read: readText,
  });
}

function takeDate(
  reader: FieldReader,
  field: 'date' | 'updated',
  severity: Severity,
  timezone: string,
  names: readonly string[],
): WrittenDate | undefined {
  return reader.take<WrittenDate>({
    field,
    names,
    severity,
    rule: 'post-date-invalid',
    expected: 'a date that exists, in a form that is known',
    remedy: 'Write it as in 2026-11-21 or 2026-11-21T08:30:00Z',
    applies: ({ name, value }) =>
      !isNoDate(value) && (name.toLowerCase() !== 'published' || readFlag(value) === undefined),
    read: (value) => readDate(isFields(value) ? (value['created'] ?? value) : value, timezone),
    compare: ({ at }) => at,
  });
}

/** Where Jekyll keeps its posts; it parts the words of `tags` and `categories` at blanks (https://jekyllrb.com/docs/posts/, checked December 2026). */
const jekyllFolder = /(?:^|\/)_(?:posts|drafts)\//;

/** A date that is left alone where it is none. */
function findDate(reader: FieldReader, names: readonly string[], timezone: string): WrittenDate | undefined {
  const [first] = reader.find(names);
  return first === undefined ? undefined : readDate(first.value, timezone);
}

/** What says of a date that it is the post's, and what that it is of something else. */
const [ofPost, ofOther] = [
  /dat|day|publi|creat|post|writ|time/i,
  /updat|modif|edit|expir|review|event|until|end/i,
];

/** The field that holds a date under a name that no blog is known to use for it. */
function findLikelyDate(reader: FieldReader, timezone: string): string | undefined {
  const found = reader
    .listUnasked()
    .filter(
      ({ name, value }) => !ofOther.test(name) && typeof value !== 'number' && readDate(value, timezone),
    );
  return (found.find(({ name }) => ofPost.test(name)) ?? found[0])?.name;
}

function takeTags(
  reader: FieldReader,
  names: readonly string[],
  file: string,
  fallback: boolean,
): readonly string[] | undefined {
  return reader.take<readonly string[]>({
    field: 'tags',
    names,
    fallback,
    severity: 'error',
    rule: 'post-field-invalid',
    expected: 'a list of tags or comma-separated text',
    read: (value, { name }) => readTags(value, jekyllFolder.test(file) && /s$/i.test(name)),
  });
}

/** The categories of an address: in lower case, several in a text split at blanks, as Jekyll does. */
function takeCategories(reader: FieldReader): readonly string[] {
  const named = reader.find(['category', 'categories']).flatMap(({ name, value }) => {
    const isPlural = name.toLowerCase() === 'categories';
    return isPlural && typeof value === 'string' && !value.includes(',')
      ? value.split(/\s+/)
      : (readTags(value) ?? []);
  });
  return [...new Set(named.map((word) => word.toLowerCase()))];
}

function takeSilence(reader: FieldReader): Readonly<Record<string, string>> | undefined {
  return reader.take<Readonly<Record<string, string>>>({
    field: 'silence',
    names: ['silence'],
    severity: 'warning',
    rule: 'post-silence-invalid',
    expected: 'rules with a reason each',
    remedy: 'Write each rule with your reason, as in silence: { post-merge-tag: the post is about them }',
    read: (value) => {
      if (!isFields(value)) return undefined;
      const reasons = Object.entries(value).map(([rule, reason]) => [rule, readText(reason) ?? ''] as const);
      return reasons.some(([, reason]) => reason === '') ? undefined : Object.fromEntries(reasons);
    },
  });
}

const pathNames = ['permalink', 'path', 'url'];

function takeCanonicalUrl(reader: FieldReader, siteUrl: string): string | undefined {
  const isPath = (name: string): boolean => pathNames.includes(name.toLowerCase());
  for (const { name, value, place } of reader.find(pathNames)) {
    if (typeof value !== 'string' || readPagePath(value, siteUrl) !== undefined) continue;
    reader.report(
      'warning',
      'post-canonical-ignored',
      place,
      `\`${name}\` is ${describeValue(value)}, which is not a page's path on this site; it is not taken as the canonical URL.`,
      "Give the address as `canonical_url`, unless the source's template already makes it.",
    );
  }
  return reader.take<string>({
    field: 'canonical_url',
    names: ['canonical_url', 'canonicalUrl', 'canonical', ...pathNames],
    severity: 'error',
    rule: 'post-canonical-invalid',
    expected: 'an http or https address, or a path that starts with "/"',
    remedy: 'Write the whole address, as in https://example.com/my-post',
    applies: ({ name, value }) =>
      !isPath(name) || (typeof value === 'string' && readPagePath(value, siteUrl) !== undefined),
    read: (value, { name }) => {
      const text = readText(value) ?? '';
      if (!isPath(name)) return resolveAddress(text, siteUrl);
      return readPagePath(name.toLowerCase() === 'path' ? closePath(text.trim()) : text, siteUrl);
    },
    compare: (url) => url.replace(/\/$/, ''),
  });
}

/**
 * Only Zola takes a `path` without a first slash, and it adds the last one (getzola/zola components/content/src/page.rs, checked
 * December 2026).
 */
function closePath(path: string): string {
  return /^[^/.:][^:]*[^/]$/.test(path) && !/\.(?:html?|php|aspx?|mdx?|markdown)$/i.test(path)
    ? `${path}/`
    : path;
}
