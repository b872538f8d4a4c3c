import { parse } from 'yaml';
import { z } from 'zod';
import { isFields } from '../../../../base/is-fields.ts';
import { BroadsideError } from '../../../../base/errors.ts';
import { escapeHtml } from '../../../../base/escape-html.ts';
import { splitFrontMatter } from '../../../../reading/front-matter/split.ts';
import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Feed, FeedItem } from '../../feed-item.ts';
import { describeLeftOut, describeNoSite, type ExportFile, type ExportFiles } from '../define.ts';
import { lostWidgets, plainMarkdown } from './plain-markdown.ts';

const text = z.string().optional().catch(undefined);
const postShape = z.looseObject({
  cuid: text,
  title: text,
  slug: text,
  brief: text,
  contentMarkdown: text,
  coverImage: text,
  dateAdded: text,
  dateUpdated: text,
  updatedAt: text,
  isActive: z.boolean().optional().catch(undefined),
  isHashnodePrivate: z.boolean().optional().catch(undefined),
  tags: z.array(z.unknown()).optional().catch(undefined),
});
const exportShape = z.looseObject({ posts: z.array(postShape) });

/** Reads Hashnode's backup of markdown files, and its export as JSON. Throws `EXPORT_INVALID`. */
export function readHashnode({ own, site }: ExportFiles): Promise<Feed> {
  const read = own.flatMap((file) =>
    /\.md$/i.test(file.path)
      ? [readMarkdown(file, site)]
      : readJson(file).map((post) => readPost(post, site)),
  );
  const items = read.filter((item) => item !== undefined);
  const leftOut = read.filter((item) => item === undefined).map(() => 'deleted post');
  const flaws = [...describeLeftOut(leftOut), ...describeNoSite(items, site)];
  return Promise.resolve({ title: '', platform: 'Hashnode', ...(flaws.length > 0 && { flaws }), items });
}

function refuse(file: ExportFile, message: string, cause: unknown): BroadsideError {
  return new BroadsideError('EXPORT_INVALID', message, {
    remedy: 'Correct the file, or export again.',
    file: file.path,
    cause,
  });
}

/** A field of front matter as text. */
type Fields = Readonly<Record<string, string | undefined>>;

function readFields(file: ExportFile, raw: string): Fields {
  try {
    const fields: unknown = parse(raw, { schema: 'failsafe', maxAliasCount: 0 });
    if (!isFields(fields)) return {};
    return Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : Array.isArray(value) ? [[name, value.join(',')]] : [],
      ),
    );
  } catch (cause) {
    throw refuse(file, 'The front matter is not YAML.', cause);
  }
}

function isGiven(field: string | undefined): boolean {
  return field !== undefined && field.trim() !== '';
}

function readMarkdown(file: ExportFile, site: string | undefined): FeedItem {
  const { raw, body } = splitFrontMatter(file.read());
  const fields = readFields(file, raw);
  const own =
    fields['domain'] === undefined ? site : `https://${fields['domain'].replace(/^https?:\/\//, '')}`;
  return makeItem({
    title: fields['title'] ?? '',
    markdown: body,
    slug: fields['slug'],
    site: own,
    canonical: fields['canonical'],
    summary: fields['seoDescription'] ?? fields['subtitle'],
    date: [fields['datePublished'], fields['publishedAt']].find(isGiven),
    updated: [fields['dateUpdated']].find(isGiven),
    cover: fields['cover'],
    tags: (fields['tags'] ?? '').split(','),
    author: fields['publishAs'],
    draft: /^true$/i.test(fields['saveAsDraft'] ?? '') || /^true$/i.test(fields['draft'] ?? ''),
  });
}

function readJson(file: ExportFile): readonly z.output<typeof postShape>[] {
  try {
    return exportShape.parse(JSON.parse(file.read())).posts;
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw refuse(file, 'The Hashnode export is no JSON with a list of posts.', cause);
  }
}

function readPost(post: z.output<typeof postShape>, site: string | undefined): FeedItem | undefined {
  if (post.isActive === false) return undefined;
  const tags = (post.tags ?? []).flatMap((tag) => {
    const { slug, name } = isFields(tag) ? tag : {};
    return [tag, slug, name].filter((one) => typeof one === 'string').slice(0, 1);
  });
  return makeItem({
    title: post.title ?? '',
    markdown: post.contentMarkdown ?? '',
    slug: post.slug,
    site,
    canonical: undefined,
    summary: post.brief,
    date: post.dateAdded,
    updated: post.dateUpdated ?? post.updatedAt,
    cover: post.coverImage,
    // Tags are kept as numbers of Hashnode's own database where they are not spelled out.
    tags: tags.filter((tag) => !/^[0-9a-f]{24}$/.test(tag)),
    author: undefined,
    draft: false,
  });
}

interface Known {
  readonly title: string;
  readonly markdown: string;
  readonly slug: string | undefined;
  readonly site: string | undefined;
  readonly canonical: string | undefined;
  readonly summary: string | undefined;
  readonly date: string | undefined;
  readonly updated: string | undefined;
  readonly cover: string | undefined;
  readonly tags: readonly string[];
  readonly author: string | undefined;
  readonly draft: boolean;
}

function makeItem(known: Known): FeedItem {
  const { slug, site, date, updated, summary, draft } = known;
  const place = slug === undefined ? undefined : readHttpUrl(slug, site && `${site.replace(/\/+$/, '')}/`);
  const original = readHttpUrl(known.canonical ?? '', undefined) ?? place;
  const markdown = plainMarkdown(known.markdown);
  const cover = readHttpUrl(known.cover ?? '', undefined);
  return {
    title: readPlainText(known.title),
    html: '',
    tags: known.tags.map((tag) => tag.trim()),
    authors: known.author === undefined ? [] : [{ name: readPlainText(known.author) }],
    ...(date !== undefined && { date }),
    ...(updated !== undefined && { updated }),
    ...(summary !== undefined && { summaryHtml: escapeHtml(summary) }),
    ...(cover !== undefined && { cover: { url: cover } }),
    exported: {
      draft,
      markdown,
      ...(lostWidgets(known.markdown, markdown) && { missed: ['a widget of Hashnode was left out'] }),
      ...(slug !== undefined && { slug }),
      ...(original !== undefined && { original }),
    },
  };
}
