import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Feed, FeedItem } from '../../feed-item.ts';
import { readXmlFeed, type XmlEntry } from '../../parse-xml-feed.ts';
import { attribute, childText, readText, type XmlFields } from '../../xml-node.ts';
import { describeLeftOut, describeNoSite, type ExportFiles } from '../define.ts';

const kindScheme = 'http://schemas.google.com/g/2005#kind';

/** Reads what Blogger hands over, in its old form and in Takeout's. Throws `FEED_INVALID`, with the line, where it is no XML. */
export async function readBlogger({ own, site }: ExportFiles): Promise<Feed> {
  const parts = await Promise.all(own.map((file) => readXmlFeed(file.read(), undefined)));
  const [first] = parts;
  const entries = parts.flatMap((part) => part.entries);
  const items = entries.filter(({ fields }) => isPost(fields)).map((entry) => readPost(entry, site));
  const leftOut = entries.filter(({ fields }) => !isPost(fields)).map(({ fields }) => describeKind(fields));
  const flaws = [
    ...parts.flatMap(({ feed }) => feed.flaws ?? []),
    ...describeLeftOut(leftOut),
    ...describeNoSite(items, site),
  ];
  return {
    title: '',
    ...first?.feed,
    platform: 'Blogger',
    ...(flaws.length > 0 && { flaws }),
    items,
  };
}

/** What an entry is, in lower case: a post, a page, a comment, a template or a setting. */
function kindOf(fields: XmlFields): string {
  const category = fields['category']?.find((node) => attribute(node, 'scheme') === kindScheme);
  const told =
    readText(fields['blogger:type']) ?? (category && attribute(category, 'term'))?.split('#').at(-1);
  return (told ?? 'post').toLowerCase();
}

function statusOf(fields: XmlFields): string {
  return (readText(fields['blogger:status']) ?? 'LIVE').toUpperCase();
}

function isPost(fields: XmlFields): boolean {
  return kindOf(fields) === 'post' && !statusOf(fields).includes('TRASHED');
}

function describeKind(fields: XmlFields): string {
  const kind = kindOf(fields);
  return kind === 'post' ? 'post in the trash' : kind === 'settings' ? 'setting' : kind.slice(0, 40);
}

function readPost({ item, fields }: XmlEntry, site: string | undefined): FeedItem {
  const control = (fields['app:control'] ?? []).map((node) => childText(node, 'app:draft'));
  const draft = control.includes('yes') || !['LIVE', 'SCHEDULED'].includes(statusOf(fields));
  const file = readText(fields['blogger:filename']);
  const original = item.link ?? (site === undefined ? undefined : readHttpUrl(file ?? '', site));
  const description = readText(fields['blogger:metaDescription']);
  const slug = file
    ?.split('/')
    .at(-1)
    ?.replace(/\.html?$/, '');
  return {
    ...item,
    tags: (fields['category'] ?? [])
      .filter((node) => attribute(node, 'scheme') !== kindScheme)
      .map((node) => readPlainText(attribute(node, 'term') ?? '')),
    authors: (fields['author'] ?? []).flatMap((node) => {
      const name = readPlainText(childText(node, 'name') ?? '');
      return name === '' ? [] : [{ name }];
    }),
    ...(description !== undefined && { summaryHtml: description }),
    exported: {
      draft,
      ...(slug !== undefined && { slug }),
      ...(original !== undefined && { original }),
    },
  };
}
