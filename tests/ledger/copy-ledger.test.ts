import { expect, test } from 'vitest';
import { copyLedger } from '../../src/ledger/copy-ledger.ts';
import { openFileLedger } from '../../src/ledger/file.ts';
import type { Ledger } from '../../src/model/ledger.ts';
import { openFolder } from '../workspace.ts';
import { copy, makeIntent, makePiece, readNames } from './ledger-contract.ts';

const opened = '2026-01-01T00:00:00Z';

async function openFilled(): Promise<Ledger> {
  const ledger = openFileLedger({ folder: openFolder() });
  await ledger.open('devto', opened);
  await ledger.storeBody('f-a', 'A body.');
  await ledger.append(copy, 0, makeIntent('a'));
  return ledger;
}

test.each<[string, (from: Ledger) => Promise<unknown>]>([
  ['an entry of a copy', (from) => from.append(copy, 1, makeIntent('b'))],
  ['another copy', (from) => from.append({ target: 'devto', postId: 'other' }, 0, makeIntent('b'))],
  ['an opened target', (from) => from.open('linkedin', opened)],
  ['a piece', (from) => from.storePieces('post', [makePiece('a', '<p>1</p>')])],
])(
  'a ledger that gets %s while it is copied is not said to be copied, and is by the next run',
  async (_what, grow) => {
    const from = await openFilled();
    const to = openFileLedger({ folder: openFolder() });
    const growing: Ledger = {
      ...to,
      append: async (...words) => {
        await grow(from);
        return to.append(...words);
      },
    };
    await expect(copyLedger(from, growing)).rejects.toMatchObject({
      code: 'LEDGER_LOCKED',
      message: `The ledger (${from.description}) changed while it was moved.`,
    });
    await copyLedger(from, to);
    expect(await to.read()).toEqual(await from.read());
    expect(await to.readPieces()).toEqual(await from.readPieces());
  },
);

test('a ledger that knows of another time when a target was opened is left as it is', async () => {
  const from = await openFilled();
  const to = openFileLedger({ folder: openFolder() });
  await to.open('devto', '2026-02-02T00:00:00Z');
  await expect(copyLedger(from, to)).rejects.toMatchObject({
    code: 'LEDGER_ELSEWHERE',
    message: expect.stringContaining('has 2026-02-02T00:00:00Z as the time when devto was opened'),
  });
  expect(await readNames(to, copy)).toEqual([]);
});
