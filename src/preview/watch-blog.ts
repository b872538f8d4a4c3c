import { readdirSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isVisible } from '../base/stay-inside.ts';
import type { Config } from '../config/load.ts';

/** How long after a change another one is waited for, in milliseconds: editors write a file in several steps. */
const settleTime = 60;

/** Watches what a preview is made from. */
export interface BlogWatch {
  /** Watches what a config names, and no longer what it does not. */
  readonly follow: (config: Config) => void;
  readonly close: () => void;
}

/** Calls `changed` when something has changed in the config, the posts' folders or the ledger's files, once for changes that follow at once. */
export function watchBlog(changed: () => void): BlogWatch {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, settleTime);
  };
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const add = (folder: string, recursive: boolean): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { recursive, persistent: false });
      watcher.on('change', wait);
      watcher.on('error', () => drop(folder));
      watchers.set(folder, watcher);
    } catch {
      // A folder that is not there yet, or may not be watched, changes nothing that is shown.
    }
  };
  return {
    follow(config) {
      const { root, file, ledger, sources } = config;
      const named = sources.flatMap(({ folder }) => (folder === undefined ? [] : [resolve(root, folder)]));
      const deep = [
        ...named.flatMap((folder) => (folder === root ? listFolders(root) : [folder])),
        resolve(root, ledger.path),
      ];
      const flat = [dirname(join(root, file)), ...named];
      for (const folder of watchers.keys()) if (![...deep, ...flat].includes(folder)) drop(folder);
      for (const folder of deep) add(folder, true);
      for (const folder of flat) add(folder, false);
    },
    close() {
      clearTimeout(timer);
      for (const folder of watchers.keys()) drop(folder);
    },
  };
}

/** The folders of a blog that posts may lie in: not those that are hidden, installed or written by programs. */
function listFolders(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isVisible(entry.name) && entry.name !== 'out')
    .map(({ name }) => join(root, name));
}
