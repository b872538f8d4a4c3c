import type { Attachment, Library } from './define.ts';
import type { Author, Cover } from '../../../../model/post.ts';
import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Exported, Feed, FeedItem } from '../../feed-item.ts';
import { readXmlFeed, type XmlEntry } from '../../parse-xml-feed.ts';
import { attribute, childText, nodeText, readHtml, readText, type XmlFields } from '../../xml-node.ts';
import { describeLeftOut, type ExportFiles } from '../define.ts';
import { readContent } from './read-content.ts';

/** Statuses of WordPress's posts (wordpress.org/documentation/article/post-status, checked December 2026). */
const drafts: Readonly<Record<string, string | undefined>> = {
  draft: undefined,
  pending: undefined,
  private: 'The post is private in WordPress.',
};

const kinds: Readonly<Record<string, string>> = {
  page: 'page',
  attachment: 'file of the media library',
  nav_menu_item: 'menu item',
  revision: 'revision',
  wp_block: 'shared block',
  custom_css: 'style sheet',
};

/** Reads WordPress's export, which may come in several files. Throws `FEED_INVALID`, with the line, where one is no XML. */
export async function readWxr({ own }: ExportFiles): Promise<Feed> {
  const parts = await Promise.all(own.map((file) => readXmlFeed(file.read(), undefined)));
  const [first] = parts;
  const entries = parts.flatMap((part) => part.entries);
  const names = new Map(parts.flatMap(({ channel }) => readNames(channel)));
  const library: Library = {
    attachments: new Map(
      entries.flatMap(({ fields }) => {
        const attachment = readAttachment(fields);
        return attachment === undefined ? [] : [[attachment.id, attachment] as const];
      }),
    ),
    shared: new Map(
      entries
        .filter(({ fields }) => typeOf(fields) === 'wp_block')
        .map(({ fields }) => [readText(fields['wp:post_id']) ?? '', readBody(fields)]),
    ),
  };
  const posts = entries.filter(({ fields }) => isPost(fields));
  const leftOut = entries.filter(({ fields }) => !isPost(fields)).map(({ fields }) => describeKind(fields));
  const flaws = [...parts.flatMap(({ feed }) => feed.flaws ?? []), ...describeLeftOut(leftOut)];
  return {
    title: '',
    ...first?.feed,
    platform: 'WordPress',
    ...(flaws.length > 0 && { flaws }),
    items: posts.map((entry) => readPost(entry, names, library)),
  };
}

function typeOf(fields: XmlFields): string {
  return readText(fields['wp:post_type']) ?? 'post';
}

/** A post that was thrown away, or only just begun and never saved, is none any more, or not yet. */
function isPost(fields: XmlFields): boolean {
  const status = readText(fields['wp:status']) ?? '';
  return typeOf(fields) === 'post' && status !== 'trash' && status !== 'auto-draft';
}

function describeKind(fields: XmlFields): string {
  const type = typeOf(fields);
  return type === 'post' ? 'post in the trash' : (kinds[type] ?? `"${type.slice(0, 40)}"`);
}

/** What people are shown of each author, by the name they log in with. */
function readNames(channel: XmlFields): readonly (readonly [string, string])[] {
  return (channel['wp:author'] ?? []).flatMap((node) => {
    const login = childText(node, 'wp:author_login');
    const shown = childText(node, 'wp:author_display_name');
    return login === undefined || shown === undefined ? [] : [[login, readPlainText(shown)] as const];
  });
}

function readBody(fields: XmlFields): string {
  return (fields['content:encoded'] ?? []).map(nodeText).join('');
}

function readMeta(fields: XmlFields, key: string): string | undefined {
  const node = fields['wp:postmeta']?.find((one) => childText(one, 'wp:meta_key') === key);
  return node && childText(node, 'wp:meta_value');
}

