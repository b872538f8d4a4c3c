import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Whether a folder, absolute, lies in a git repository, by a look at the folders alone: where git itself refuses a repository, that
 * is an error and no reason for files.
 */
export function liesInRepository(folder: string): boolean {
  return (
    existsSync(join(folder, '.git')) || (dirname(folder) !== folder && liesInRepository(dirname(folder)))
  );
}
