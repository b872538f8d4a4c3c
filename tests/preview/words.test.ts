import { expect, test } from 'vitest';
import type { CalendarEntry, ShownState } from '../../src/preview/define.ts';
import { describeState, tellEntry, tellState } from '../../src/preview/app/words.ts';

const now = '2026-12-01T08:00';

test.each<[ShownState, string]>([
  [{ state: 'live', reason: 'unchanged', local: '2026-11-24T09:00' }, '24 Nov, 09:00'],
  [{ state: 'waiting', reason: 'scheduled', local: '2026-12-03T08:30' }, '3 Dec, 08:30'],
  [{ state: 'waiting', reason: 'out-of-order: after trees' }, 'out-of-order: after trees'],
  [{ state: 'changed', reason: 'changed: post, links' }, 'post, links'],
  [
    { state: 'error', reason: 'held: unsupported, devto-title-length at a.md:2' },
    'devto-title-length at a.md:2',
  ],
  [{ state: 'drifted', reason: 'held: drifted' }, ''],
  [{ state: 'held', reason: 'held: interrupted, nobody can tell' }, 'interrupted, nobody can tell'],
  [{ state: 'by-hand', reason: 'ready to be pasted', local: '2026-11-28T08:30' }, 'since 28 Nov, 08:30'],
  [{ state: 'by-hand', reason: 'changed since it was made: post' }, 'changed since it was made: post'],
  [{ state: 'new', reason: 'new' }, ''],
])('what stands beside the badge of $state says no more than is new', (copy, said) => {
  expect(describeState(copy, now)).toBe(said);
});

test('a state in whole words says what, why and when', () => {
  expect(
    tellState({ state: 'by-hand', reason: 'ready to be imported', local: '2026-11-28T08:30' }, now),
  ).toBe('by hand, ready to be imported, 28 Nov, 08:30');
  expect(tellState({ state: 'drifted', reason: 'held: drifted' }, now)).toBe('drifted');
});

test.each<[CalendarEntry['what'], string, string]>([
  ['out', 'unchanged', 'went out'],
  ['out', 'changed: post', 'went out, changed since: post'],
  ['due', 'new', 'goes out with the next publish'],
  ['waiting', 'scheduled 2026-12-03 08:30 Europe/London', 'goes out'],
  ['waiting', 'out-of-order: after trees', 'waits: out-of-order: after trees'],
  ['held', 'held: unsupported, post-empty at a.md:1', 'is held: post-empty at a.md:1'],
  ['by-hand', 'ready to be pasted', 'is to be made by hand: ready to be pasted'],
])('the calendar says of what is %s: %s', (what, reason, said) => {
  const entry = { post: 'trees', title: 'Trees', target: 'devto', at: '2026-12-01T08:00:00Z', local: now };
  expect(tellEntry({ ...entry, what, reason })).toBe(said);
});
