import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Memo } from '../base/memo.ts';
import type { CopyState, PostPieces, Standing } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import { isCopyPath, isPiecesPath, layoutFile, pathOfBody } from './copy-path.ts';
import { foldFiles } from './fold-files.ts';
import { liesInRepository } from './lies-in-repository.ts';
import { listFiles, loadObjects, type ObjectReader } from './git-objects.ts';
import { parseLayout, readCopyFile } from './lines.ts';
import type { LedgerChoice } from './choice.ts';
import type { LedgerPlace } from './open.ts';
import { openLedgerMemo } from './open-memo.ts';
import { readPieceFile } from './piece-lines.ts';
import { gitEnvironment, runGit } from './run-git.ts';

/**
 * What this machine knows of a blog's ledger without a network: its files, or the branch as this clone last saw it. Undefined where
 * it knows none, as in a fresh checkout, or where a database has it.
 */
export async function readKnown(choice: LedgerChoice, place: LedgerPlace): Promise<Standing | undefined> {
  const folder = resolve(place.root, choice.path);
  if (choice.kind === 'postgres') return undefined;
  if (choice.kind !== 'git' && existsSync(folder))
    return (await import('./file.ts'))
      .openFileLedger({ folder, shownAs: choice.path, memo: openLedgerMemo(place.root, 'file', choice) })
      .readStates();
  if (choice.kind === 'file' || (choice.kind === undefined && !liesInRepository(place.root)))
    return { states: new Map(), opened: {} };
  const memo = openLedgerMemo(place.root, 'git', choice);
  return readKnownBranch(choice, place, (...known) => readStanding(...known, memo), {
    states: new Map(),
    opened: {},
  });
}

/** The pieces of pages that this machine knows a blog's ledger to keep, without a network. */
export async function readKnownPieces(
  choice: LedgerChoice,
  place: LedgerPlace,
): Promise<ReadonlyMap<PostId, PostPieces> | undefined> {
  const folder = resolve(place.root, choice.path);
  if (choice.kind === 'postgres') return undefined;
  if (choice.kind !== 'git' && existsSync(folder))
    return (await import('./file.ts')).openFileLedger({ folder, shownAs: choice.path }).readPieces();
  return choice.kind === 'file' ? undefined : readKnownBranch(choice, place, readPieces);
}

/** A body that was last sent, by its fingerprint, as far as this machine has it without a network. */
export async function readKnownBody(
  choice: LedgerChoice,
  place: LedgerPlace,
  fingerprint: string,
): Promise<string | undefined> {
  const folder = resolve(place.root, choice.path);
  if (choice.kind === 'postgres') return undefined;
  if (choice.kind !== 'git' && existsSync(folder))
    return (await import('./file.ts')).openFileLedger({ folder, shownAs: choice.path }).readBody(fingerprint);
  if (choice.kind === 'file') return undefined;
  return readKnownBranch(choice, place, async (git, tip) => {
    const id = (await listFiles(git, tip)).get(pathOfBody(fingerprint));
    return id === undefined ? undefined : (await loadObjects(git, [id])).get(id)?.toString('utf8');
  });
}

/** Reads a commit of the ledger's branch. */
type ReadCommit<Result> = (git: ObjectReader, tip: string, branch: string) => Promise<Result>;

async function readKnownBranch<Result>(
  choice: LedgerChoice,
  place: LedgerPlace,
  readCommit: ReadCommit<Result>,
  none?: Result,
): Promise<Result | undefined> {
  const { findHome, listRemotes, locateStore, tipRef } = await import('./git-home.ts');
  const { environment, secrets, signal } = place;
  const home = await findHome({ repository: place.root, environment, secrets });
  if (choice.kind === undefined && listRemotes(home).length === 0) return none;
  const own = { ...gitEnvironment(environment, 'own'), GIT_NO_LAZY_FETCH: '1' };
  const { store } = locateStore(home);
  const places = [
    ...(existsSync(store) ? [{ before: [`--git-dir=${store}`], ref: tipRef }] : []),
    { before: [], ref: `refs/remotes/${choice.remote ?? 'origin'}/${choice.branch}` },
  ];
  for (const { before, ref } of places) {
    const run = (args: readonly string[], input?: string | Uint8Array) =>
      runGit({ arguments: [...before, ...args], folder: home.top, environment: own, secrets, signal, input });
    const found = await run(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    if (found.code === 0) {
      const demand: ObjectReader['demand'] = async (args, input) => (await run(args, input)).stdout;
      return readCommit({ demand }, found.stdout.toString('utf8').trim(), choice.branch);
    }
  }
  return undefined;
}

async function readStanding(
  git: ObjectReader,
  tip: string,
  branch: string,
  memo: Memo<CopyState>,
): Promise<Standing> {
  const files = await listFiles(git, tip);
  const placeOf = (path: string) => ({ path, shown: `${branch}:${path}` });
  const load = async (paths: readonly string[]) => {
    const ids = new Set(paths.flatMap((path) => files.get(path) ?? []));
    const contents = await loadObjects(git, [...ids]);
    return (path: string): Buffer => contents.get(files.get(path) ?? '') ?? Buffer.alloc(0);
  };
  const readLayout = async () => {
    const read = await load([layoutFile]);
    return parseLayout(read(layoutFile).toString('utf8'), placeOf(layoutFile));
  };
  const copies = {
    versions: new Map([...files].filter(([path]) => isCopyPath(path))),
    read: async (paths: readonly string[]) => {
      const read = await load(paths);
      return paths.map((path) => readCopyFile(placeOf(path), () => read(path)));
    },
  };
  return {
    opened: files.has(layoutFile) ? await readLayout() : {},
    states: await foldFiles(copies, memo),
  };
}

async function readPieces(
  git: ObjectReader,
  tip: string,
  branch: string,
): Promise<ReadonlyMap<PostId, PostPieces>> {
  const files = [...(await listFiles(git, tip))].filter(([path]) => isPiecesPath(path));
  const contents = await loadObjects(git, [...new Set(files.map(([, id]) => id))]);
  return new Map(
    files.map(([path, id]) =>
      readPieceFile({ path, shown: `${branch}:${path}` }, () => contents.get(id) ?? Buffer.alloc(0)),
    ),
  );
}
