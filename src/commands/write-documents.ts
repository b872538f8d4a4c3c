import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BroadsideError } from '../errors.ts';
import type { FeedDocument } from '../model/target.ts';

/** Writes a site's files, each whole or not at all; one that is already as it should be is not touched. */
export function writeDocuments(
  folder: string,
  documents: readonly Pick<FeedDocument, 'path' | 'text'>[],
): void {
  for (const { path, text } of documents) {
    const file = join(folder, path);
    if (readIfThere(file) === text) continue;
    const temporary = `${file}.broadside.tmp`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(temporary, text);
      renameSync(temporary, file);
    } catch (cause) {
      throw new BroadsideError('OUTPUT_UNWRITABLE', `${path} cannot be written to ${folder}.`, {
        remedy: 'Make that folder writable.',
        cause,
      });
    }
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
