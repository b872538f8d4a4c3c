import type { Post } from '../../model/post.ts';
import type { Content, Variant } from '../../model/source.ts';
import type { Dialect } from '../../reading/dialects/dialect.ts';
import { listExpressions } from '../../reading/dialects/value-expressions.ts';
import type { SourceSite } from '../define.ts';
import { digestFilled } from './digest-content.ts';
import type { PostOptions } from './loaded-post.ts';
import { nameFiles } from './name-files.ts';
import { readTree } from './parse-body.ts';
import { readText } from './read-text.ts';
import { showPath } from './show-path.ts';
import type { SiteFiles } from './site-values.ts';
import type { VariantFile } from './variants.ts';

/** Opens the files that a site's values are in, once a body has something that may stand for one. */
export type OpenSite = () => Promise<SiteFiles>;

/** The files that a post's bodies are in. */
export interface BodyFiles {
  /** Relative to the blog's folder. */
  readonly path: string;
  /** Those of the bodies for one target. */
  readonly variantFiles: readonly VariantFile[];
  /** Undefined where the file is no post. */
  readonly post: Post | undefined;
}

/**
 * Reads a post's body, and those for one target beside it; and, unless the file is no post, what the files that they name are on
 * the site. Throws `POST_UNREADABLE`.
 */
export async function readContent(
  { path, variantFiles, post }: BodyFiles,
  options: PostOptions,
  site: SourceSite,
  openSite: OpenSite,
  signal: AbortSignal,
): Promise<Content> {
  signal.throwIfAborted();
  const { lang = site.language } = post ?? {};
  const dialect = { ...options.syntax, ...(/\.qmd$/i.test(path) && { lang }) };
  const { tree, digest, text, valueFiles } = await readBody(path, dialect, site, openSite);
  const variants: Record<string, Variant> = {};
  for (const variant of variantFiles) {
    variants[variant.target] = await readBody(showPath(variant.path, site.root), dialect, site, openSite);
  }
  const content = {
    tree,
    digest,
    text,
    ...(valueFiles && { valueFiles }),
    ...(Object.keys(variants).length > 0 && { variants }),
  };
  return post === undefined ? content : nameFiles(content, post, options, site);
}

async function readBody(file: string, dialect: Dialect, site: SourceSite, openSite: OpenSite) {
  const text = readText(file, site);
  const expressions = listExpressions(text);
  const files = expressions.size === 0 ? undefined : await openSite();
  const values = await files?.ofPost(expressions, text);
  const isFilled = values !== undefined && Object.keys(values).length > 0;
  const tree = await readTree(text, file, isFilled ? { ...dialect, values } : dialect);
  const filled = digestFilled(text, files);
  return { tree, digest: filled.digest, path: file, text, valueFiles: filled.files };
}
