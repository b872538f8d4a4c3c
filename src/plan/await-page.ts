import type { CopyState, CopyStates } from '../model/ledger.ts';
import { copyOf, idOf, type CopyAction, type CopySubject } from '../model/plan.ts';
import type { PostId } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import { hold, stateOf, wait } from './actions.ts';
import type { Candidate } from './candidate.ts';
import type { PlanRequest } from './request.ts';
import { formatInstant } from '../base/format-instant.ts';

/** How long after it was due a copy waits for its original's page before it is held, in milliseconds. */
const pagePatience = 3 * 24 * 60 * 60 * 1000;

/**
 * The posts whose pages a copy is the first to link to: for a new copy its own post, for an update the posts that have joined its
 * series.
 */
export function findNewPages(
  action: CopyAction,
  states: CopyStates,
  { seriesByPost }: Pick<Site, 'seriesByPost'>,
): readonly PostId[] {
  const { verb, reason } = action;
  const post = idOf(action);
  if (verb === 'create' || reason === 'scheduled') return [post];
  const series = seriesByPost.get(post);
  if (verb !== 'update' || series === undefined) return [];
  const shown = stateOf(states, copyOf(action)).receipt?.references;
  if (shown === undefined) return [];
  const { references } = action.rendition;
  const members = [...series.parts, ...(series.hub === undefined ? [] : [series.hub])];
  return members.map((part) => part.postId).filter((id) => references.includes(id) && !shown.includes(id));
}

/**
 * Has a copy wait if its post has something that only its page shows, and the page is missing or does not match the post. Three
 * days after the copy was due, or after the `updated` of its post, it is held instead. A page that nobody has looked at keeps no
 * copy back for long.
 */
export function awaitPieces(
  { subject, writing, state, need, dueSince, wait: scheduled }: Candidate,
  { words, isUnseen }: { readonly words: string; readonly isUnseen: boolean },
  { now, timezone }: PlanRequest,
): CopyAction {
  if (scheduled !== undefined) return scheduled;
  const isNew = need === 'create';
  const since = isNew ? (dueSince ?? writing.publishAt) : writing.updatedAt;
  const said = words.replace(/\.$/, '');
  const isLate = since !== undefined && Date.parse(now) - Date.parse(since) > pagePatience;
  if (!isLate || isUnseen || (!isNew && since <= (state.receipt?.at ?? '')))
    return wait(subject, state, 'no-page', { note: said });
  const late = `${isNew ? 'the copy has been due' : 'the post has been changed'} since ${formatInstant(since, timezone)}`;
  return hold(
    subject,
    state,
    'no-page',
    `${said}, and ${late}; put the page up, or write in markdown what only it shows`,
  );
}

/**
 * Has a create or update wait if it leads to a page that cannot be read on the site. Three days after it was due, it is held
 * instead. `fault` is what is wrong with the page.
 */
export function awaitPage(
  subject: CopySubject,
  state: CopyState,
  dueSince: string,
  fault: string,
  { now, timezone }: PlanRequest,
): CopyAction {
  if (Date.parse(now) - Date.parse(dueSince) <= pagePatience)
    return wait(subject, state, 'not-live', { note: fault });
  const note = `${fault}, and the copy has been due since ${formatInstant(dueSince, timezone)}; put the page up, or set "require_live: false"`;
  return hold(subject, state, 'not-live', note);
}
