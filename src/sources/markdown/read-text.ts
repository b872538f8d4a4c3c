import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import { describeFileError } from '../../base/describe-file-error.ts';
import { normaliseText } from '../../reading/front-matter/split.ts';
import type { SourceSite } from '../define.ts';
import { decodeText } from './read-head.ts';

/** The most bytes of a post: more would take minutes and gigabytes to parse, and no target takes it. */
export const postByteLimit = 2 * 1024 * 1024;

/** Reads a post's whole text, `file` being relative to the blog's folder. Throws `POST_UNREADABLE`. */
export function readText(file: string, site: SourceSite): string {
  const bytes = readBytes(file, site);
  if (bytes.length > postByteLimit) {
    throw new BroadsideError('POST_UNREADABLE', `${file} has grown too large to be read.`, {
      remedy: 'Make it a series, or move large data out of it.',
      file,
    });
  }
  const text = decodeText(bytes, true);
  if (typeof text === 'string') return normaliseText(text);
  throw new BroadsideError('POST_UNREADABLE', `${file} is not UTF-8 from line ${text.badBytes.line} on.`, {
    remedy: 'Save it as UTF-8.',
    file,
    ...text.badBytes,
  });
}

function readBytes(file: string, site: SourceSite): Uint8Array {
  try {
    return readFileSync(resolve(site.root, file));
  } catch (error) {
    throw new BroadsideError('POST_UNREADABLE', `${file} ${describeFileError(error)}.`, {
      remedy: 'Put the file back, or run the command again if it was being saved.',
      file,
      cause: error,
    });
  }
}
