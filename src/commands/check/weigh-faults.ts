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
 * Weighs faults: a pull request decides by what it touches, any other run by what could go out. An error that costs no more than a
 * feed's item a part of it is a warning.
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

/** Whether a change touches a file: it is in it, or another file of the same post's folder, or the config, which bears on all. */
function openTouched(changed: ReadonlySet<string> | undefined, config: string): (file: string) => boolean {
  if (changed === undefined || changed.has(config)) return () => true;
  const folders = new Set([...changed].map((path) => dirname(path)));
  return (file) => changed.has(file) || (/^index\.\w+$/.test(basename(file)) && folders.has(dirname(file)));
}
