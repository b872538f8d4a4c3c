import type { Diagnostic, Place } from '../model/diagnostic.ts';
import type { Letter, LetterField } from '../model/letter.ts';
import type { Post, PostField } from '../model/post.ts';
import type { Content } from '../model/source.ts';
import { overridesFor } from './overrides-for.ts';

/** What is wrong with a post or a letter for one target. */
export interface Fault extends Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy' | 'once'> {
  /** The field at fault (`text` exists only as an override), or the place in the body. */
  readonly at: PostField | LetterField | 'text' | Place;
}

/**
 * Makes diagnostics of faults; one in what front matter says for this target alone is shown where that is said,
 * one in the body in the file that the body is read from.
 */
export function reportFaults(
  written: Pick<Post | Letter, 'id' | 'origin' | 'syndicate'> & {
    readonly places: Readonly<Partial<Record<PostField | LetterField, Place>>>;
  },
  content: Pick<Content, 'path'>,
  target: string,
  faults: readonly Fault[],
): readonly Diagnostic[] {
  const { id: postId, origin, places } = written;
  const own = overridesFor(written, target);
  const findPlace = (at: Fault['at']): Place => {
    if (typeof at === 'object') return at;
    const field = at === 'text' || at in own ? 'syndicate' : at;
    return places[field] ?? places.subject ?? places.title ?? { line: 1, column: 1 };
  };
  return faults.map(({ at, ...fault }) => {
    const { line, column } = findPlace(at);
    const file = (typeof at === 'object' ? content.path : undefined) ?? origin.path;
    return { ...fault, file, line, column, postId, target };
  });
}
