import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';

/** Whether a path names a folder or something in it; both absolute. Looks at no disk. */
export function isBelow(path: string, folder: string): boolean {
  const rest = relative(folder, path);
  return rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

/**
 * Whether a path lies in a folder once links are followed, as far as both are there already; both absolute. What cannot be
 * followed, such as a link to nothing, does not.
 */
export function staysInside(path: string, folder: string): boolean {
  if (!isBelow(path, folder)) return false;
  try {
    const [real, border] = [path, folder].map((one) => realpathSync.native(findExisting(one)));
    return isBelow(real ?? '', border ?? '');
  } catch {
    return false;
  }
}

/** The path itself, or the nearest folder above it that is there. */
function findExisting(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? findExisting(dirname(path)) : path;
}

/** Whether no part of a path, relative to a folder, is hidden: starts with a dot, or is where packages are installed. */
export function isVisible(path: string): boolean {
  return path.split(sep).every((part) => !part.startsWith('.') && part !== 'node_modules');
}
