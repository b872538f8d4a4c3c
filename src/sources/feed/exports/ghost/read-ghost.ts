import { z } from 'zod';
import { BroadsideError } from '../../../../base/errors.ts';
import { escapeHtml } from '../../../../base/escape-html.ts';
import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Exported, Feed, FeedItem } from '../../feed-item.ts';
import { describeLeftOut, describeNoSite, type ExportFile, type ExportFiles } from '../define.ts';

const text = z.string().optional().catch(undefined);
const key = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
/** Dates are texts in UTC; early versions wrote milliseconds. */
const date = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);

const postShape = z.looseObject({
  id: key,
  title: text,
  slug: text,
  html: text,
  markdown: text,
  lexical: text,
  mobiledoc: text,
  feature_image: text,
  image: text,
  type: text,
  page: z.unknown().optional(),
  status: text,
  visibility: text,
  author_id: key,
  created_at: date,
  updated_at: date,
  published_at: date,
  custom_excerpt: text,
  canonical_url: text,
  locale: text,
});
const rows = <Row extends z.ZodType>(row: Row) => z.array(row).optional().catch(undefined);
const related = z.looseObject({ post_id: key, tag_id: key, author_id: key, sort_order: z.number().catch(0) });
const dataShape = z.looseObject({
  posts: z.array(postShape),
  posts_meta: rows(
    z.looseObject({
      post_id: key,
      feature_image_alt: text,
      email_only: z.union([z.boolean(), z.number()]).transform(Boolean).optional().catch(undefined),
    }),
  ),
  tags: rows(z.looseObject({ id: key, name: text, visibility: text })),
  users: rows(z.looseObject({ id: key, name: text, website: text })),
  posts_tags: rows(related),
  posts_authors: rows(related),
  settings: rows(z.looseObject({ key: text, value: z.unknown().optional() })),
});
const partShape = z.looseObject({ data: dataShape });
const exportShape = z.union([z.looseObject({ db: z.array(partShape).min(1) }), partShape]);

type Data = z.output<typeof dataShape>;
type GhostPost = z.output<typeof postShape>;

/** The rows that belong to posts, by the ids that name them. */
type Tables = ReturnType<typeof indexTables>;

function indexTables({ posts_meta: meta, tags, users, posts_tags: tagged, posts_authors: written }: Data) {
  const inOrder = (links: Data['posts_tags'] = []) =>
    Map.groupBy(
      links.toSorted((a, b) => a.sort_order - b.sort_order),
      (link) => link.post_id,
    );
  return {
    meta: new Map((meta ?? []).map((row) => [row.post_id, row])),
    tags: new Map((tags ?? []).map((row) => [row.id, row])),
    users: new Map((users ?? []).map((row) => [row.id, row])),
    tagged: inOrder(tagged),
    written: inOrder(written),
  };
}

/** Reads Ghost's export. Throws `EXPORT_INVALID`. */
export function readGhost({ own, site }: ExportFiles): Promise<Feed> {
  const parts = own.flatMap((file) => readTables(file));
  const posts = parts.flatMap((data) => {
    const tables = indexTables(data);
    return data.posts.filter(isPost).map((post) => readPost(post, tables, site));
  });
  const pages = parts.flatMap((data) => data.posts.filter((post) => !isPost(post)).map(() => 'page'));
  const language = parts
    .map((data) => readSetting(data, 'locale') ?? readSetting(data, 'lang'))
    .find(Boolean);
  const flaws = [...describeLeftOut(pages), ...describeNoSite(posts, site)];
  return Promise.resolve({
    title: readPlainText(parts.map((data) => readSetting(data, 'title')).find(Boolean) ?? ''),
    platform: 'Ghost',
    ...(language !== undefined && { language }),
    ...(flaws.length > 0 && { flaws }),
    items: posts,
  });
}

function readTables(file: ExportFile): readonly Data[] {
  let value: unknown;
  try {
    value = JSON.parse(file.read());
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw new BroadsideError('EXPORT_INVALID', 'The Ghost export is not whole JSON.', {
      remedy: 'Export again in Ghost, under Settings, Import/Export.',
      file: file.path,
      cause,
    });
  }
  const checked = exportShape.safeParse(value);
  if (!checked.success) {
    throw new BroadsideError('EXPORT_INVALID', 'The Ghost export has no table of posts.', {
      remedy: 'Export again in Ghost, under Settings, Import/Export.',
      file: file.path,
      cause: checked.error,
    });
  }
  const given = checked.data as { readonly db?: readonly { readonly data: Data }[]; readonly data?: Data };
  return given.db?.map(({ data }) => data) ?? (given.data === undefined ? [] : [given.data]);
}

/** Before version 3, a page was a post with a mark. */
function isPost({ type, page }: GhostPost): boolean {
  return type === undefined ? !page : type === 'post';
}

