import { basename, dirname } from 'node:path/posix';
import type { Blog } from '../../blog/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import type { Loss } from '../../plan/outlook.ts';
import type { CheckedFaults } from '../../report/show-check.ts';

/** What faults are weighed by. */
export interface Scales {
  readonly blog: Pick<Blog, 'posts' | 'refused' | 'variants'>;
  /** What a fault costs its post; undefined where that is not known. */
  readonly judge: (post: Post, fault: Diagnostic) => Loss | undefined;
  /** The files that a pull request changes, relative to the blog's folder; undefined where there is none. */
  readonly changed: ReadonlySet<string> | undefined;
  /** The config's file, relative to the same. */
  readonly config: string;
}

/**
 * Weighs faults. In a pull request, those of touched posts decide; in any other run, those of posts that could go out. An error
 * that only shortens a feed's item is a warning.
 */
export function weighFaults(
  faults: readonly Diagnostic[],
  { blog, judge, changed, config }: Scales,
): CheckedFaults {
  const byFile = new Map([...blog.refused, ...blog.posts].map((post) => [post.origin.path, post]));
  const isTouched = openTouched(changed, config);
  const deciding: Diagnostic[] = [];
  const elsewhere: Diagnostic[] = [];
  const leftOut: Diagnostic[] = [];
  for (const fault of faults) {
    const post = byFile.get(blog.variants[fault.file] ?? fault.file);
    const touched = isTouched(fault.file) || (post !== undefined && isTouched(post.origin.path));
    const unknown: Loss = changed !== undefined && touched ? 'held' : 'nothing';
    const loss = post === undefined ? 'held' : (judge(post, fault) ?? unknown);
    if (loss === 'nothing') leftOut.push(fault);
    else (touched ? deciding : elsewhere).push(loss === 'short' ? { ...fault, severity: 'warning' } : fault);
  }
  return { deciding, elsewhere, leftOut };
}

/** Whether a change touches a file: it changes the file, another file in the post's folder, or the config, which touches all. */
function openTouched(changed: ReadonlySet<string> | undefined, config: string): (file: string) => boolean {
  if (changed === undefined || changed.has(config)) return () => true;
  const folders = new Set([...changed].map((path) => dirname(path)));
  return (file) => changed.has(file) || (/^index\.\w+$/.test(basename(file)) && folders.has(dirname(file)));
}
