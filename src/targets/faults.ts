import type { Diagnostic, Place } from '../model/diagnostic.ts';
import type { Post, PostField } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { overridesFor } from './shown.ts';

/** What is wrong with a post for one target. */
export interface Fault extends Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy' | 'once'> {
  /** The field at fault (`text` exists only as an override), or the place in the body. */
  readonly at: PostField | 'text' | Place;
}

/**
 * Makes diagnostics of faults; one in what a post says for this target alone is shown where that is said,
 * one in the body in the file that the body is read from.
 */
export function reportFaults(
  post: Post,
  content: Pick<Content, 'path'>,
  target: string,
  faults: readonly Fault[],
): readonly Diagnostic[] {
  const own = overridesFor(post, target);
  const findPlace = (at: Fault['at']): Place => {
    if (typeof at === 'object') return at;
    const field = at === 'text' || at in own ? 'syndicate' : at;
    return post.places[field] ?? post.places.title ?? { line: 1, column: 1 };
  };
  return faults.map(({ at, ...fault }) => {
    const { line, column } = findPlace(at);
    const file = (typeof at === 'object' ? content.path : undefined) ?? post.origin.path;
    return { ...fault, file, line, column, postId: post.id, target };
  });
}
