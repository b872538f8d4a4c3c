import { undated, type Post } from '../model/post.ts';
import type { CalendarEntry, ShownState } from './define.ts';

/** What a calendar is made of. */
export interface Dates {
  readonly posts: readonly Post[];
  /** Where the copies of a post stand, by target, by the post's id. */
  readonly states: ReadonlyMap<string, Readonly<Record<string, ShownState>>>;
  /** The targets that hold one copy a post. */
  readonly targets: readonly string[];
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly toLocal: (instant: string) => string;
}

/** What went out and what will, with its original, in the order of the instants. */
export function listCalendar(dates: Dates): readonly CalendarEntry[] {
  const entries = dates.posts.flatMap((post) => [
    ...listOriginal(post, dates),
    ...dates.targets.flatMap((target) => listCopy(post, target, dates)),
  ]);
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function listOriginal(post: Post, { now, toLocal }: Dates): readonly CalendarEntry[] {
  if (post.publishAt === undated || post.draft) return [];
  const isOut = Date.parse(post.publishAt) <= Date.parse(now);
  return [
    {
      ...describePost(post),
      what: isOut ? 'out' : 'waiting',
      at: post.publishAt,
      local: toLocal(post.publishAt),
      reason: isOut ? 'the original came out' : 'the original comes out',
      url: post.canonicalUrl,
    },
  ];
}

function listCopy(post: Post, target: string, { states, now, toLocal }: Dates): readonly CalendarEntry[] {
  const state = states.get(post.id)?.[target];
  if (state === undefined) return [];
  const { reason, at, local, url } = state;
  const entry = { ...describePost(post), target, reason, ...(url !== undefined && { url }) };
  const isOut =
    state.state !== 'waiting' && state.state !== 'by-hand' && at !== undefined && local !== undefined;
  if (isOut) return [{ ...entry, what: 'out', at, local }];
  switch (state.state) {
    case 'waiting':
      return [{ ...entry, what: 'waiting', at: at ?? now, local: local ?? toLocal(now) }];
    case 'by-hand':
      return [{ ...entry, what: 'by-hand', at: at ?? now, local: local ?? toLocal(now) }];
    case 'new':
      return [{ ...entry, what: 'due', at: now, local: toLocal(now) }];
    case 'held':
    case 'error':
      return [{ ...entry, what: 'held', at: now, local: toLocal(now) }];
    default:
      return [];
  }
}

function describePost({ id, title, series }: Post) {
  return { post: id, title, ...(series !== undefined && { series: series.name }) };
}
