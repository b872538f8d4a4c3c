import type { Diagnostic, Place, Severity } from '../../model/diagnostic.ts';
import type { Author, PostField, SeriesPlace } from '../../model/post.ts';
import { readPagePath, resolveAddress } from './canonical-url.ts';
import { type Block, type BlockFault, readTomlBlock, readYamlBlock } from './block.ts';
import { type FieldReader, openFields } from './fields.ts';
import { readSyndicate, type WrittenSyndicate } from './syndicate.ts';
import {
  describeValue,
  isEmpty,
  isFields,
  readAuthors,
  readCover,
  readDate,
  readFlag,
  readLanguage,
  readPart,
  readSeries,
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

/** A file's text cut at its front matter. */
export interface SplitText {
  /** `unsupported`: the opening fence names a language. */
  readonly kind: 'yaml' | 'toml' | 'none' | 'unsupported';
  /** The language an unsupported fence names. */
  readonly language?: string;
  /** The text between the fences. */
  readonly raw: string;
  /** The line of the file that `raw` starts on, from 1. */
  readonly firstLine: number;
  /** Whether the closing fence was found. */
  readonly closed: boolean;
}

/** What a front matter says, before the file's name and the config's defaults are added. */
export interface WrittenFields {
  readonly title?: string;
  readonly date?: WrittenDate;
  readonly updated?: WrittenDate;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly slug?: string;
  readonly id?: string;
  /** Absolute. */
  readonly canonicalUrl?: string;
  readonly draft: boolean;
  readonly cover?: WrittenCover;
  readonly authors: readonly Author[];
  readonly lang?: string;
  readonly series?: SeriesPlace;
  readonly syndicate: WrittenSyndicate;
  /** Reasons by the id of the rule that is silenced. */
  readonly silence?: Readonly<Record<string, string>>;
}

/** A front matter's fields, where each stands in the file, and what is wrong with it. */
export interface FrontMatter {
  readonly kind: SplitText['kind'];
  /** Absent when the block as a whole cannot be read; `diagnostics` says why. */
  readonly fields?: WrittenFields;
  readonly places: Readonly<Partial<Record<PostField, Place>>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FrontMatterOptions {
  /** The file's path for diagnostics. */
  readonly file: string;
  readonly site: { readonly url: string; readonly timezone: string };
  /** The blog's own name, or dotted path, of a field: it is asked first. */
  readonly mapping: Readonly<Partial<Record<PostField, string | undefined>>>;
}

/** Drops a byte order mark and makes every line end in a line feed, as digests and positions need it. */
export function normaliseText(text: string): string {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return text.includes('\r') ? text.slice(start).replaceAll(/\r\n?/g, '\n') : text.slice(start);
}

/** Finds the front matter: YAML between `---`, TOML between `+++`, from the first line on. */
export function splitFrontMatter(text: string): SplitText {
  const lines = normaliseText(text);
  const opening = /^(---|\+\+\+)[ \t]*([a-z][\w+]*)?[ \t]*(?:\n|$)/i.exec(lines);
  if (!opening) return { kind: 'none', raw: '', firstLine: 1, closed: true };
  const [{ length: start }, fence = '', language] = opening;
  const end = findFence(lines, fence, start);
  const raw = end === start ? '' : lines.slice(start, end === -1 ? undefined : end - 1);
  const found = { raw, firstLine: 2, closed: end !== -1 };
  if (language !== undefined) return { kind: 'unsupported', language, ...found };
  return { kind: fence === '---' ? 'yaml' : 'toml', ...found };
}

/** Where the first line from `start` on begins that is a fence and blanks; -1 if there is none. */
function findFence(lines: string, fence: string, start: number): number {
  for (let at = lines.indexOf(fence, start); at !== -1; at = lines.indexOf(`\n${fence}`, at) + 1 || -1) {
    const end = lines.indexOf('\n', at);
    const isLine = lines.charAt(at - 1) === '\n';
    if (isLine && lines.slice(at, end === -1 ? undefined : end).trimEnd() === fence) return at;
  }
  return -1;
}

/** Reads the front matter at the start of `text`; nothing in it is ever run, and no fault in it throws. */
export function readFrontMatter(text: string, options: FrontMatterOptions): FrontMatter {
  const split = splitFrontMatter(text);
  const fault = faultOfFences(split);
  if (fault) return rejectBlock(split, fault, options.file);
  const block = readBlock(split);
  if ('message' in block) {
    const [language, advice] =
      split.kind === 'toml'
        ? ['TOML', 'text needs quotes around it']
        : ['YAML', 'a value with ": " or a special first character needs quotes around it'];
    const rule = 'post-front-matter-invalid';
    const message = `The front matter is not valid ${language}: ${block.message}.`;
    const remedy = `Correct this line; ${advice}.`;
    return rejectBlock(split, { rule, message, remedy, ...block.place }, options.file);
  }
  const diagnostics: Diagnostic[] = [];
  const reader = openFields(block, options.mapping, (severity, rule, place, message, remedy) => {
    diagnostics.push({ rule, severity, message, remedy, file: options.file, ...place });
  });
  const fields = readFields(reader, options.site);
  reader.reportNearMisses();
  return { kind: split.kind, fields, places: reader.places, diagnostics };
}

type BlockDiagnostic = Omit<Diagnostic, 'severity' | 'file'>;

function rejectBlock(split: SplitText, fault: BlockDiagnostic, file: string): FrontMatter {
  return { kind: split.kind, places: {}, diagnostics: [{ ...fault, severity: 'error', file }] };
}

function faultOfFences(split: SplitText): BlockDiagnostic | undefined {
  const place = { line: 1, column: 1 };
  if (split.language !== undefined) {
    const harmless = /^(json|ya?ml|toml)$/i.test(split.language);
    return {
      rule: harmless ? 'post-front-matter-unsupported' : 'post-front-matter-executable',
      message: harmless
        ? `The front matter's opening fence names a language, "${split.language}".`
        : `The front matter is "${split.language}", which would have to be run to be read; it was not run.`,
      remedy: 'Write YAML between two lines "---", or TOML between two lines "+++".',
      ...place,
    };
  }
  if (split.closed) return undefined;
  const fence = split.kind === 'yaml' ? '---' : '+++';
  return {
    rule: 'post-front-matter-unclosed',
    message: `The front matter opens with "${fence}" and is never closed.`,
    remedy: `Add a line "${fence}" after its last field.`,
    ...place,
  };
}

function readBlock(split: SplitText): Block | BlockFault {
  if (split.kind === 'none') return { values: {}, places: new Map() };
  return split.kind === 'toml'
    ? readTomlBlock(split.raw, split.firstLine)
    : readYamlBlock(split.raw, split.firstLine);
}

function readFields(reader: FieldReader, site: FrontMatterOptions['site']): WrittenFields {
  const title = takeText(reader, 'title', 'error', ['title']);
  const date = takeDate(reader, 'date', 'error', site.timezone, [
    'date',
    'pubDate',
    'publishDate',
    'published_at',
    'publishedAt',
    'published',
  ]);
  const updated = takeDate(reader, 'updated', 'warning', site.timezone, [
    'updated',
    'lastmod',
    'modified',
    'updatedDate',
    'updated_at',
  ]);
  const description = takeText(reader, 'description', 'warning', [
    'description',
    'summary',
    'excerpt',
    'subtitle',
    'meta_description',
  ]);
  const tags = takeTags(reader, ['tags', 'keywords', 'topics'], false);
  const categories = takeTags(reader, ['categories', 'category'], true);
  const slug = takeText(reader, 'slug', 'error', ['slug']);
  const id = takeText(reader, 'id', 'error', ['id']);
  const canonicalUrl = takeCanonicalUrl(reader, site.url);
  const cover = reader.take<WrittenCover>({
    field: 'cover',
    names: [
      'cover',
      'cover_image',
      'image',
      'heroImage',
      'coverImage',
      'featured_image',
      'banner',
      'thumbnail',
    ],
    severity: 'warning',
    rule: 'post-cover-invalid',
    expected: 'an address or {src, alt}',
    applies: ({ value }) => !saysNothing(value),
    read: readCover,
    compare: ({ src }) => src,
  });
  const authors = reader.take<readonly Author[]>({
    field: 'author',
    names: ['author', 'authors'],
    severity: 'warning',
    rule: 'post-field-invalid',
    expected: 'a name, {name, url} or a list of these',
    read: readAuthors,
  });
  const lang = reader.take<string>({
    field: 'lang',
    names: ['lang'],
    severity: 'warning',
    rule: 'post-field-invalid',
    expected: 'a language tag such as en or pt-BR',
    read: readLanguage,
  });
  const series = takeSeries(reader);
  const draft = takeDraft(reader);
  const syndicate = readSyndicate(reader, site.timezone);
  const silence = takeSilence(reader);
  return {
    ...(title !== undefined && { title }),
    ...(date && { date }),
    ...(updated && { updated }),
    ...(description !== undefined && { description }),
    tags: tags ?? categories ?? [],
    ...(slug !== undefined && { slug }),
    ...(id !== undefined && { id }),
    ...(canonicalUrl !== undefined && { canonicalUrl }),
    draft,
    ...(cover && { cover }),
    authors: authors ?? [],
    ...(lang !== undefined && { lang }),
    ...(series && { series }),
    syndicate,
    ...(silence && { silence }),
  };
}

/** Whether a cover is switched off, or only the blank form that a theme puts into each new post. */
function saysNothing(cover: unknown): boolean {
  if (!isFields(cover)) return cover === false;
  return Object.values(cover).every((part) => isEmpty(part) || typeof part === 'boolean');
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
    expected: 'a date that exists',
    remedy: 'Write it as in 2026-11-21 or 2026-11-21T08:30:00Z',
    applies: ({ name, value }) => name.toLowerCase() !== 'published' || readFlag(value) === undefined,
    read: (value) => readDate(value, timezone),
    compare: ({ at }) => at,
  });
}

