import { BroadsideError } from '../../../../base/errors.ts';
import { escapeHtml } from '../../../../base/escape-html.ts';
import { readHttpUrl, readPlainText } from '../../../../reading/html/read-text.ts';
import type { Feed, FeedItem } from '../../feed-item.ts';
import { describeLeftOut, describeNoSite, type ExportFile, type ExportFiles } from '../define.ts';
import { readTable } from './read-table.ts';

type Row = Readonly<Record<string, string | undefined>>;

/** What Substack calls what is a post; all else, such as a thread or a page, is none. */
const postTypes = new Set(['newsletter', 'podcast', 'video', 'post', '']);

/** Reads Substack's export. Throws `EXPORT_INVALID` where the texts are not beside the table. */
export function readSubstack({ own, all, site }: ExportFiles): Promise<Feed> {
  const texts = new Map(
    all.filter(({ path }) => /\.html$/i.test(path)).map((file) => [nameOf(file.path), file]),
  );
  const rows = own.flatMap((file) => readTable(file.read()));
  const posts = rows.filter((row) => postTypes.has(row['type'] ?? ''));
  if (posts.length > 0 && texts.size === 0) {
    throw new BroadsideError(
      'EXPORT_INVALID',
      'This table names the posts of a Substack export, and their texts are not beside it.',
      { remedy: 'Give the unpacked folder of the export, with posts.csv and the HTML files in it.' },
    );
  }
  const items = posts.map((row) => readPost(row, texts, site));
  const others = rows.filter((row) => !postTypes.has(row['type'] ?? '')).map((row) => row['type'] ?? '');
  const flaws = [...describeLeftOut(others), ...describeNoSite(items, site)];
  return Promise.resolve({
    title: '',
    platform: 'Substack',
    ...(flaws.length > 0 && { flaws }),
    items,
  });
}

function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.html$/i, '');
}

function readPost(row: Row, texts: ReadonlyMap<string, ExportFile>, site: string | undefined): FeedItem {
  const id = row['post_id'] ?? '';
  const slug = /^\d+\.(.+)$/.exec(id)?.[1];
  const date = row['post_date'] ?? '';
  const subtitle = row['subtitle'] ?? '';
  const isOut = /^(?:true|1|yes)$/i.test(row['is_published'] ?? '');
  const audience = row['audience'] ?? 'everyone';
  const isOpen = audience === 'everyone' || audience === '';
  const place = slug === undefined || site === undefined ? undefined : readHttpUrl(`/p/${slug}`, site);
  const recording = readHttpUrl(row['podcast_url'] ?? '', undefined);
  return {
    guid: id,
    title: readPlainText(row['title'] ?? ''),
    html: texts.get(id)?.read() ?? '',
    tags: [],
    authors: [],
    ...(subtitle !== '' && { summaryHtml: escapeHtml(subtitle) }),
    ...(date !== '' && { date }),
    ...(recording !== undefined && { enclosures: [{ url: recording, type: 'audio/mpeg' }] }),
    ...(site !== undefined && { base: site }),
    exported: {
      draft: !isOut || !isOpen,
      withheld:
        isOut && !isOpen
          ? `Only some readers may read the post on Substack ("${audience.slice(0, 40)}").`
          : undefined,
      ...(slug !== undefined && { slug }),
      ...(place !== undefined && { original: place }),
    },
  };
}
