import { describe, expect, it } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import { emptyState, stateKey } from '../../src/model/ledger.ts';
import type { CopyState, LedgerEntry } from '../../src/model/ledger.ts';
import { idOf, type CopyAction } from '../../src/model/plan.ts';
import type { Post } from '../../src/model/post.ts';
import type { CopyTarget, Schedule } from '../../src/model/target.ts';
import { decideCandidate } from '../../src/plan/decide.ts';
import { guardActions } from '../../src/plan/guard.ts';
import { keepOrder } from '../../src/plan/keep-order.ts';
import { selectCopies } from '../../src/plan/select.ts';
import {
  exampleIntent,
  examplePost,
  exampleReceipt,
  exampleRequest,
  exampleRendition,
  exampleTarget,
} from '../examples.ts';

const timezone = 'Europe/London';
const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2027-01-01T00:00:00Z');
const end = Date.parse('2028-01-20T00:00:00Z');
const silence = { from: Date.parse('2027-06-01T00:00:00Z'), to: Date.parse('2027-07-01T00:00:00Z') };

/** Numbers from 0 to 1 that look like chance and are the same every time (mulberry32). */
function makeChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** Sixty posts over the year, in eight series whose parts come out in order, some of them close together. */
function writePosts(chance: () => number): readonly Post[] {
  const dates = Array.from(
    { length: 60 },
    () => start + Math.floor((chance() * 355 * day) / 60_000) * 60_000,
  );
  return dates
    .toSorted((a, b) => a - b)
    .map((date, index) => {
      const series = index % 8;
      const isExact = index % 15 === 7;
      return examplePost(`post-${index}`, {
        publishAt: iso(date),
        series: { name: `series-${series}`, part: Math.floor(index / 8) + 1 },
        ...(isExact && { syndicate: { linkedin: { at: iso(date + 3 * day) } } }),
      });
    });
}

/** When an hourly run really happens: a fifth are dropped, some are hours late, and in June there are none. */
function listRuns(chance: () => number): readonly number[] {
  const runs: number[] = [];
  for (let due = start + 17 * 60_000; due < end; due += hour) {
    const isDropped = chance() < 0.2;
    const late = chance() < 0.1 ? chance() * 6 * hour : chance() * 0.3 * hour;
    const at = due + Math.floor(late / 1000) * 1000;
    if (!isDropped && (at < silence.from || at >= silence.to)) runs.push(at);
  }
  return runs.toSorted((a, b) => a - b);
}

interface Sent {
  readonly target: string;
  readonly post: Post;
  readonly at: number;
  readonly dueSince: number;
}

/** The whole of publishing but for the network: select, decide, guard, and what the ledger would hold of it. */
function publishFor(runs: readonly number[], posts: readonly Post[], targets: readonly CopyTarget[]) {
  const states = new Map<string, CopyState>();
  const entries = new Map<string, LedgerEntry[]>();
  const sent: Sent[] = [];
  let observed = 0;
  let nextAt = 0;
  for (const [index, now] of runs.entries()) {
    // Between two instants at which something may go out, each run in twenty-five stands for the others.
    if (now < nextAt && index % 25 !== 0) continue;
    const before = sent.length;
    const request = exampleRequest({ now: iso(now), timezone });
    const actions: CopyAction[] = [];
    const dueSince = new Map<string, number>();
    for (const target of targets) {
      const selection = selectCopies(target, posts, {
        states,
        opened: { [target.name]: iso(start) },
        request,
      });
      actions.push(...selection.actions);
      for (const candidate of selection.candidates) {
        if (candidate.dueSince !== undefined)
          dueSince.set(stateKey(candidate.state.copy), Date.parse(candidate.dueSince));
        const rendition = exampleRendition(candidate.writing.id, { target: target.name });
        actions.push(decideCandidate(candidate, rendition, [], request));
      }
    }
    nextAt = Math.min(
      ...actions.flatMap((action) =>
        action.verb === 'wait' && 'at' in action ? [Date.parse(action.at ?? '')] : [],
      ),
    );
    const ordered = keepOrder(actions, posts, targets, { states, opened: {}, request });
    for (const action of guardActions(ordered, states, targets, request)) {
      if (action.verb !== 'create') {
        observed += action.verb === 'wait' || action.verb === 'keep' ? 0 : 1;
        continue;
      }
      const post = posts.find(({ id }) => id === idOf(action));
      if (post === undefined) throw new Error('a post that is not there');
      const copy = { target: action.target, postId: idOf(action) };
      const key = stateKey(copy);
      const lines = entries.get(key) ?? [];
      const { canonicalUrl } = post;
      lines.push(exampleIntent({ at: iso(now) }), exampleReceipt({ at: iso(now + 1000), canonicalUrl }));
      entries.set(key, lines);
      states.set(key, lines.length === 0 ? emptyState(copy) : foldCopy({ copy, entries: lines }));
      sent.push({ target: action.target, post, at: now, dueSince: dueSince.get(key) ?? Number.NaN });
    }
    if (sent.length > before) nextAt = 0;
  }
  return { sent, others: observed };
}

function describeGap(milliseconds: number): string {
  if (milliseconds >= 2 * day) return `${(milliseconds / day).toFixed(1)} d`;
  return milliseconds >= hour
    ? `${(milliseconds / hour).toFixed(1)} h`
    : `${Math.round(milliseconds / 60_000)} min`;
}

