import { type Dirent, existsSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { relative, sep } from 'node:path';
import { describeFileError } from '../describe-file-error.ts';

/** A file that looks like a post, or something named like one that cannot be read as one. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** Why it is not to be read, as a sentence. */
  readonly fault?: string;
}

/**
 * Finds the posts below a folder, in the order of their paths: `.md`, `.markdown` and `.mdx` files, and whatever
 * cannot be looked into. Names that start with a dot or an underscore and `node_modules` are passed over, all
 * but `_posts` and `_drafts`; links out of `root` and of the folder are not followed.
 * Throws what `node:fs` throws for the folder itself.
 */
export function walkFolder(folder: string, root: string): readonly FoundFile[] {
  const borders = [folder, root].map((path) => realpathSync.native(path));
  const seen = new Set<string>();

  const enter = (path: string): readonly FoundFile[] => {
    const real = realpathSync.native(path);
    if (seen.has(real)) return [];
    seen.add(real);
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !isPassedOver(entry.name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => visitEntry(`${path}${sep}${entry.name}`, entry));
  };

  const visitEntry = (path: string, entry: Dirent): readonly FoundFile[] => {
    const isPost = /\.(md|markdown|mdx)$/i.test(entry.name);
    try {
      const target = entry.isSymbolicLink() ? followLink(path, borders) : entry;
      if (target === undefined) {
        return isPost ? [{ path, fault: "The file is a link that leads out of the blog's folder." }] : [];
      }
      if (target.isDirectory()) {
        return isPost
          ? [{ path, fault: 'The file is a folder, though it is named like a post.' }]
          : enter(path);
      }
      if (!isPost) return [];
      return target.isFile() ? [{ path }] : [{ path, fault: 'The file is not a regular file.' }];
    } catch (error) {
      const noun = entry.isDirectory() ? 'folder' : 'file';
      return isPost || entry.isDirectory()
        ? [{ path, fault: `The ${noun} ${describeFileError(error)}.` }]
        : [];
    }
  };

  return enter(folder);
}

function isPassedOver(name: string): boolean {
  if (name === '_posts' || name === '_drafts') return false;
  return name.startsWith('.') || name.startsWith('_') || name === 'node_modules';
}

function followLink(path: string, borders: readonly string[]): Stats | undefined {
  return staysInside(path, borders) ? statSync(path) : undefined;
}

/** Whether a path, links followed, lies in one of these folders, whose paths are real ones. */
function staysInside(path: string, borders: readonly string[]): boolean {
  const real = realpathSync.native(path);
  return borders.some((border) => real === border || !leadsOut(relative(border, real)));
}

/** Whether a path is a file that lies, links followed, in one of these folders. Never throws. */
export function isFileInside(path: string, folders: readonly string[]): boolean {
  try {
    return (
      existsSync(path) &&
      staysInside(
        path,
        folders.map((folder) => realpathSync.native(folder)),
      ) &&
      statSync(path).isFile()
    );
  } catch {
    return false;
  }
}

function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || /^[a-z]:/i.test(path);
}
