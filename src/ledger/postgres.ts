import { BroadsideError } from '../base/errors.ts';
import type { Memo } from '../base/memo.ts';
import type { CopyState, Ledger, Standing } from '../model/ledger.ts';
import {
  bodiesFolder,
  isCopyPath,
  isPiecesPath,
  layoutFile,
  pathOfBody,
  pathOfCopy,
  pathOfPieces,
} from './copy-path.ts';
import { foldFiles } from './fold-files.ts';
import {
  damaged,
  formatEntry,
  formatHeader,
  formatLayout,
  parseCopyFile,
  parseLayout,
  readCopyFile,
  sortCopies,
  type FilePlace,
} from './lines.ts';
import { addPieces, readPieceFile } from './piece-lines.ts';
import type { DatabaseAddress } from './postgres-address.ts';
import { isLacking, openDatabase, type Database, type Run } from './postgres-database.ts';
import { findTable, makeTable, nameTable } from './postgres-layout.ts';
import { examineDatabase, takeTurn } from './postgres-turns.ts';

export interface PostgresLedgerOptions {
  readonly address: DatabaseAddress;
  /** The environment variable that the address came from. */
  readonly variable: string;
  /** The schema that holds this blog's ledger and nothing else. */
  readonly schema: string;
  /** The certificate of the authority that vouches for the server, as PEM. */
  readonly ca?: string | undefined;
  /** Ends a wait for a server that cannot be read. A write is never given up half way: it is bounded by time limits. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for a server that went away; 30 s by default. */
  readonly patience?: number | undefined;
  /** What earlier runs folded; nothing is remembered without it. */
  readonly memo?: Memo<CopyState> | undefined;
}

/** What the rows of one file add up to. */
interface Held {
  readonly bytes: Buffer;
  /** The number that the next row has. */
  readonly next: number;
  /** A row that is not there, though later ones are. */
  readonly gap?: number;
}

type Files = ReadonlyMap<string, Held>;

/**
 * A ledger in one table of a PostgreSQL database, whose rows are only ever added. That the number of a row is unique for its file is
 * what lets one writer of several win. Throws `LEDGER_UNREADABLE`, `LEDGER_UNWRITABLE` and `LEDGER_LOST`.
 */
export function openPostgresLedger(options: PostgresLedgerOptions): Ledger {
  const { schema, address, memo } = options;
  const shown = `the schema ${schema} of ${address.shown}`;
  const database = openDatabase({ ...options, shown });
  const table = openTable(database, schema, shown);
  const { read, change, placeOf } = table;

  return {
    description: `PostgreSQL, ${shown}`,

    takeTurn: (queue, limit, pause) => takeTurn(database, queue, limit, pause),

    examine: () => database.ask('read', examineDatabase),

    read() {
      return read({ copies: [], opened: {} }, async (run) => {
        const files = await listFiles(run, schema, `path !~ '^(${bodiesFolder}|pages)/'`);
        const copies = [...files].filter(([path]) => isCopyPath(path));
        return {
          opened: readOpened(files, placeOf),
          copies: sortCopies(
            copies.flatMap(([path, held]) => readCopyFile(placeOf(path), readHeld(held, placeOf(path)))),
          ),
        };
      });
    },

    readStates() {
      return read({ states: new Map(), opened: {} }, (run) => readFolded(run, schema, placeOf, memo));
    },

    async append(copy, expectedLength, entry) {
      const [line, path] = [formatEntry(entry), pathOfCopy(copy)];
      return change([path], (files, again) => {
        const held = files.get(path);
        const lines =
          held === undefined ? [] : parseCopyFile(readHeld(held, placeOf(path))(), placeOf(path)).lines;
        if (again && `${lines[expectedLength]}\n` === line) return { answer: 'ok' };
        if (lines.length !== expectedLength) return { answer: 'moved' };
        return { answer: 'ok', path, text: held === undefined ? formatHeader(copy) + line : line };
      });
    },

    async open(target, at) {
      await change([], (files) => {
        const opened = readOpened(files, placeOf);
        if (Object.hasOwn(opened, target)) return { answer: 'ok' };
        return { answer: 'ok', path: layoutFile, text: formatLayout({ ...opened, [target]: at }) };
      });
    },

    async storeBody(fingerprint, body) {
      const path = pathOfBody(fingerprint);
      await change([path], (files) =>
        files.has(path) ? { answer: 'ok' } : { answer: 'ok', path, text: body },
      );
    },

    readBody(fingerprint) {
      const path = pathOfBody(fingerprint);
      return read(undefined, async (run) =>
        (await readFiles(run, schema, [path])).get(path)?.bytes.toString('utf8'),
      );
    },

    readPieces() {
      return read(new Map(), (run) => readAllPieces(run, schema, placeOf));
    },

    async storePieces(postId, pieces) {
      const path = pathOfPieces(postId);
      await change([path], (files) => {
        const held = files.get(path);
        const bytes = held && readHeld(held, placeOf(path))();
        const lines = addPieces(postId, pieces, bytes, placeOf(path));
        return lines === undefined ? { answer: 'ok' } : { answer: 'ok', path, text: lines.text };
      });
    },
  };
}

