import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { compareText } from '../../base/compare-text.ts';
import { isBelow } from '../../base/stay-inside.ts';
import { describeFileError } from '../../base/describe-file-error.ts';
import { isFollowed, isShown } from './follow-link.ts';

/** A file that looks like a post, or something that is not read as it looks. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly fault?: FileFault;
}

/** Why something is not read: a sentence. A link that is not followed may be a picture or a folder as well. */
export interface FileFault {
  readonly kind: 'unreadable' | 'link';
  readonly message: string;
}

/**
 * Finds the posts below a folder, in the order of their paths: `.md`, `.markdown` and `.mdx` files, and whatever cannot be looked
 * into. Names that start with a dot or an underscore and `node_modules` are passed over, all but `_posts` and `_drafts`. A link is
 * followed to a visible post in the folder; one to a folder in it need not be, since that is found where it is.
 * Throws what `node:fs` throws for the folder itself.
 */
export function walkFolder(folder: string): readonly FoundFile[] {
  const enter = (path: string): readonly FoundFile[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => !isPassedOver(entry.name))
      .toSorted((a, b) => compareText(a.name, b.name))
      .flatMap((entry) => visitEntry(`${path}${sep}${entry.name}`, entry));

  const visitEntry = (path: string, entry: Dirent): readonly FoundFile[] => {
    const isPost = /\.(md|markdown|mdx|qmd|svx)$/i.test(entry.name);
    const refuse = (message: string, kind: FileFault['kind'] = 'unreadable'): readonly FoundFile[] => [
      { path, fault: { kind, message } },
    ];
    try {
      if (entry.isSymbolicLink()) {
        if (statSync(path).isDirectory()) {
          return isFoundElsewhere(path, folder) ? [] : refuse(passedOver('folder'), 'link');
        }
        if (isShown(path) && !isFollowed(path, folder)) {
          return refuse(passedOver(isPost ? 'post' : 'picture'), 'link');
        }
      }
      if (entry.isDirectory()) {
        return isPost ? refuse('The file is a folder, though it is named like a post.') : enter(path);
      }
      if (!isPost) return [];
      const isFile = entry.isSymbolicLink() ? statSync(path).isFile() : entry.isFile();
      return isFile ? [{ path }] : refuse('The file is not a regular file.');
    } catch (error) {
      const noun = entry.isDirectory() ? 'folder' : 'file';
      return isPost || entry.isDirectory() ? refuse(`The ${noun} ${describeFileError(error)}.`) : [];
    }
  };

  return enter(folder);
}

function passedOver(noun: string): string {
  return `The file is a symbolic link that leads to no visible ${noun} of the same source, so it is not followed.`;
}

function isPassedOver(name: string): boolean {
  if (name === '_posts' || name === '_drafts') return false;
  return name.startsWith('.') || name.startsWith('_') || name === 'node_modules';
}

/** Whether what a link leads to is a folder that is walked in its own place. */
function isFoundElsewhere(link: string, folder: string): boolean {
  const [real, border] = [realpathSync.native(link), realpathSync.native(folder)];
  return isBelow(real, border) && (real === border || !relative(border, real).split(sep).some(isPassedOver));
}
