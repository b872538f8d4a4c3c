import type { Feed, FeedFlaw, FeedItem } from '../feed-item.ts';

/** A file of what a platform hands over to who leaves it. */
export interface ExportFile {
  /** By its folder, with slashes. */
  readonly path: string;
  /** Its beginning, which tells what it is. */
  readonly head: string;
  /** Its whole text. Throws `SOURCE_UNREADABLE`. */
  readonly read: () => string;
}

/** The files of an export: those that are recognised, and all that hold text. */
export interface ExportFiles {
  readonly own: readonly ExportFile[];
  readonly all: readonly ExportFile[];
  /** The address that the blog has, where whoever imports says it: an http(s) URL. */
  readonly site: string | undefined;
}

/** A platform's export: how its files are recognised and read. */
export interface ExportKind {
  /** What people call the platform. */
  readonly platform: string;
  /** Whether a file is the one, or one of those, that hold its posts. */
  readonly claims: (file: Pick<ExportFile, 'path' | 'head'>) => boolean;
  /** Its posts, as a feed would have them. Throws `EXPORT_INVALID`. */
  readonly read: (files: ExportFiles) => Promise<Feed>;
}

/** What the things in an export that are no posts are called, and how many there are of each. */
export function describeLeftOut(names: readonly string[]): readonly FeedFlaw[] {
  if (names.length === 0) return [];
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const listed = [...counts].map(([name, count]) => `${count} ${count === 1 ? name : pluralOf(name)}`);
  return [
    {
      rule: 'import-left-out',
      severity: 'warning',
      message: `The export also holds things that are not posts. They were left out: ${listed.join(', ')}.`,
      remedy: 'Copy by hand what you want of it.',
      line: 1,
      column: 1,
    },
  ];
}

/** "posts in the trash", "files of the media library". */
function pluralOf(name: string): string {
  const [, noun = name, place = ''] = /^(.+?)((?: of| in) .*)?$/.exec(name) ?? [];
  return `${noun.endsWith('s') ? noun : `${noun}s`}${place}`;
}

/** What to say if posts have no address because the export does not say where the blog is. */
export function describeNoSite(items: readonly FeedItem[], site: string | undefined): readonly FeedFlaw[] {
  const lacks = items.some(({ exported }) => exported?.draft !== true && exported?.original === undefined);
  if (site !== undefined || !lacks) return [];
  return [
    {
      rule: 'import-site',
      severity: 'warning',
      message: 'The export does not say where the blog is, so its posts have no canonical_url.',
      remedy: 'Import again with --site and the address of the blog.',
      line: 1,
      column: 1,
    },
  ];
}
