import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Whether a folder, absolute, is in a git repository, judged by the folders alone: if git itself refuses the repository, that is an
 * error and no reason to use files.
 */
export function liesInRepository(folder: string): boolean {
  return (
    existsSync(join(folder, '.git')) || (dirname(folder) !== folder && liesInRepository(dirname(folder)))
  );
}
