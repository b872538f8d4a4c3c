import { basename, dirname } from 'node:path/posix';
import type { Blog } from '../../blog/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import type { CheckedFaults } from '../../report/show-check.ts';

/** What faults are weighed by. */
export interface Scales {
  readonly blog: Pick<Blog, 'posts' | 'refused' | 'variants'>;
  /** Whether a fault could stand in the way of a copy of its post; undefined where that is not known. */
  readonly mayGoOut: (post: Post, fault: Diagnostic) => boolean | undefined;
  /** The files that a pull request changes, relative to the blog's folder; undefined where there is none. */
  readonly changed: ReadonlySet<string> | undefined;
  /** The config's file, relative to the same. */
  readonly config: string;
}

/** Weighs faults: a pull request decides by what it touches, any other run by what could go out. */
export function weighFaults(
  faults: readonly Diagnostic[],
  { blog, mayGoOut, changed, config }: Scales,
): CheckedFaults {
  const byFile = new Map([...blog.refused, ...blog.posts].map((post) => [post.origin.path, post]));
  const isTouched = openTouched(changed, config);
  const weighed = Map.groupBy(faults, (fault): keyof CheckedFaults => {
    const post = byFile.get(blog.variants[fault.file] ?? fault.file);
    const touched = isTouched(fault.file) || (post !== undefined && isTouched(post.origin.path));
    const may = post === undefined || (mayGoOut(post, fault) ?? (changed !== undefined && touched));
    return may ? (touched ? 'deciding' : 'elsewhere') : 'leftOut';
  });
  return {
    deciding: weighed.get('deciding') ?? [],
    elsewhere: weighed.get('elsewhere') ?? [],
    leftOut: weighed.get('leftOut') ?? [],
  };
}

/** Whether a change touches a file: it is in it, or another file of the same post's folder, or the config, which bears on all. */
function openTouched(changed: ReadonlySet<string> | undefined, config: string): (file: string) => boolean {
  if (changed === undefined || changed.has(config)) return () => true;
  const folders = new Set([...changed].map((path) => dirname(path)));
  return (file) => changed.has(file) || (/^index\.\w+$/.test(basename(file)) && folders.has(dirname(file)));
}
