import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BroadsideError } from './errors.ts';
import type { FeedDocument } from '../model/target.ts';
import { makeFolder, writeWhole } from './write-file.ts';

/** Where files are written, absolute. */
export interface OutputFolder {
  /** The folder that they stay in. */
  readonly folder: string;
  /** The blog's folder: if the other folder is in it by its name, no link may lead out of it. */
  readonly root: string;
}

/** Writes a site's files, each whole or not at all. A file that is already as it should be is not touched. */
export function writeDocuments(
  { folder, root }: OutputFolder,
  documents: readonly Pick<FeedDocument, 'path' | 'text'>[],
): void {
  for (const { path, text } of documents) {
    if (readWritten(folder, path) === text) continue;
    try {
      makeFolder(folder, root);
      writeWhole(folder, path, text);
    } catch (cause) {
      if (cause instanceof BroadsideError) throw cause;
      const { code = 'unknown reason' } = cause as NodeJS.ErrnoException;
      throw new BroadsideError('OUTPUT_UNWRITABLE', `${path} cannot be written to ${folder} (${code}).`, {
        remedy: 'Let this user write to that folder, and check that its disk has room.',
        cause,
      });
    }
  }
}

/** The text of a site's file as it is on disk below an absolute folder; undefined where it cannot be read. */
export function readWritten(folder: string, path: string): string | undefined {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return undefined;
  }
}
