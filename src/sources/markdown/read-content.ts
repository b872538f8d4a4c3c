import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { digestText } from '../../digest.ts';
import { BroadsideError } from '../../errors.ts';
import type { Content, Variant } from '../../model/source.ts';
import type { Dialect } from '../../transform/dialect.ts';
import { describeFileError } from '../describe-file-error.ts';
import { normaliseText } from '../front-matter.ts';
import type { SourceSite } from '../index.ts';
import { postByteLimit, showPath } from './load-post.ts';
import { isMdx, openDialect, parseBody } from './parse-body.ts';
import { decodeText } from './read-head.ts';
import { findVariants } from './variants.ts';

/** Reads a post's body, `file` being relative to the blog's folder, and those for one target beside it. Throws `POST_UNREADABLE`. */
export async function readContent(
  file: string,
  dialect: Dialect,
  site: SourceSite,
  signal: AbortSignal,
): Promise<Content> {
  const { tree, digest } = await readBody(file, dialect, site, signal);
  const variants: Record<string, Variant> = {};
  for (const { target, path } of findVariants(resolve(site.root, file), site)) {
    variants[target] = await readBody(showPath(path, site.root), dialect, site, signal);
  }
  return { tree, digest, ...(Object.keys(variants).length > 0 && { variants }) };
}

async function readBody(
  file: string,
  dialect: Dialect,
  site: SourceSite,
  signal: AbortSignal,
): Promise<Variant> {
  const bytes = await readBytes(file, site, signal);
  if (bytes.length > postByteLimit) {
    throw new BroadsideError('POST_UNREADABLE', `${file} has grown too large to be read.`, {
      remedy: 'Make it a series, or move large data out of it.',
      file,
    });
  }
  const text = decodeText(bytes, true);
  if (typeof text !== 'string') {
    throw new BroadsideError('POST_UNREADABLE', `${file} is not UTF-8 from line ${text.badBytes.line} on.`, {
      remedy: 'Save it as UTF-8.',
      file,
      ...text.badBytes,
    });
  }
  const normalised = normaliseText(text);
  const tree = parseBody(normalised, file, await openDialect(dialect, isMdx(file), normalised));
  return { tree, digest: digestText(normalised), path: file };
}

async function readBytes(file: string, site: SourceSite, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await readFile(resolve(site.root, file), { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new BroadsideError('POST_UNREADABLE', `${file} ${describeFileError(error)}.`, {
      remedy: 'Put the file back, or run the command again if it was being saved.',
      file,
      cause: error,
    });
  }
}
