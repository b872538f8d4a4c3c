import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import { makeFolder, writeWhole } from '../base/write-file.ts';
import type { Post } from '../model/post.ts';
import { diagramsFile, type AppFiles } from './app-files.ts';
import type { CopyStateWord } from './define.ts';
import type { Preview } from './open-preview.ts';
import { nameData } from './show-overview.ts';
import { writeAppPage } from './write-page.ts';

/** How many posts have views in files unless all are asked for: some 100 kB each. */
const mostPosts = 200;

/** The file that tells a folder of a preview from any other. */
const markFile = join('data', 'overview.js');

/** What is written of a preview, and where. */
export interface FilesWords {
  /** Absolute. */
  readonly folder: string;
  /** The posts and letters to write alone; all, where none is named. */
  readonly posts: readonly Pick<Post, 'id'>[];
  /** Whether all posts are written, however many there are. */
  readonly all: boolean;
  /** The files that a pull request changes, relative to the blog's folder: their posts come first. */
  readonly changed?: ReadonlySet<string> | undefined;
}

/** What was written. */
export interface WrittenFiles {
  readonly posts: number;
  /** How many posts were left out. */
  readonly leftOut: number;
}

/**
 * Writes a preview as files that need no server and no network: a folder that can be opened as it is, zipped, or put on any host
 * below any path. Throws `OUTPUT_UNWRITABLE`, also for a folder that holds something else.
 */
export async function writePreview(
  preview: Preview,
  app: AppFiles,
  words: FilesWords,
): Promise<WrittenFiles> {
  await preview.fill(() => undefined);
  const { root } = preview.snapshot().bench.config;
  const { folder } = words;
  const posts = choosePosts(preview, words);
  const { letters } = preview.snapshot().bench.blog;
  const ids = [...posts, ...(words.posts.length > 0 ? [] : letters)].map(({ id }) => id);
  return reportWrites(folder, async () => {
    makeFolder(folder, root);
    clearFolder(folder);
    const write = (path: string, content: string | Uint8Array): void => writeWhole(folder, path, content);
    const overview = await preview.files(new Set(ids));
    write('index.html', writeAppPage('files', overview.site.title));
    for (const name of app.names) if (name !== diagramsFile) write(name, app.read(name)?.bytes ?? '');
    let hasDiagrams = false;
    for (const id of ids) {
      const data = nameData(id);
      const view = await preview.post(data);
      if (view === undefined) continue;
      hasDiagrams ||= view.copies.some(({ view: seen }) => seen?.frames.some(({ diagrams }) => diagrams));
      write(`data/${data}.js`, writeScript(data, view));
    }
    if (hasDiagrams) write(diagramsFile, app.read(diagramsFile)?.bytes ?? '');
    for (const [path, file] of preview.pictures()) write(path, readFileSync(file));
    write(markFile, writeScript('overview', overview));
    return { posts: posts.length, leftOut: overview.leftOut ?? 0 };
  });
}

/** Data as a script, which a page may load that may read no file. */
function writeScript(name: string, value: unknown): string {
  return `takeBroadsideData(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`;
}

/** What comes first of posts with such a copy. */
const ranks: Readonly<Partial<Record<CopyStateWord, number>>> = {
  error: 1,
  changed: 1,
  new: 1,
  drifted: 1,
  'by-hand': 1,
  held: 1,
  waiting: 2,
};

/** The posts that are written: those that a pull request changes, then those that something is to happen with, then the newest. */
function choosePosts(preview: Preview, { posts, all, changed }: FilesWords): readonly Pick<Post, 'id'>[] {
  const { states, posts: newest } = preview.snapshot();
  if (posts.length > 0) return posts;
  if (all || newest.length <= mostPosts) return newest;
  const rankOf = ({ id, origin, draft }: Post): number => {
    if (changed?.has(origin.path) === true) return 0;
    const own = Object.values(states.get(id) ?? {}).map(({ state }) => ranks[state] ?? 4);
    return Math.min(draft ? 3 : 4, ...own);
  };
  const ranked = newest.map((post) => ({ post, rank: rankOf(post) })).toSorted((a, b) => a.rank - b.rank);
  return ranked.slice(0, mostPosts).map(({ post }) => post);
}

/** Removes what an earlier preview has left. A folder that holds something else is left alone. Throws `OUTPUT_UNWRITABLE`. */
function clearFolder(folder: string): void {
  if (readdirSync(folder).length === 0) return;
  if (!existsSync(join(folder, markFile))) {
    throw new BroadsideError('OUTPUT_UNWRITABLE', `${folder} holds files that are not a preview's.`, {
      remedy: 'Name an empty folder, or one that does not exist yet.',
    });
  }
  for (const name of readdirSync(folder)) {
    const isOwn = ['data', 'site'].includes(name) || /\.(?:html|js|css|svg|woff2)$/.test(name);
    if (isOwn) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function reportWrites<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause) || cause instanceof BroadsideError) throw cause;
    throw new BroadsideError(
      'OUTPUT_UNWRITABLE',
      `The preview cannot be written to ${folder} (${String(cause.code)}).`,
      {
        remedy: 'Name a folder that this user may write to, on a disk with room.',
        cause,
      },
    );
  }
}
