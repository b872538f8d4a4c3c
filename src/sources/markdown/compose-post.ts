import type { Diagnostic, Place } from '../../model/diagnostic.ts';
import { undated } from '../../model/post.ts';
import type { Cover, Overrides, Post, Syndicate } from '../../model/post.ts';
import {
  type AddressParts,
  fillTemplate,
  readFolderLanguage,
} from '../../reading/front-matter/address-template.ts';
import { dayOf } from '../../base/format-instant.ts';
import { placeBelowSite, resolveAddress } from '../../reading/front-matter/canonical-url.ts';
import type { FrontMatter } from '../../reading/front-matter/read.ts';
import type { WrittenFields } from '../../reading/front-matter/read-fields.ts';
import type { WrittenCover } from '../../reading/front-matter/values.ts';
import type { SourceSite } from '../define.ts';
import { parseDate } from '../../reading/front-matter/parse-date.ts';
import { mayHoldResources, usualCovers } from './find-resource.ts';
import type { FileName } from './read-file-name.ts';
import { readNames } from './read-names.ts';
import { openReport, type Report } from './report.ts';

export interface PostParts {
  readonly origin: Post['origin'];
  readonly name: FileName;
  readonly fields: WrittenFields;
  readonly kind: FrontMatter['kind'];
  readonly places: FrontMatter['places'];
  /** The template of canonical URLs. */
  readonly canonical: string;
  /** The address that the config gives this post. */
  readonly address?: string | undefined;
  /** The language of its source's posts. */
  readonly lang?: string | undefined;
  readonly site: SourceSite;
  /** What a file that the post names is on the site: `null` when it is missing, undefined when nobody can say. */
  readonly findFile: (named: string, canonicalUrl: string) => string | false | null | undefined;
  /** The top headings of the body, where the title must come from them. */
  readonly heading: TopHeading | undefined;
}

/** How many top headings a body has, and, where it has one alone, what that says. */
export interface TopHeading {
  readonly title?: string;
  readonly place?: Place;
  readonly count: number;
}

