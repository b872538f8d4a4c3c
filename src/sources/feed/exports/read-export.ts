import { readdir, stat } from 'node:fs/promises';
import { readFileSync, openSync, readSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { listWords } from '../../../base/list-words.ts';
import { compareText } from '../../../base/compare-text.ts';
import { describeFileError } from '../../../base/describe-file-error.ts';
import { BroadsideError } from '../../../base/errors.ts';
import { decodeFeed } from '../decode-feed.ts';
import type { Feed } from '../feed-item.ts';
import { describeTooLarge, feedByteLimit } from '../parse-feed.ts';
import type { ExportFile, ExportKind } from './define.ts';
import { exportKinds } from './index.ts';

/** How much of a file tells what it is, in bytes. */
const headLength = 65_536;

/** The most files of a folder that are looked at, and how deep below it: far beyond any blog's export. */
const mostFiles = 50_000;
const deepest = 6;

/** Files that hold text; pictures and the like lie beside them. */
const textFile = /\.(?:xml|atom|rss|json|html?|md|csv)$/i;

/** An export of one file: its posts as a feed would have them; nothing where it is no export that is known. */
export async function readExport(
  bytes: Uint8Array,
  path: string,
  site: string | undefined,
): Promise<Feed | undefined> {
  const head = readHead(bytes.subarray(0, headLength));
  const kind = exportKinds.find(({ claims }) => claims({ path, head }));
  const file: ExportFile = { path, head, read: () => decodeText(bytes) };
  return kind?.read({ own: [file], all: [file], site });
}

/** An export that is a folder. Throws `EXPORT_INVALID` where nothing in it is known, or it holds several. */
export async function readExportFolder(
  folder: string,
  site: string | undefined,
  signal: AbortSignal,
): Promise<Feed> {
  const files = await listFiles(folder, signal);
  const claimed = exportKinds.flatMap((kind) => {
    const own = files.filter((file) => kind.claims(file));
    return own.length === 0 ? [] : [{ kind, own }];
  });
  const [first, ...others] = claimed;
  if (first === undefined) throw describeUnknown(folder, files);
  if (others.length > 0) throw describeSeveral(claimed.map(({ kind }) => kind));
  return first.kind.read({ own: first.own, all: files, site });
}

function describeUnknown(folder: string, files: readonly ExportFile[]): BroadsideError {
  const platforms = exportKinds.map(({ platform }) => platform);
  return new BroadsideError(
    'EXPORT_INVALID',
    files.length === 0
      ? 'The folder holds no file of an export.'
      : 'The folder holds no export that is known.',
    {
      remedy: `Give the unpacked export of ${listWords(platforms, 'or')}, or the address of the blog's feed.`,
      file: folder,
    },
  );
}

function describeSeveral(kinds: readonly ExportKind[]): BroadsideError {
  const names = listWords(
    kinds.map(({ platform }) => platform),
    'and',
  );
  return new BroadsideError('EXPORT_INVALID', `The folder holds exports of ${names}.`, {
    remedy: 'Give them one by one.',
  });
}

/** The files below a folder that hold text, by their names in order; what only leads elsewhere is not followed. */
async function listFiles(
  folder: string,
  signal: AbortSignal,
  below = '',
  found: ExportFile[] = [],
  depth = 0,
): Promise<readonly ExportFile[]> {
  const entries = await readFolder(join(folder, below));
  for (const entry of entries.toSorted((a, b) => compareText(a.name, b.name))) {
    signal.throwIfAborted();
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory() && depth < deepest) await listFiles(folder, signal, path, found, depth + 1);
    else if (entry.isFile() && textFile.test(entry.name) && found.length < mostFiles)
      found.push(openFile(folder, path));
  }
  return found;
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw describeUnreadable(folder, cause);
  }
}

function describeUnreadable(path: string, cause: unknown): BroadsideError {
  return new BroadsideError('SOURCE_UNREADABLE', `${path} ${describeFileError(cause)}.`, {
    remedy: 'Make it readable, and import again.',
    file: path,
    cause,
  });
}

function openFile(folder: string, path: string): ExportFile {
  const file = join(folder, path);
  try {
    const opened = openSync(file, 'r');
    try {
      const head = new Uint8Array(headLength);
      const length = readSync(opened, head, 0, headLength, 0);
      return { path, head: readHead(head.subarray(0, length)), read: () => readWhole(file) };
    } finally {
      closeSync(opened);
    }
  } catch (cause) {
    throw describeUnreadable(file, cause);
  }
}

function readWhole(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > feedByteLimit) throw describeTooLarge();
    return decodeText(bytes);
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw describeUnreadable(file, cause);
  }
}

function readHead(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trimStart();
}

function decodeText(bytes: Uint8Array): string {
  return decodeFeed(bytes)
    .text.replace(/^\uFEFF/, '')
    .trimStart();
}

/** Whether a path is a folder's. */
export async function isFolder(path: string): Promise<boolean> {
  const about = await stat(path).catch(() => undefined);
  return about?.isDirectory() === true;
}
