import { digestText } from '../../base/digest.ts';
import type { Digests } from '../../model/source.ts';
import type { SourceSite } from '../define.ts';
import { showPath } from './show-path.ts';
import type { PostMemo } from './post-memo.ts';
import { readText } from './read-text.ts';
import type { VariantFile } from './variants.ts';

/** The digests of a post's body and of those for one target beside it. Throws `POST_UNREADABLE`. */
export function digestContent(
  file: string,
  variantFiles: readonly VariantFile[],
  site: SourceSite,
  memo: PostMemo,
): Digests {
  const digestFile = (path: string): string => {
    const known = memo.findDigest(path);
    if (known !== undefined) return known;
    const digest = digestText(readText(path, site));
    memo.rememberDigest(path, digest);
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
