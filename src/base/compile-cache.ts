import { existsSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** Whose compiled code is to be kept, and on what machine. */
export interface CacheUser {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The user's number; undefined on Windows, which has none and gives each user a cache folder that is closed to others. */
  readonly id: number | undefined;
}

/**
 * The folder for compiled code, by its real path; it is made if it is missing. What is read from it is run, so it has to belong to
 * the user and be closed to everybody else, and nobody else may be able to replace a folder above it. Undefined if there is no such
 * folder.
 */
export function openCompileCache(user: CacheUser): string | undefined {
  try {
    const named = nameCacheFolder(user);
    if (!existsSync(named)) mkdirSync(named, { mode: 0o700 });
    const parent = realpathSync(named);
    const folder = join(parent, 'broadside');
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder, { mode: 0o700 });
    const isSafe =
      isClosed(lstatSync(folder), user) &&
      listWithAbove(parent).every((above) => keepsEntries(lstatSync(above), user));
    return isSafe ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** A folder and all those above it. */
function listWithAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...listWithAbove(above)];
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

/** Whether only the user and the system can replace one of the user's folders in it. */
function keepsEntries({ uid, mode }: Stats, { id }: CacheUser): boolean {
  const isSticky = (mode & 0o1000) !== 0;
  return id === undefined || ((uid === id || uid === 0) && (isSticky || (mode & 0o022) === 0));
}