function takeTags(
  reader: FieldReader,
  names: readonly string[],
  fallback: boolean,
): readonly string[] | undefined {
  return reader.take<readonly string[]>({
    field: 'tags',
    names,
    fallback,
    severity: 'error',
    rule: 'post-field-invalid',
    expected: 'a list of tags or comma-separated text',
    read: readTags,
  });
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
      return isPath(name) ? readPagePath(text, siteUrl) : resolveAddress(text, siteUrl);
    },
    compare: (url) => url.replace(/\/$/, ''),
  });
}

function takeSeries(reader: FieldReader): SeriesPlace | undefined {
  const rule = { severity: 'error', rule: 'post-series-invalid' } as const;
  const series = reader.take<SeriesPlace>({
    field: 'series',
    names: ['series'],
    expected:
      'the name of one series, or {name, part, group} with a whole number as its part, or {name, hub: true}',
    remedy: 'Write the name, or as in {name: Walks, part: 2}',
    read: readSeries,
    ...rule,
  });
  const part = reader.take<number>({
    field: 'part',
    names: ['part', 'series_order'],
    expected: 'a whole number such as 2',
    read: readPart,
    ...rule,
  });
  if (series?.hub === true) return takeHub(reader, series, part);
  if (part === undefined) return series;
  const place = reader.places.part ?? reader.placeOf([]);
  if (!series) {
    if (!reader.places.series) {
      reader.report(
        'warning',
        'post-series-missing',
        place,
        'The post has a part number and no series.',
        'Name the series in `series`.',
      );
    }
    return undefined;
  }
  if (series.part !== undefined && series.part !== part) {
    reader.report(
      'warning',
      'post-field-conflict',
      place,
      `The part is ${series.part} in \`series\` and ${part} here; ${series.part} is taken.`,
      'Keep one of the two, or make both say the same.',
    );
  }
  return { part, ...series };
}

