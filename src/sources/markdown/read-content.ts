import { digestText } from '../../base/digest.ts';
import type { Post } from '../../model/post.ts';
import type { Content, Variant } from '../../model/source.ts';
import type { Dialect } from '../../reading/dialects/dialect.ts';
import type { SourceSite } from '../define.ts';
import type { PostOptions } from './loaded-post.ts';
import { nameFiles } from './name-files.ts';
import { readTree } from './parse-body.ts';
import { readText } from './read-text.ts';
import { showPath } from './show-path.ts';
import type { VariantFile } from './variants.ts';

/**
 * Reads a post's body, `file` being relative to the blog's folder, and those for one target beside it; and, unless the file is no
 * post, what the files that they name are on the site. Throws `POST_UNREADABLE`.
 */
export async function readContent(
  file: string,
  variantFiles: readonly VariantFile[],
  post: Post | undefined,
  options: PostOptions,
  site: SourceSite,
  signal: AbortSignal,
): Promise<Content> {
  signal.throwIfAborted();
  const dialect = options.syntax ?? {};
  const { tree, digest, text } = await readBody(file, dialect, site);
  const variants: Record<string, Variant> = {};
  for (const { target, path } of variantFiles) {
    variants[target] = await readBody(showPath(path, site.root), dialect, site);
  }
  const content = { tree, digest, text, ...(Object.keys(variants).length > 0 && { variants }) };
  return post === undefined ? content : nameFiles(content, post, options, site);
}

async function readBody(file: string, dialect: Dialect, site: SourceSite) {
  const text = readText(file, site);
  const tree = await readTree(text, file, dialect);
  return { tree, digest: digestText(text), path: file, text };
}