/** The state of each copy, of which only what changed since the last run is read; in one sight of the table. */
async function readFolded(
  run: Run,
  schema: string,
  placeOf: (path: string) => FilePlace,
  memo: PostgresLedgerOptions['memo'],
): Promise<Standing> {
  await run('begin isolation level repeatable read read only');
  const found = await run<{ path: string; version: string }>(
    `select path, count(*) || ' ' || max(number) || ' ' || encode(sha256(string_agg(text, ''::bytea order by number)), 'hex') as version
    from ${nameTable(schema)} where path !~ '^(${bodiesFolder}|pages)/' group by path`,
  );
  const opened = readOpened(await readFiles(run, schema, [layoutFile]), placeOf);
  const versions = new Map(
    found.map(({ path, version }) => [path, version] as const).filter(([path]) => isCopyPath(path)),
  );
  const readChanged = async (paths: readonly string[]) => {
    const files = await readFiles(run, schema, paths);
    return paths.map((path) => readCopyFile(placeOf(path), readHeld(files.get(path), placeOf(path))));
  };
  const states = await foldFiles({ versions, read: readChanged }, memo);
  await run('commit');
  return { states, opened };
}

async function readAllPieces(
  run: Run,
  schema: string,
  placeOf: (path: string) => FilePlace,
): ReturnType<Ledger['readPieces']> {
  const files = [...(await listFiles(run, schema, `path like 'pages/%'`))].filter(([path]) =>
    isPiecesPath(path),
  );
  return new Map(files.map(([path, held]) => readPieceFile(placeOf(path), readHeld(held, placeOf(path)))));
}

/** What a change comes to: an answer at once, or a text to add to a file for it. */
interface Effect {
  readonly answer: 'ok' | 'moved';
  readonly path?: string;
  readonly text?: string;
}

/** Opens the ledger's table, which is made by the first change. */
function openTable(database: Database, schema: string, shown: string) {
  const placeOf = (path: string): FilePlace => ({ path, shown: `${schema}:${path}` });
  let isThere = false;

  /** If a table is deleted while it is in use, it is not begun anew with what is left to record. */
  const watch = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      if (!isLacking(error)) throw error;
      throw new BroadsideError('LEDGER_LOST', `The ledger in ${shown} was deleted while it was in use.`, {
        remedy: 'Restore the schema from a backup.',
      });
    }
  };

  const make = async (run: Run): Promise<void> => {
    if (!isThere && (await findTable(run, schema)) !== 'ready') await makeTable(run, schema);
    isThere = true;
  };

  return {
    placeOf,

    /** What is read of the table, or `none` where there is none yet. */
    read: <Answer>(none: Answer, work: (run: Run) => Promise<Answer>): Promise<Answer> =>
      watch(() =>
        database.ask('read', async (run) => {
          const found = isThere ? 'ready' : await findTable(run, schema);
          if (found === 'none') return none;
          if (found === 'older') await makeTable(run, schema);
          isThere = true;
          return work(run);
        }),
      ),

    /** Decides a change from what files hold, and makes it. If another writer was quicker, it is decided again. */
    change: (
      paths: readonly string[],
      decide: (files: Files, again: boolean) => Effect,
    ): Promise<Effect['answer']> =>
      watch(() =>
        database.ask('written', async (run, isRetry) => {
          await make(run);
          for (let again = isRetry; ; again = true) {
            const files = await readFiles(run, schema, [layoutFile, ...paths]);
            readOpened(files, placeOf);
            const { answer, path, text } = decide(files, again);
            if (path === undefined || text === undefined) return answer;
            if (await addRow(run, schema, path, files.get(path)?.next ?? 0, text)) return answer;
          }
        }),
      ),
  };
}

/** Adds a row, durable on return, unless there is one of the same number. */
async function addRow(
  run: Run,
  schema: string,
  path: string,
  number: number,
  text: string,
): Promise<boolean> {
  const added = await run(
    `insert into ${nameTable(schema)} (path, number, text)
    select $1, $2, $3 where set_config('synchronous_commit', 'on', true) = 'on'
    on conflict do nothing returning number`,
    [path, number, Buffer.from(text)],
  );
  return added.length === 1;
}

function readFiles(run: Run, schema: string, paths: readonly string[]): Promise<Files> {
  return listFiles(run, schema, 'path = any($1::text[])', [paths]);
}

async function listFiles(
  run: Run,
  schema: string,
  where: string,
  values: readonly unknown[] = [],
): Promise<Files> {
  const rows = await run<{ path: string; number: number; text: Buffer }>(
    `select path, number, text from ${nameTable(schema)} where ${where} order by path, number`,
    values,
  );
  return new Map(
    [...Map.groupBy(rows, ({ path }) => path)].map(([path, own]) => {
      const gap = own.findIndex(({ number }, index) => number !== index);
      const next = (own.at(-1)?.number ?? -1) + 1;
      // The layout is written whole each time, and the last one counts.
      const counted = path === layoutFile ? own.slice(-1) : own;
      return [
        path,
        {
          bytes: Buffer.concat(counted.map(({ text }) => endRow(path, text))),
          next,
          ...(gap >= 0 && { gap }),
        },
      ];
    }),
  );
}

/** When each target was opened. Throws `LEDGER_UNREADABLE`. */
function readOpened(files: Files, placeOf: (path: string) => FilePlace): Readonly<Record<string, string>> {
  const held = files.get(layoutFile);
  if (held === undefined) throw damaged(placeOf(layoutFile), 'is missing');
  return parseLayout(held.bytes.toString('utf8'), placeOf(layoutFile));
}

/** A row is never half written: where a person's change dropped its last line break, the line counts. A body has no lines. */
function endRow(path: string, text: Buffer): Buffer {
  const isWhole = text.length === 0 || text.at(-1) === 0x0a || path.startsWith(`${bodiesFolder}/`);
  return isWhole ? text : Buffer.concat([text, Buffer.from('\n')]);
}

/** What gives a file's bytes. */
function readHeld(held: Held | undefined, place: FilePlace): () => Buffer {
  return () => {
    const { bytes, gap } = held ?? { bytes: Buffer.alloc(0) };
    if (gap !== undefined) throw damaged(place, `has lost its row ${gap}`);
    return bytes;
  };
}
