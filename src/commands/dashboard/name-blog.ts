import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { digestText } from '../../base/digest.ts';

/**
 * What tells a blog apart from others in its repository: a digest of its config's path there, 16 hexadecimal digits. It is known
 * even if the config cannot be read.
 */
export function nameBlog(config: string, cwd: string): string {
  const path = resolve(cwd, config);
  const inside = relative(findRepository(dirname(path)) ?? cwd, path);
  return digestText(inside.split(sep).join('/')).slice(0, 16);
}

function findRepository(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : findRepository(dirname(folder));
}
