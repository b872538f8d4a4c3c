import { describe, expect, it } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import { describeFuture, describeLead, findLanding, measureLead, takeLead } from '../../src/plan/flight.ts';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import { indexStates } from '../index-states.ts';

const copy = { target: 'devto', postId: 'a' };
const now = '2026-11-21T09:00:00Z';

describe('what has no outcome', () => {
  const begun = (at: string): readonly LedgerEntry[] => [exampleIntent({ at: `2026-11-21T${at}Z` })];

  it.each([
    ['ten minutes ago', begun('08:50:00'), false, undefined],
    ['less than ten minutes ago', begun('08:50:01'), false, '2026-11-21T09:00:01Z'],
    ['by a clock an hour ahead', begun('10:00:00'), false, '2026-11-21T10:10:00Z'],
    ['by a clock a day ahead', [exampleIntent({ at: '2026-11-22T09:00:00Z' })], false, undefined],
    ['a minute ago by a process that has ended', begun('08:59:00'), true, undefined],
    ['less than a minute ago by a process that has ended', begun('08:59:01'), true, '2026-11-21T09:00:01Z'],
    ['by a process that has ended before the clock was set back', begun('09:30:00'), true, undefined],
    ['a minute ago and given up', [...begun('08:59:00'), exampleFailure('unknown')], false, undefined],
    [
      'less than a minute ago and given up',
      [...begun('08:59:30'), exampleFailure('unknown')],
      false,
      '2026-11-21T09:00:30Z',
    ],
    ['and was refused', [...begun('08:59:30'), exampleFailure('refused')], false, undefined],
    ['and was taken', [...begun('08:59:30'), exampleReceipt()], false, undefined],
  ] as const)('and was begun %s', (_when, entries, gone, landing) => {
    const state = foldCopy({ copy, entries });
    expect(findLanding(state, { now, isSenderGone: () => gone })).toBe(landing);
  });
});

describe('a clock', () => {
  it.each([
    ['2026-11-21T09:02:00Z', 0],
    ['2026-11-21T08:58:00Z', 0],
    ['2026-11-21T09:02:01Z', 121_000],
    ['2026-11-21T08:00:00Z', -3_600_000],
  ])('that shows %s at 09:00 is ahead by %i ms', (own, lead) => {
    expect(measureLead(own, now)).toBe(lead);
    expect(takeLead(own, lead)).toBe(lead === 0 ? own : now);
  });

  it.each([
    [3_600_000, '60 minutes ahead of'],
    [-130_000, '2 minutes behind'],
    [-3 * 3_600_000, '3 hours behind'],
    [72 * 3_600_000, '3 days ahead of'],
  ])('that is ahead by %i ms is said to be so, and what to do', (lead, words) => {
    expect(describeLead(lead, 'devto')).toBe(
      `This machine's clock is ${words} that of devto. Set the clock by a time server: it decides what is due, and what another run may still be sending.`,
    );
  });

  it('that is behind what the ledger tells is doubted', () => {
    const entriesOf = (...at: readonly string[]) =>
      indexStates(
        at.map((instant, index) =>
          foldCopy({
            copy: { ...copy, postId: `post-${index}` },
            entries: [exampleIntent(), exampleReceipt({ at: instant })],
          }),
        ),
      );
    expect(describeFuture(new Map(), now)).toBeUndefined();
    expect(describeFuture(entriesOf(now, '2026-11-21T09:01:59Z'), now)).toBeUndefined();
    expect(describeFuture(entriesOf('2026-11-21T10:00:00.000Z', now), now)).toMatch(
      /^The ledger's newest entry is from 2026-11-21T10:00:00.000Z, 60 minutes from now: /,
    );
  });
});
