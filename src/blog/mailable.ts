import type { Letter } from '../model/letter.ts';
import type { Writing, Post } from '../model/post.ts';
import type { HoldingTarget, LetterTarget } from '../model/target.ts';
import { countHours, nameLength } from '../reading/front-matter/read-delay.ts';
import { overridesFor } from '../transform/overrides-for.ts';
import { findExclusion } from './eligibility.ts';

/** What a target could mail, with what a plan knows of it. */
export interface Mailable {
  readonly letter: Letter;
  readonly writing: Writing;
}

/**
 * What a target of letters could mail: the letters of its sequence or, without one, the letters by themselves and every post,
 * though most posts do not ask for it. `begin`: from when on the target mails letters that have no date, ISO 8601 in UTC.
 */
export function listMailable(
  target: LetterTarget,
  { posts, letters }: { readonly posts: readonly Post[]; readonly letters: readonly Letter[] },
  begin: string,
): readonly Mailable[] {
  const { name, sequence } = target;
  const own = letters
    .filter((letter) => letter.sequence?.name === sequence)
    .map((letter) => ({ letter, writing: describeWriting(letter, name, begin) }));
  if (sequence !== undefined) return countDelays(own, target);
  return [...own, ...posts.map((post) => ({ letter: mailPost(post, name), writing: post }))];
}

/** Counts each delay from the letter before that the target takes, so each letter keeps its day if another is left out. */
function countDelays(own: readonly Mailable[], target: LetterTarget): readonly Mailable[] {
  let passed = 0;
  return own.map((mailable) => {
    const { letter, writing } = mailable;
    const { hours, delay } = letter;
    if (hours === undefined || findExclusion({ ...writing, draft: false }, target) !== undefined)
      return mailable;
    const wait = hours - passed;
    passed = hours;
    if (wait === (delay === undefined ? 0 : countHours(delay))) return mailable;
    return { ...mailable, letter: { ...letter, delay: { ...nameLength(wait), from: 'previous' as const } } };
  });
}

/** What a target has copies of, or could have: posts, or what `listMailable` gives. */
export function listWritings(
  target: HoldingTarget,
  blog: { readonly posts: readonly Post[]; readonly letters: readonly Letter[] },
  begin: string,
): readonly Writing[] {
  if (target.granularity === 'copy') return blog.posts;
  return listMailable(target, blog, begin).map(({ writing }) => writing);
}

/** A post as the letter that a target mails of it. */
export function mailPost(post: Post, target: string): Letter {
  const { id, origin, canonicalUrl, title, summary, publishAt, lang, draft, syndicate, silence, places } =
    post;
  const own = overridesFor(post, target);
  const preview = own.description ?? summary;
  const subject = own.title ?? title;
  return {
    id,
    origin,
    title: subject,
    subject,
    ...(preview !== undefined && preview !== '' && { preview }),
    status: draft ? 'draft' : 'ready',
    publishAt,
    lang,
    canonicalUrl,
    syndicate,
    ...(silence && { silence }),
    places,
  };
}

/** A letter as a `Writing`: it goes to its target unless its author says otherwise, and is too old only by a date of its own. */
function describeWriting(letter: Letter, target: string, begin: string): Writing {
  const { id, origin, sequence, status, publishAt, syndicate } = letter;
  const isEarlier = publishAt !== undefined && Date.parse(publishAt) < Date.parse(begin);
  return {
    id,
    origin,
    canonicalUrl: '',
    publishAt: isEarlier ? publishAt : begin,
    draft: status === 'draft',
    ...(sequence && { series: { name: sequence.name, part: sequence.position } }),
    syndicate: syndicate === false ? false : { [target]: syndicate[target] ?? true },
  };
}
