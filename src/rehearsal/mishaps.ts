import type { Reply, StandInRequest } from './exchange.ts';

/** Which request goes wrong: the nth of all, or the nth of those of a method and a path; counted from 1. */
interface MishapPlace {
  readonly nth: number;
  readonly method?: string;
  /** A regular expression for the path, without its query. */
  readonly path?: string;
}

/** Whether a request is taken, which changes what the stand-in holds, before it goes wrong. */
type Moment = 'before' | 'after';

/** What goes wrong with a request. Those without `when` go wrong after it was taken, save the one that refuses it. */
export type Misbehaviour =
  /** The connection breaks without an answer. */
  | { readonly kind: 'reset'; readonly when: Moment }
  /** No answer ever comes, and the connection stays open. */
  | { readonly kind: 'hang'; readonly when: Moment }
  /** A server error is the answer. */
  | { readonly kind: 'error'; readonly when: Moment; readonly status: number }
  /** It is refused, with the seconds to wait. */
  | { readonly kind: 'limit'; readonly retryAfter: number }
  /** Another address is the answer. */
  | { readonly kind: 'redirect'; readonly when: Moment; readonly status: number; readonly to: string }
  /** It is taken and answered as if it had been refused; what is refused anyway is answered as it is. */
  | { readonly kind: 'refuse-taken'; readonly status: number }
  /** The connection breaks in the middle of the answer. */
  | { readonly kind: 'truncate' }
  /** A page for people is the answer, with the status of success. */
  | { readonly kind: 'page' }
  /** The answer lacks the header that names what was made. */
  | { readonly kind: 'forget-name' }
  /** The answer comes late, after so many milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** A list lacks the item with the highest id. */
  | { readonly kind: 'overlook-newest' };

/** One thing that goes wrong, once. Plain JSON. */
export interface Mishap {
  readonly at: MishapPlace;
  readonly does: Misbehaviour;
}

/** What a stand-in's connection is left with after a mishap: nothing for good, or an answer. */
export type Delivery =
  | { readonly kind: 'answer'; readonly reply: Reply; readonly afterMs: number }
  | { readonly kind: 'truncate'; readonly reply: Reply }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** Finds, for each request in the order they come in, what goes wrong with it. Each mishap happens once. */
export function countMishaps(
  mishaps: readonly Mishap[],
): (request: Pick<StandInRequest, 'method' | 'path'>) => Misbehaviour | undefined {
  const seen = new Map<Mishap, number>();
  return ({ method, path }) => {
    let found: Misbehaviour | undefined;
    for (const mishap of mishaps) {
      const { at, does } = mishap;
      if (at.method !== undefined && at.method !== method) continue;
      if (at.path !== undefined && !new RegExp(at.path).test(path)) continue;
      const count = (seen.get(mishap) ?? 0) + 1;
      seen.set(mishap, count);
      if (count === at.nth) found ??= does;
    }
    return found;
  };
}

/**
 * What becomes of a request that goes wrong. `take` does what the stand-in would have done, and answers; `namingHeader` is the
 * one, in lower case, that names what was made.
 */
export function misbehave(does: Misbehaviour, take: () => Reply, namingHeader?: string): Delivery {
  switch (does.kind) {
    case 'reset':
    case 'hang':
      if (does.when === 'after') take();
      return { kind: does.kind };
    case 'error':
      if (does.when === 'after') take();
      return answer({ status: does.status, ...page });
    case 'limit':
      return answer({
        status: 429,
        headers: { 'retry-after': String(does.retryAfter) },
        body: 'Retry later\n',
      });
    case 'redirect':
      if (does.when === 'after') take();
      return answer({ status: does.status, headers: { location: does.to } });
    case 'refuse-taken': {
      const reply = take();
      if (reply.status >= 400) return answer(reply);
      const error = 'Something about it is not right';
      return answer({ status: does.status, ...json, body: JSON.stringify({ error, message: error }) });
    }
    case 'truncate':
      return { kind: 'truncate', reply: take() };
    case 'page':
      return answer({ status: take().status, ...page });
    case 'forget-name': {
      const { headers, ...reply } = take();
      const kept = Object.entries(headers ?? {}).filter(([name]) => name !== namingHeader);
      return answer({ ...reply, headers: Object.fromEntries(kept) });
    }
    case 'slow':
      return { kind: 'answer', reply: take(), afterMs: does.ms };
    case 'overlook-newest':
      return answer(overlookNewest(take()));
    default:
      return does satisfies never;
  }
}

const page = {
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Be right back</title><h1>Be right back</h1>\n',
};

const json = { headers: { 'content-type': 'application/json; charset=utf-8' } };

function answer(reply: Reply): Delivery {
  return { kind: 'answer', reply, afterMs: 0 };
}

function overlookNewest(reply: Reply): Reply {
  const items: unknown = JSON.parse(String(reply.body));
  if (!Array.isArray(items)) return reply;
  const idOf = (item: unknown): number =>
    typeof item === 'object' && item !== null && 'id' in item ? Number(item.id) : 0;
  const newest = Math.max(...items.map(idOf));
  return { ...reply, body: JSON.stringify(items.filter((item) => idOf(item) !== newest)) };
}
