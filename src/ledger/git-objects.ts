import type { StoreGit } from './store-git.ts';

/** Files of the ledger's branch: their object ids by path. */
export type Listing = ReadonlyMap<string, string>;

/** In the store: the commit being made. */
export const nextRef = 'refs/ledger/next';

/** What objects are read with. */
export type ObjectReader = Pick<StoreGit, 'demand'>;

/** The files of a commit. */
export async function listFiles(git: ObjectReader, tip: string): Promise<Listing> {
  const entries = (await git.demand(['ls-tree', '-r', '-z', '--full-tree', tip]))
    .toString('utf8')
    .split('\0');
  return new Map(
    entries.flatMap((entry) => {
      const [, id, path] = /^\d+ blob (\w+)\t(.*)$/s.exec(entry) ?? [];
      return id === undefined || path === undefined ? [] : [[path, id] as const];
    }),
  );
}

/** The contents of objects, all by one process. */
export async function loadObjects(
  git: ObjectReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (ids.length === 0) return new Map();
  return readObjects(await git.demand(['cat-file', '--batch'], `${ids.join('\n')}\n`));
}

/** Makes a commit on top of a tip, or the branch's first one, and returns its id. */
export async function makeCommit(
  git: StoreGit,
  tip: string | undefined,
  files: ReadonlyMap<string, string>,
  message: string,
): Promise<string> {
  const script = writeImport(tip, files, message);
  return (await git.demand(['fast-import', '--quiet', '--force', '--done'], script)).toString('utf8').trim();
}

/** One commit as git's fast-import takes it: its files, its parent, and a request for its id. */
function writeImport(tip: string | undefined, files: ReadonlyMap<string, string>, message: string): Buffer {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const seconds = Math.floor(Date.now() / 1000);
  return Buffer.from(
    [
      `commit ${nextRef}\nmark :1\n`,
      `committer Broadside <broadside@localhost> ${seconds} +0000\n`,
      data(message),
      tip === undefined ? '' : `from ${tip}\n`,
      ...[...files].map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`),
      'get-mark :1\ndone\n',
    ].join(''),
  );
}

/** Reads what `cat-file --batch` prints: `<id> <type> <size>`, a line break, the bytes, a line break. */
function readObjects(output: Buffer): ReadonlyMap<string, Buffer> {
  const objects = new Map<string, Buffer>();
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0x0a, start);
    const [id = '', , size = ''] = output.toString('utf8', start, end).split(' ');
    const length = Number(size);
    if (size === '' || !Number.isInteger(length)) throw new TypeError(`git has no object ${id}`);
    objects.set(id, output.subarray(end + 1, end + 1 + length));
    start = end + 1 + length + 1;
  }
  return objects;
}
