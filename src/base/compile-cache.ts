import { existsSync, lstatSync, mkdirSync, statSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Whose compiled code is to be kept, and on what machine. */
export interface CacheUser {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The user's number; undefined on Windows, which has none and gives each user a cache folder that is closed to others. */
  readonly id: number | undefined;
}

/**
 * The folder for compiled code, made where it is not there. What is read from it is run, so it has to be the user's own and
 * closed to everybody else; undefined where there is no such folder.
 */
export function openCompileCache(user: CacheUser): string | undefined {
  try {
    const parent = nameCacheFolder(user);
    const folder = join(parent, 'broadside');
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found === undefined) {
      if (!existsSync(parent)) mkdirSync(parent, { mode: 0o700 });
      mkdirSync(folder, { mode: 0o700 });
    }
    const isSafe = isClosed(found ?? lstatSync(folder), user) && keepsEntries(statSync(parent), user);
    return isSafe ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Where programs keep what they can make anew, by the platform's custom. */
function nameCacheFolder({ environment, platform }: CacheUser): string {
  const named = environment[platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME'] ?? '';
  if (isAbsolute(named)) return named;
  if (platform === 'win32') return join(homedir(), 'AppData', 'Local');
  return join(homedir(), ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']));
}

/** Whether it is a folder, not a link to one, and only its user may enter it. */
function isClosed(entry: Stats, { id }: CacheUser): boolean {
  return entry.isDirectory() && (id === undefined || (entry.uid === id && (entry.mode & 0o077) === 0));
}

/** Whether nobody but the user and the system can put another folder in the place of one of the user's in it. */
function keepsEntries({ uid, mode }: Stats, { id }: CacheUser): boolean {
  const isSticky = (mode & 0o1000) !== 0;
  return id === undefined || ((uid === id || uid === 0) && (isSticky || (mode & 0o022) === 0));
}