/** How late the copies of each target went out: half of them, nine in ten, and at worst, outside of the silent month and because of it. */
function printTable(sent: readonly Sent[]): string {
  const rows = [...Map.groupBy(sent, ({ target }) => target)].map(([target, copies]) => {
    const gaps = (wanted: readonly Sent[]): readonly number[] =>
      wanted.map(({ at, dueSince }) => at - dueSince).toSorted((a, b) => a - b);
    const isAfterSilence = ({ dueSince, at }: Sent): boolean =>
      dueSince < silence.to && at >= silence.to - 6 * hour && dueSince >= silence.from - 6 * hour;
    const usual = gaps(copies.filter((one) => !isAfterSilence(one)));
    const silent = gaps(copies.filter(isAfterSilence));
    const at = (share: number): string => describeGap(usual[Math.floor(share * (usual.length - 1))] ?? 0);
    return [target, String(copies.length), at(0.5), at(0.9), at(1), describeGap(silent.at(-1) ?? 0)];
  });
  const head = ['target', 'copies', 'half within', '9 in 10 within', 'at worst', 'after the silent month'];
  const widths = head.map((word, column) =>
    Math.max(word.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

describe('a simulated year', () => {
  const chance = makeChance(20_270_101);
  const posts = writePosts(chance);
  const schedules: Readonly<Record<string, Schedule>> = {
    devto: { after: 'P2D', slots: [], quiet: [{ from: '22:00', to: '07:00' }], perRun: 3 },
    linkedin: {
      slots: [
        { weekday: 2, time: '08:30' },
        { weekday: 4, time: '08:30' },
      ],
      perDay: 1,
      quiet: [],
    },
  };
  const targets = Object.entries(schedules).map(([name, schedule]) =>
    exampleTarget({ name, kind: name, policy: { optIn: false, schedule } }),
  );
  const runs = listRuns(chance);
  const { sent, others } = publishFor(runs, posts, targets);
  const of = (target: string): readonly Sent[] => sent.filter((one) => one.target === target);
  console.log(`${runs.length} runs over a year and 20 days\n${printTable(sent)}`);

  it('has runs that are dropped, late, and missing for a month', () => {
    expect(runs.length).toBeGreaterThan(6000);
    expect(runs.length).toBeLessThan(0.82 * ((end - start) / hour));
    expect(runs.some((at) => at >= silence.from && at < silence.to)).toBe(false);
  });

  it.each(['devto', 'linkedin'])('sends every copy to %s once', (target) => {
    const ids = of(target).map(({ post }) => post.id);
    expect(ids).toHaveLength(60);
    expect(new Set(ids)).toEqual(new Set(posts.map(({ id }) => id)));
    expect(others).toBe(0);
  });

  it.each(['devto', 'linkedin'])('sends the parts of each series to %s in order', (target) => {
    const bySeries = Map.groupBy(of(target), ({ post }) => post.series?.name);
    expect(bySeries.size).toBe(8);
    for (const copies of bySeries.values()) {
      const parts = copies.map(({ post }) => post.series?.part ?? 0);
      expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    }
  });

  it('sends nothing before its time', () => {
    for (const { target, post, at, dueSince } of sent) {
      expect(at).toBeGreaterThanOrEqual(Date.parse(post.publishAt));
      expect(at).toBeGreaterThanOrEqual(dueSince);
      const wish = post.syndicate === false ? undefined : post.syndicate[target];
      const exact = typeof wish === 'object' ? wish.at : undefined;
      expect(at).toBeGreaterThanOrEqual(Date.parse(exact ?? post.publishAt));
    }
    for (const { post, at } of of('devto')) {
      expect(at - Date.parse(post.publishAt)).toBeGreaterThanOrEqual(2 * day - hour);
      const clock = new Date(at).toLocaleTimeString('en-GB', { timeZone: timezone });
      expect(clock >= '07:00:00' && clock < '22:00:00').toBe(true);
    }
  });

  it('catches up after the silence without a flood', () => {
    const days = Map.groupBy(of('linkedin'), ({ at }) =>
      new Date(at).toLocaleDateString('en-CA', { timeZone: timezone }),
    );
    for (const copies of days.values()) {
      const exact = copies.filter(
        ({ post }) => post.syndicate !== false && post.syndicate['linkedin'] !== undefined,
      );
      expect(copies.length - exact.length).toBeLessThanOrEqual(1);
    }
    for (const copies of Map.groupBy(of('devto'), ({ at }) => at).values()) {
      expect(copies.length).toBeLessThanOrEqual(3);
    }
  });

  it('sends to LinkedIn on the days of its slots alone, but for posts that name an instant', () => {
    for (const { post, at } of of('linkedin')) {
      if (post.syndicate !== false && post.syndicate['linkedin'] !== undefined) continue;
      const [weekday, clock = ''] = new Date(at)
        .toLocaleString('en-GB', { timeZone: timezone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
        .split(' ');
      expect(weekday).toMatch(/^(Tue|Thu)/);
      expect(clock >= '08:30').toBe(true);
    }
  });

  it('is late by hours at worst where the runs are, and by days after the silence', () => {
    for (const { at, dueSince } of sent) {
      const silent = dueSince >= silence.from - 6 * hour && dueSince < silence.to;
      expect(at - dueSince).toBeLessThan(silent ? 45 * day : 16 * hour);
    }
  });
});