function readSetting({ settings }: Data, name: string): string | undefined {
  const value = settings?.find((setting) => setting.key === name)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What Ghost writes in place of its own address. */
const ownAddress = '__GHOST_URL__';

function readPost(post: GhostPost, tables: Tables, site: string | undefined): FeedItem {
  const meta = tables.meta.get(post.id);
  const place = (address: string): string => address.replaceAll(ownAddress, site?.replace(/\/+$/, '') ?? '');
  const html = place(post.html ?? '');
  const cover = readHttpUrl(place(post.feature_image ?? post.image ?? ''), site);
  const alt = meta?.feature_image_alt;
  const draft = post.status !== 'published' && post.status !== 'scheduled';
  const written = draft ? undefined : (post.published_at ?? post.created_at);
  const base = site ?? undefined;
  const markdown = html === '' && post.markdown !== undefined ? { markdown: place(post.markdown) } : {};
  return {
    title: readPlainText(post.title === '(Untitled)' ? '' : (post.title ?? '')),
    html,
    tags: readTags(post, tables),
    authors: readAuthors(post, tables),
    ...(post.id !== undefined && { guid: post.id }),
    ...(post.custom_excerpt !== undefined && { summaryHtml: escapeHtml(post.custom_excerpt) }),
    ...(written !== undefined && { date: readUtc(written) }),
    ...(post.updated_at !== undefined && { updated: readUtc(post.updated_at) }),
    ...(cover !== undefined && { cover: { url: cover, ...(alt !== undefined && alt !== '' && { alt }) } }),
    ...(post.locale !== undefined && { lang: post.locale }),
    ...(base !== undefined && { base }),
    exported: {
      ...readState(post, meta?.email_only === true, site),
      ...markdown,
      missed: readMissed(post, html, site),
    },
  };
}

/** A moment in UTC, which Ghost writes without saying so. */
function readUtc(written: string): string {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(written)
    ? `${written.replace(' ', 'T')}Z`
    : written;
}

function readState(post: GhostPost, isMailed: boolean, site: string | undefined): Exported {
  const { status = 'draft', visibility = 'public', slug } = post;
  const canonical = readHttpUrl(post.canonical_url ?? '', undefined);
  const own =
    slug === undefined || site === undefined
      ? undefined
      : readHttpUrl(`${slug}/`, `${site.replace(/\/+$/, '')}/`);
  const original = canonical ?? own;
  const withheld =
    status === 'sent' || isMailed
      ? 'The post was only mailed.'
      : visibility === 'public' || status === 'draft'
        ? undefined
        : `Only some readers may read the post in Ghost ("${visibility.slice(0, 40)}").`;
  return {
    draft: !(status === 'published' || status === 'scheduled') || withheld !== undefined,
    withheld,
    ...(slug !== undefined && !/^untitled(?:-\d+)?$/.test(slug) && { slug }),
    ...(original !== undefined && { original }),
  };
}

/** A text, or a card with text, in the form of either of Ghost's editors. */
const editorText = /"(?:text|markdown|code|html|plaintext)"\s*:\s*"[^"]|\[0,\s*\[[\d,\s]*\],\s*\d+,\s*"[^"]/;

function readMissed(post: GhostPost, html: string, site: string | undefined): readonly string[] {
  const written = post.lexical ?? post.mobiledoc ?? '';
  const isOnlyThere = html.trim() === '' && post.markdown === undefined && editorText.test(written);
  const named = [post.html, post.feature_image].some((one) => one?.includes(ownAddress) === true);
  return [
    ...(isOnlyThere
      ? [
          'the text is only there in the form of Ghost’s editor: open and save the post in Ghost, and export again',
        ]
      : []),
    ...(named && site === undefined ? ['addresses on the blog itself are incomplete without --site'] : []),
  ];
}

/** The tags of a post in their order; those that only Ghost itself uses begin with `#`. */
function readTags({ id }: GhostPost, { tags, tagged }: Tables): readonly string[] {
  return (tagged.get(id) ?? []).flatMap(({ tag_id: tag }) => {
    const found = tags.get(tag);
    const isInternal = found?.visibility === 'internal' || found?.name?.startsWith('#') === true;
    return found?.name === undefined || isInternal ? [] : [readPlainText(found.name)];
  });
}

function readAuthors({ id, author_id: single }: GhostPost, { users, written }: Tables): FeedItem['authors'] {
  const ids = written.get(id)?.map((link) => link.author_id) ?? [single];
  return ids.flatMap((author) => {
    const user = author === undefined ? undefined : users.get(author);
    if (!user?.name) return [];
    const url = readHttpUrl(user.website ?? '', undefined);
    return [{ name: readPlainText(user.name), ...(url !== undefined && { url }) }];
  });
}
