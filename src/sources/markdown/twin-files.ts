import { basename } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SourceSite } from '../define.ts';
import type { LoadedPost } from './loaded-post.ts';
import { showPath } from './show-path.ts';

/** The endings of posts, in order of preference. A notebook comes last, because its rendered file is beside it. */
const endings = ['md', 'markdown', 'mdx', 'svx', 'qmd'];

/** A file as it was loaded, and its absolute path. */
interface Placed extends LoadedPost {
  readonly path: string;
}

/**
 * Parts posts from files that another of the same name and id stands for, with another ending: `index.qmd` beside the `index.md`
 * that is made of it. Two that a person may have written are reported.
 */
export function partTwins<File extends Placed>(
  loaded: readonly File[],
  site: SourceSite,
): { readonly kept: readonly File[]; readonly diagnostics: readonly Diagnostic[] } {
  const twins = new Map<File, File>();
  for (const alike of Map.groupBy(loaded, ({ path }) => path.slice(0, path.lastIndexOf('.'))).values()) {
    const [first, ...others] = alike.toSorted((a, b) => rankOf(a) - rankOf(b));
    for (const other of others) if (first !== undefined && isSame(first, other)) twins.set(other, first);
  }
  return {
    kept: loaded.filter((file) => !twins.has(file)),
    diagnostics: [...twins]
      .filter(([{ path }]) => !/\.qmd$/i.test(path))
      .map(([{ path }, first]) => ({
        rule: 'post-file-twin',
        severity: 'warning',
        message: `${basename(first.path)} beside it is the post of this name, so this file is not read.`,
        remedy: 'Keep one of the two, or give this one an `id` of its own if it is another post.',
        file: showPath(path, site.root),
        line: 1,
        column: 1,
      })),
  };
}

function rankOf({ path }: Placed): number {
  return endings.indexOf(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

/** Whether two files are one post: a file that is no post by itself is not another one. */
function isSame({ post }: Placed, other: Placed): boolean {
  return post !== undefined && other.letter === undefined && (other.post?.id ?? post.id) === post.id;
}
