import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isBelow, isVisible } from '../../base/stay-inside.ts';

/** The kinds of files that a link may lead to: the link and its end have to be of the same kind. */
const kinds = [/\.(?:md|markdown|mdx|qmd|svx)$/i, /\.(?:avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp)$/i];

/** Whether a name is that of a post or of a picture. */
export function isShown(name: string): boolean {
  return kinds.some((kind) => kind.test(name));
}

/**
 * Whether a symbolic link is followed: it is named like a post or a picture, and leads, by other links too, to a visible one in
 * the folder. Both absolute. Throws what `node:fs` throws where it leads to nothing.
 */
export function isFollowed(link: string, folder: string): boolean {
  const [real, border] = [realpathSync.native(link), realpathSync.native(folder)];
  const kind = kinds.find((one) => one.test(link));
  return kind?.test(real) === true && isBelow(real, border) && isVisible(relative(border, real));
}

/** Whether a path is a file of the blog in `root`, or a link that is followed inside `folder`. All absolute. Never throws. */
export function isFileInside(path: string, folder: string, root: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const [real, border] = [realpathSync.native(path), realpathSync.native(root)];
    const isPlain =
      real === join(border, relative(root, path)) ||
      real === join(realpathSync.native(folder), relative(folder, path));
    return isBelow(real, border) && (isPlain || isFollowed(path, folder)) && statSync(real).isFile();
  } catch {
    return false;
  }
}
