import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { mediaTypes } from '../base/media-types.ts';
import { isVisible } from '../base/stay-inside.ts';
import type { Config } from '../config/load.ts';
import type { KnownPlace } from '../ledger/known-places.ts';

/** How long after a change another one is waited for, in milliseconds: editors write a file in several steps. */
const settleTime = 60;

/** What a preview is made from. */
export interface Watched {
  readonly config: Config;
  /** Where this machine keeps what it knows of the ledger. */
  readonly ledger: readonly KnownPlace[];
  /** The folders, absolute, that the pictures of what was shown lie in or would lie in. */
  readonly pictures: ReadonlySet<string>;
  /** The files, absolute, that values in what was shown were looked for in. */
  readonly values: ReadonlySet<string>;
}

/** Watches what a preview is made from. */
export interface BlogWatch {
  /** Watches what is given, and nothing else from now on. */
  readonly follow: (watched: Watched) => void;
  readonly close: () => void;
}

/**
 * Calls `changed` when something has changed in the config, the posts' folders, the built site, the pictures and the site's values
 * that are shown, or what this machine knows of the ledger, once for changes that follow at once.
 */
export function watchBlog(changed: () => void): BlogWatch {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, settleTime);
  };
  const drop = (key: string): void => {
    watchers.get(key)?.close();
    watchers.delete(key);
  };
  const add = (key: string, { folder, isDeep, names }: Folder): void => {
    try {
      const watcher = watch(folder, { recursive: isDeep, persistent: false });
      watcher.on('change', (_kind, name) => {
        if (typeof name !== 'string' || counts(name, names)) wait();
      });
      watcher.on('error', () => drop(key));
      watchers.set(key, watcher);
    } catch {
      // A folder that is not there yet, or may not be watched, changes nothing that is shown.
    }
  };
  return {
    follow(watched) {
      const wanted = new Map(listFolders(watched).map((one) => [nameFolder(one), one]));
      for (const key of watchers.keys()) if (!wanted.has(key)) drop(key);
      for (const [key, one] of wanted) if (!watchers.has(key)) add(key, one);
    },
    close() {
      clearTimeout(timer);
      for (const key of watchers.keys()) drop(key);
    },
  };
}

/** A folder that is watched, absolute. */
interface Folder extends Omit<KnownPlace, 'names'> {
  readonly names?: KnownPlace['names'] | 'pictures';
}

function counts(name: string, names: Folder['names']): boolean {
  if (names === 'pictures') return mediaTypes[extname(name).toLowerCase()] !== undefined;
  return names === undefined || names.includes(name);
}

/** A folder that was deleted and made anew is another one. */
function nameFolder({ folder, isDeep, names }: Folder): string {
  const made = statSync(folder, { throwIfNoEntry: false })?.ino;
  return JSON.stringify([folder, isDeep, names, made]);
}

function listFolders({
  config: { root, file, sources },
  ledger,
  pictures,
  values,
}: Watched): readonly Folder[] {
  const named = sources.flatMap(({ folder }) => (folder === undefined ? [] : [resolve(root, folder)]));
  const deep = named.flatMap((folder) => (folder === root ? listVisible(root) : [folder]));
  const built = sources.flatMap(({ pages }) =>
    typeof pages === 'object' ? [resolve(root, pages.from)] : [],
  );
  return [
    ...deep.map((folder) => ({ folder, isDeep: true })),
    ...[dirname(join(root, file)), ...named, ...built].map((folder) => ({ folder, isDeep: false })),
    ...[...pictures].map((folder) => ({ folder, isDeep: false, names: 'pictures' as const })),
    ...[...Map.groupBy(values, dirname)].map(([folder, files]) => ({
      folder,
      isDeep: false,
      names: files.map((path) => basename(path)).toSorted(),
    })),
    ...ledger,
  ];
}

/** The folders of a blog that posts may lie in: not those that are hidden, installed or written by programs. */
function listVisible(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isVisible(entry.name) && entry.name !== 'out')
    .map(({ name }) => join(root, name));
}