/** A post, unless something in it is an error, and what is wrong with it. */
export interface Composed {
  readonly post?: Post;
  /** Absent when it is not a legal one. */
  readonly id?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes a post of its front matter, its file's name and the defaults of the site. */
export function composePost(parts: PostParts): Composed {
  const { origin, name, fields, places, heading, site } = parts;
  const { diagnostics, report } = openReport(origin.path);
  const { slug, id, known } = readNames(parts, report);

  const draft = fields.draft || name.draft;
  const given = { title: fields.title ?? heading?.title, publishAt: readPublishAt(parts, report) };
  reportMissing({ ...parts, draft, headings: heading?.count ?? 0, ...given }, report);
  const isFaulty = diagnostics.some(({ severity }) => severity === 'error');
  const title = given.title ?? (draft ? slug : undefined);
  const publishAt = given.publishAt ?? (draft ? undated : undefined);
  if (isFaulty || title === undefined || publishAt === undefined) return { ...known, diagnostics };

  const folder = readFolderLanguage(parts.canonical, name.folders);
  const address = readAddressParts({ slug, id, name, fields, title, at: fields.date?.at ?? publishAt });
  const canonicalUrl =
    (parts.address === undefined ? undefined : resolveAddress(parts.address, site.url)) ??
    fields.canonicalUrl ??
    fillTemplate(parts.canonical, address, site);
  if (canonicalUrl === undefined) {
    report(
      'error',
      'post-canonical-invalid',
      places.slug,
      `The template ${parts.canonical} makes no address of this post.`,
      'Give the post a `canonical_url`.',
    );
    return { ...known, diagnostics };
  }
  const locate = (named: string) => parts.findFile(named, canonicalUrl);
  const base: AddressBase = { canonicalUrl, siteUrl: site.url, locate };
  const cover = fields.cover
    ? resolveCover(fields.cover, base, places.cover, report)
    : findUsualCover(parts, locate);
  const syndicate = resolveSyndicate(fields.syndicate, base, places.syndicate, report);
  const post: Post = {
    id,
    origin,
    canonicalUrl,
    title,
    ...(fields.description !== undefined && { summary: fields.description }),
    publishAt,
    ...(fields.updated && { updatedAt: fields.updated.at }),
    ...(fields.expires && { expiresAt: fields.expires.at }),
    draft,
    tags: fields.tags,
    ...(fields.series && { series: fields.series }),
    ...(cover && { cover }),
    ...(fields.resources.length > 0 && { resources: fields.resources }),
    authors: fields.authors.length > 0 ? fields.authors : [siteAuthor(site)],
    lang: fields.lang ?? name.lang ?? folder ?? parts.lang ?? site.language,
    syndicate,
    ...(fields.silence && { silence: fields.silence }),
    places: { ...(heading?.place && { title: heading.place }), ...places },
  };
  return { post, ...known, diagnostics };
}

/** What a post's address is made of. */
export function readAddressParts({
  slug,
  id,
  name,
  fields,
  title,
  at,
}: Pick<PostParts, 'name' | 'fields'> & Pick<AddressParts, 'slug' | 'id' | 'title' | 'at'>): AddressParts {
  return {
    slug,
    id,
    name: name.name,
    ownSlug: fields.slug,
    title,
    folders: name.folders,
    categories: fields.categories,
    lang: name.lang,
    at,
  };
}

function siteAuthor({ author }: SourceSite): Post['authors'][number] {
  return { name: author.name, ...(author.url !== undefined && { url: author.url }) };
}

function readPublishAt({ fields, name, places, site }: PostParts, report: Report): string | undefined {
  if (fields.date) {
    const { at, day } = fields.date;
    const days = name.day === undefined ? [] : [day, at.slice(0, 10), dayOf(at, site.timezone)];
    if (name.day !== undefined && !days.includes(name.day)) {
      report(
        'warning',
        'post-field-conflict',
        places.date,
        `The date is ${day} here and ${name.day} in the file's name; ${day} is taken.`,
        'Make both say the same.',
      );
    }
    return fields.publish?.at ?? at;
  }
  if (places.date || name.day === undefined) return undefined;
  const at = parseDate(name.day, site.timezone);
  if (at === undefined) {
    report(
      'error',
      'post-date-invalid',
      undefined,
      `The file's name starts with ${name.day}, which is not a date that exists.`,
      'Rename the file, or give the post a `date`.',
    );
  }
  return at;
}

interface Missing extends PostParts {
  readonly draft: boolean;
  readonly headings: number;
  readonly title: string | undefined;
  readonly publishAt: string | undefined;
}

/** A draft may still lack what a post needs, so there it is a warning. */
function reportMissing(missing: Missing, report: Report): void {
  const { kind, draft, title, publishAt, places, name, headings, fields } = missing;
  const severity = draft ? 'warning' : 'error';
  const lacksTitle = title === undefined && !places.title;
  const lacksDate = publishAt === undefined && !places.date && name.day === undefined;
  if (kind === 'none' && (lacksTitle || lacksDate)) {
    const lacks = [lacksTitle && 'title', lacksDate && 'date'].filter((word) => word !== false);
    report(
      severity,
      'post-front-matter-missing',
      undefined,
      `The file has no front matter on its first line, so the post has no ${lacks.join(' and no ')}.`,
      'Start the file with "---", a `title`, a `date` and "---"; or, if it is not a post, start its name with "_".',
    );
    return;
  }
  if (lacksTitle) {
    const also = headings > 1 ? `, and its body has ${headings} top headings instead of one` : '';
    report(
      severity,
      'post-title-missing',
      undefined,
      `The post has no title${also}.`,
      'Add a `title` to its front matter.',
    );
  }
  if (lacksDate) {
    report(
      severity,
      'post-date-missing',
      undefined,
      `The ${draft ? 'draft' : 'post'} has no date${draft ? ' yet' : ', so it is never published'}.`,
      fields.likelyDate === undefined
        ? 'Add a `date` to its front matter, or start its file name with one, as in 2026-11-21-slug.md.'
        : `If \`${fields.likelyDate}\` is its date, say so in the config, at its source: fields: { date: ${fields.likelyDate} }.`,
    );
  }
}

type Locate = (named: string) => string | false | null | undefined;

/** What the addresses that a post names are read against. */
interface AddressBase {
  readonly canonicalUrl: string;
  readonly siteUrl: string;
  readonly locate: Locate;
}

/** The cover of a page bundle that names none; nothing where the post says that it has no cover. */
function findUsualCover({ fields, origin }: PostParts, locate: Locate): Cover | undefined {
  const { resources, isBare, firstImage } = fields;
  if (isBare === true) return undefined;
  const isInContent = /(?:^|\/)content\//.test(origin.path);
  const listed = isInContent && firstImage !== undefined ? locateCover(firstImage, locate) : undefined;
  if (typeof listed === 'string') return { url: listed };
  if (!mayHoldResources({ path: origin.path, resources })) return undefined;
  for (const name of usualCovers) {
    const url = locate(name);
    if (typeof url === 'string') return { url };
  }
  return undefined;
}

/** Themes also read a cover's path without a first slash from the site's root. */
function locateCover(src: string, locate: Locate): string | false | null | undefined {
  const found = locate(src);
  return found === null && !/^[./]/.test(src) ? (locate(`/${src}`) ?? null) : found;
}

function resolveCover(
  cover: WrittenCover,
  { canonicalUrl, siteUrl, locate }: AddressBase,
  place: Place | undefined,
  report: Report,
): Cover | undefined {
  const url = URL.parse(placeBelowSite(cover.src, canonicalUrl, siteUrl), canonicalUrl);
  if (url && /^https?:$/.test(url.protocol)) {
    const found = locateCover(cover.src, locate);
    const isServedElsewhere = cover.src.startsWith('/');
    if (found === false) {
      report(
        'warning',
        'post-file-renamed',
        place,
        `Your site's build serves ${cover.src} under another name, which nothing here tells, so it is shown without a cover.`,
        'Set `pages` of the source, so that the address is taken from the built page; or put the picture into a folder that is served as it is, such as `public` or `static`.',
      );
      return undefined;
    }
    if (found === null) {
      report(
        'warning',
        'post-file-missing',
        place,
        isServedElsewhere
          ? `There is no file ${cover.src} in the site's static folders, so readers may see no cover.`
          : `There is no file ${cover.src} beside the post or in the site's static folders, so it is shown without a cover.`,
        isServedElsewhere
          ? 'Correct the path, or name the folder that holds it as `static` of the source in the config.'
          : 'Add the file, or correct the path.',
      );
      if (!isServedElsewhere) return undefined;
    }
    return { url: found ?? url.href, ...(cover.alt !== undefined && { alt: cover.alt }) };
  }
  report(
    'warning',
    'post-cover-invalid',
    place,
    'The cover is neither an http or https address nor a path on the site.',
    'Give the address its readers can load; until then it is left out.',
  );
  return undefined;
}

function resolveSyndicate(
  written: WrittenFields['syndicate'],
  base: AddressBase,
  place: Place | undefined,
  report: Report,
): Syndicate {
  if (written === false) return false;
  return Object.fromEntries(
    Object.entries(written).map(([target, wish]): [string, boolean | Overrides] => {
      if (typeof wish === 'boolean') return [target, wish];
      const { cover: writtenCover, ...others } = wish;
      const cover = writtenCover && resolveCover(writtenCover, base, place, report);
      return [target, { ...others, ...(cover !== undefined && { cover }) }];
    }),
  );
}
