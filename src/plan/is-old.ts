import { Temporal } from 'temporal-polyfill';
import { stateKey, type Standing } from '../model/ledger.ts';
import type { Writing, PostId } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';
import type { PlanRequest } from './request.ts';

/** Posts dated before this instant, in milliseconds, are old: the start of the day on which the target was opened. */
export function beginOf(target: HoldingTarget, opened: string | undefined, request: PlanRequest): number {
  return Temporal.Instant.from(target.policy.since ?? opened ?? request.now)
    .toZonedDateTimeISO(request.timezone)
    .startOfDay().epochMilliseconds;
}

/** Whether a post is from before the target was opened, by its date or, where its author set one, by the time for this target. */
export function isOld(
  post: Writing,
  target: HoldingTarget,
  begin: number,
  { suspended }: PlanRequest,
): boolean {
  const at = readOverrideAt(post, target.name) ?? post.publishAt;
  return !suspended && Math.max(Date.parse(at), Date.parse(post.publishAt)) < begin;
}

/** When a post’s author wants it on a target, ISO 8601 in UTC; undefined where nothing was said. */
export function readOverrideAt(post: Writing, target: string): string | undefined {
  const wish = post.syndicate === false ? undefined : post.syndicate[target];
  return typeof wish === 'object' ? wish.at : undefined;
}

/** The ids of the posts that a run without names leaves out of a target as old. */
export function listOld(
  target: HoldingTarget,
  posts: readonly Writing[],
  { states, opened }: Standing,
  request: PlanRequest,
): readonly PostId[] {
  const begin = beginOf(target, opened[target.name], request);
  return posts
    .filter(({ id }) => !states.has(stateKey({ target: target.name, postId: id })))
    .filter((post) => isOld(post, target, begin, request))
    .map(({ id }) => id);
}