/** A hub shows the whole series and has no place among its parts. */
function takeHub(reader: FieldReader, series: SeriesPlace, part: number | undefined): SeriesPlace {
  if (series.part !== undefined || series.group !== undefined || part !== undefined) {
    reader.report(
      'warning',
      'post-series-hub-part',
      reader.places.part ?? reader.places.series ?? reader.placeOf([]),
      `A hub is not one of the parts of "${series.name}", so its part number and group are of no account.`,
      'Leave out `part` and `group`, or `hub: true`.',
    );
  }
  return { name: series.name, hub: true };
}

const hiddenNames = ['unlisted', 'private', 'is_private'];
const hiddenStatuses: ReadonlySet<string> = new Set([
  'draft',
  'private',
  'unlisted',
  'unpublished',
  'hidden',
]);
const linkPostNames = ['external_url', 'redirect'];

/** A post is a draft as soon as one field says so: what is held back by mistake can still be sent. */
function takeDraft(reader: FieldReader): boolean {
  const readFlags = (names: readonly string[]): readonly boolean[] =>
    reader.find(names).flatMap(({ name, value, place }) => {
      const flag = readFlag(value);
      if (flag !== undefined) return [flag];
      reader.report(
        'error',
        'post-field-invalid',
        place,
        `\`${name}\` is ${describeValue(value)}, which is not true or false.`,
        'Write true or false.',
      );
      return [];
    });

  const draft = reader.take<boolean>({
    field: 'draft',
    names: ['draft'],
    severity: 'error',
    rule: 'post-field-invalid',
    expected: 'true or false',
    read: readFlag,
  });
  const published = reader
    .find(['published'])
    .map(({ value, place }) => ({ value, flag: readFlag(value), place }))
    .find(({ flag, place }) => flag !== undefined || place !== reader.places.date);
  if (published && published.flag === undefined && readDate(published.value, 'UTC') === undefined) {
    reader.report(
      'error',
      'post-field-invalid',
      published.place,
      `\`published\` is ${describeValue(published.value)}, which is neither a date nor true or false.`,
      'Write true, false or a date as in 2026-11-21.',
    );
  }
  if (published && draft !== undefined && published.flag === draft) {
    reader.report(
      'warning',
      'post-field-conflict',
      published.place,
      `\`draft: ${draft}\` and \`published: ${published.flag}\` contradict each other; the post counts as a draft.`,
      'Keep one of the two.',
    );
  }
  const [status] = reader.find(['status']).map(({ value }) => readText(value)?.toLowerCase());
  const isHiddenByStatus = hiddenStatuses.has(status ?? '');
  const isHiddenByFlag = readFlags(hiddenNames).includes(true);
  const linksAway = reader.find(linkPostNames).some(({ value }) => value !== false);
  const hasNoPage = reader.find(['permalink']).some(({ value }) => value === false);
  const isUnpublished = published?.flag === false;
  return draft === true || isUnpublished || isHiddenByStatus || isHiddenByFlag || linksAway || hasNoPage;
}
