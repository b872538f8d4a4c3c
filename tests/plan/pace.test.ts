import { describe, expect, test } from 'vitest';
import { BroadsideError } from '../../src/base/errors.ts';
import type { Ledger } from '../../src/model/ledger.ts';
import { openPace } from '../../src/plan/pace.ts';

const capabilities = {
  observe: true,
  update: 'freely',
  pace: { writes: { count: 5, ms: 1000 }, creates: { count: 2, ms: 3000 } },
} as const;

type Take = NonNullable<Ledger['takeTurn']>;

const open = (takeTurn: Take, more: { readonly account?: string; readonly signal?: AbortSignal } = {}) =>
  openPace(capabilities, {
    signal: new AbortController().signal,
    maxWait: 300,
    ledger: { takeTurn },
    account: 'one-account',
    ...more,
  });

describe('the turns that all who write with an account take', () => {
  test('are taken for each kind of request', async () => {
    const taken: unknown[] = [];
    const pace = open(async (...given) => {
      taken.push(given);
      return 0;
    });
    await pace.awaitTurn('update');
    await pace.awaitTurn('create');
    expect(taken).toEqual([
      ['one-account writes', capabilities.pace.writes, 0],
      ['one-account creates', capabilities.pace.creates, 0],
      ['one-account writes', capabilities.pace.writes, 0],
    ]);
  });

  test('are waited for, but no longer than until the run is interrupted', async () => {
    const interruption = new AbortController();
    let isOver = false;
    const waiting = open(async () => 3_600_000, { signal: interruption.signal })
      .awaitTurn('update')
      .then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOver).toBe(false);
    interruption.abort();
    await waiting;
  });

  test('come later for all where a target asked one to wait, but not by hours', async () => {
    const pauses: number[] = [];
    const pace = open(async (_queue, _limit, pause) => {
      pauses.push(pause);
      return 0;
    });
    await pace.postpone(30);
    await pace.postpone(40_000);
    expect(pauses).toEqual([30_000, 120_000]);
  });

  test('are done without where nobody can give them, or nobody knows whose they are', async () => {
    const broken = open(async () => {
      throw new BroadsideError('LEDGER_UNWRITABLE', 'No.', { remedy: 'None.' });
    });
    await broken.awaitTurn('create');
    const nobody = openPace(capabilities, {
      signal: new AbortController().signal,
      maxWait: 300,
      ledger: { takeTurn: async () => expect.unreachable('no turn is asked for') },
    });
    await nobody.awaitTurn('create');
  });
});