function readAttachment(fields: XmlFields): Attachment | undefined {
  const url = readHttpUrl(readText(fields['wp:attachment_url']) ?? '', undefined);
  const id = readText(fields['wp:post_id']);
  if (typeOf(fields) !== 'attachment' || url === undefined || id === undefined) return undefined;
  return {
    id,
    url,
    alt: readPlainText(readMeta(fields, '_wp_attachment_image_alt') ?? ''),
    caption: readText(fields['excerpt:encoded']) ?? '',
    parent: readText(fields['wp:post_parent']) ?? '',
  };
}

function readPost(
  { item, fields }: XmlEntry,
  names: ReadonlyMap<string, string>,
  library: Library,
): FeedItem {
  const { html, missed } = readContent(readBody(fields), {
    id: readText(fields['wp:post_id']) ?? '',
    footnotes: readMeta(fields, 'footnotes'),
    library,
  });
  const { date: pubDate, updated: _, summaryHtml: __, cover: ___, ...read } = item;
  const date = readGmt(fields, 'wp:post_date_gmt') ?? pubDate ?? readText(fields['wp:post_date']);
  const updated = readGmt(fields, 'wp:post_modified_gmt');
  const excerpt = readHtml(fields['excerpt:encoded'], { isAtom: false, base: undefined })?.html;
  const thumbnail = readMeta(fields, '_thumbnail_id');
  const cover = readCover(thumbnail, library);
  const lost = thumbnail === undefined || cover !== undefined ? [] : ['the cover is not in the export'];
  const exported = readState(fields, item.link);
  return {
    ...read,
    html,
    tags: readTags(fields),
    authors: item.authors.map((author): Author => ({
      ...author,
      name: names.get(author.name) ?? author.name,
    })),
    // The date of a draft is when it was begun, and it has none of its own until it is out.
    ...(date !== undefined && !isUndated(fields) && { date }),
    ...(updated !== undefined && { updated }),
    ...(excerpt !== undefined && { summaryHtml: excerpt }),
    ...(cover && { cover }),
    exported: { ...exported, missed: [...missed, ...lost] },
  };
}

/** WordPress writes a moment in UTC without saying so, and zeroes for none. */
function readGmt(fields: XmlFields, name: string): string | undefined {
  const written = readText(fields[name]);
  return written === undefined || written.startsWith('0000') ? undefined : `${written.replace(' ', 'T')}Z`;
}

function isUndated(fields: XmlFields): boolean {
  const status = readText(fields['wp:status']);
  return (status === 'draft' || status === 'pending') && readGmt(fields, 'wp:post_date_gmt') === undefined;
}

/** Whether everybody may read a post, and where. */
function readState(fields: XmlFields, link: string | undefined): Exported {
  const status = readText(fields['wp:status']) ?? '';
  const isPublic = status === 'publish' || status === 'future';
  const isLocked = readText(fields['wp:post_password']) !== undefined;
  const slug = readText(fields['wp:post_name']);
  const original = link !== undefined && !/[?&](?:p|page_id|preview)=/.test(link) ? link : undefined;
  const withheld = isLocked
    ? 'The post has a password in WordPress.'
    : isPublic || Object.hasOwn(drafts, status)
      ? drafts[status]
      : `The post's status in WordPress is "${status.slice(0, 40)}".`;
  return {
    draft: !isPublic || isLocked,
    withheld,
    ...(slug !== undefined && { slug }),
    ...(original !== undefined && { original }),
  };
}

/** Categories and tags, and not what plugins and themes sort posts by; the category of posts without one is none. */
function readTags(fields: XmlFields): readonly string[] {
  return (fields['category'] ?? [])
    .filter((node) => /^(?:category|post_tag|tag)?$/.test(attribute(node, 'domain') ?? ''))
    .filter((node) => attribute(node, 'nicename') !== 'uncategorized')
    .map((node) => readPlainText(nodeText(node)));
}

function readCover(id: string | undefined, { attachments }: Library): Cover | undefined {
  const picture = id === undefined ? undefined : attachments.get(id);
  if (picture === undefined) return undefined;
  return { url: picture.url, ...(picture.alt !== '' && { alt: picture.alt }) };
}
