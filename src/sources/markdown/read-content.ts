import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { digestText } from '../../digest.ts';
import { BroadsideError } from '../../errors.ts';
import type { Content, Digests, Variant } from '../../model/source.ts';
import type { Dialect } from '../../transform/dialects/dialect.ts';
import { describeFileError } from '../describe-file-error.ts';
import { normaliseText } from '../front-matter.ts';
import type { SourceSite } from '../index.ts';
import { postByteLimit, showPath } from './load-post.ts';
import type { PostCache } from './post-cache.ts';
import { isMdx, openDialect, parseBody } from './parse-body.ts';
import { decodeText } from './read-head.ts';
import type { VariantFile } from './variants.ts';

/** Reads a post's body, `file` being relative to the blog's folder, and those for one target beside it. Throws `POST_UNREADABLE`. */
export async function readContent(
  file: string,
  variantFiles: readonly VariantFile[],
  dialect: Dialect,
  site: SourceSite,
  signal: AbortSignal,
): Promise<Content> {
  signal.throwIfAborted();
  const { tree, digest } = await readBody(file, dialect, site);
  const variants: Record<string, Variant> = {};
  for (const { target, path } of variantFiles) {
    variants[target] = await readBody(showPath(path, site.root), dialect, site);
  }
  return { tree, digest, ...(Object.keys(variants).length > 0 && { variants }) };
}

/** The digests of a post's body and of those for one target beside it. Throws `POST_UNREADABLE`. */
export function digestContent(
  file: string,
  variantFiles: readonly VariantFile[],
  site: SourceSite,
  cache: PostCache,
): Digests {
  const digestFile = (path: string): string => {
    const known = cache.findDigest(path);
    if (known !== undefined) return known;
    const digest = digestText(readText(path, site));
    cache.keepDigest(path, digest);
    return digest;
  };
  const variants = variantFiles.map(
    ({ target, path }) => [target, digestFile(showPath(path, site.root))] as const,
  );
  return {
    digest: digestFile(file),
    ...(variants.length > 0 && { variants: Object.fromEntries(variants) }),
  };
}

async function readBody(file: string, dialect: Dialect, site: SourceSite): Promise<Variant> {
  const text = readText(file, site);
  const tree = parseBody(text, file, await openDialect(dialect, isMdx(file), text));
  return { tree, digest: digestText(text), path: file };
}

function readText(file: string, site: SourceSite): string {
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
