import { expect, test } from 'vitest';
import { foldCopy } from '../../../src/ledger/fold.ts';
import { stateKey } from '../../../src/model/ledger.ts';
import { findLate } from '../../../src/report/dashboard/late.ts';
import { exampleAction, exampleIntent, exampleReceipt } from '../../examples.ts';
import { indexStates } from '../../index-states.ts';

const sentAt = (at: string) =>
  indexStates([
    foldCopy({
      copy: { target: 'devto', postId: 'other' },
      entries: [exampleIntent(), exampleReceipt({ at })],
    }),
  ]);

test('a copy that missed its slot is late once a week of slots has passed in which nothing went out', () => {
  const action = exampleAction('wait', 'hello', { reason: 'scheduled', missed: '2026-11-01T08:00:00Z' });
  const find = (lastSent: string, now: string) =>
    findLate(action, { dueSince: new Map(), states: sentAt(lastSent) }, now);
  expect(find('2026-10-01T08:00:00Z', '2026-11-12T08:00:00Z')).toEqual([
    { action, dueSince: '2026-11-01T08:00:00Z' },
  ]);
  expect(find('2026-10-01T08:00:00Z', '2026-11-06T08:00:00Z')).toEqual([]);
  expect(find('2026-11-11T08:00:00Z', '2026-11-12T08:00:00Z')).toEqual([]);
});

test.each([
  ['not-live', '2026-11-03T11:00:00Z', true],
  ['not-live', '2026-11-03T09:00:00Z', false],
  ['out-of-order', '2026-11-30T11:00:00Z', false],
] as const)('a copy that waits for %s is late on %s: %s', (reason, now, isLate) => {
  const action = exampleAction('wait', 'hello', { reason });
  const dueSince = new Map([[stateKey({ target: 'devto', postId: 'hello' }), '2026-11-02T08:00:00Z']]);
  expect(findLate(action, { dueSince, states: sentAt('2026-11-01T08:00:00Z') }, now)).toHaveLength(
    isLate ? 1 : 0,
  );
});
