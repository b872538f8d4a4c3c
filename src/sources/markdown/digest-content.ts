import { digestJson, digestList, digestText } from '../../base/digest.ts';
import type { Digests } from '../../model/source.ts';
import { listExpressions } from '../../reading/dialects/value-expressions.ts';
import type { SourceSite } from '../define.ts';
import { showPath } from './show-path.ts';
import type { PostMemo } from './post-memo.ts';
import { readText } from './read-text.ts';
import type { SiteFiles } from './site-values.ts';
import type { VariantFile } from './variants.ts';

/** The digest of a text with the values that the site's files fill into it, and these files. */
export function digestFilled(
  text: string,
  site: SiteFiles | undefined,
): { readonly digest: string; readonly files?: readonly string[] } {
  const expressions = listExpressions(text);
  const digest = digestText(text);
  if (site === undefined || expressions.size === 0) return { digest };
  const { values, files } = site.ofSite(expressions);
  if (site.isOff) return { digest: digestList([digest, 'as written']), files };
  return Object.keys(values).length === 0
    ? { digest, files }
    : { digest: digestList([digest, digestJson(values)]), files };
}

/** The digests of a post's body and of those for one target beside it. Throws `POST_UNREADABLE`. */
export function digestContent(
  file: string,
  variantFiles: readonly VariantFile[],
  site: SourceSite,
  memo: PostMemo,
  siteFiles: SiteFiles | undefined,
): Digests {
  const digestFile = (path: string): string => {
    const known = memo.findDigest(path);
    if (known !== undefined) return known;
    const { digest, files } = digestFilled(readText(path, site), siteFiles);
    memo.rememberDigest(path, digest, files);
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
