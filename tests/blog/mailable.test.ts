import { expect, test } from 'vitest';
import { listMailable } from '../../src/blog/mailable.ts';
import { orderLetters } from '../../src/blog/order-letters.ts';
import type { Letter } from '../../src/model/letter.ts';
import { exampleLetter } from '../mailing/read-letter.ts';
import { mailbox } from '../targets/mailbox/index.ts';

const begin = '2026-01-01T00:00:00Z';

function makeLetter(position: number, days: number, given: Partial<Letter> = {}): Letter {
  return exampleLetter(`w-${position}`, {
    sequence: { name: 'welcome', position },
    delay: { value: days, unit: 'days', from: 'previous' },
    ...given,
  });
}

/** The delays, in days, that a target is given. */
async function listDelays(letters: readonly Letter[]): Promise<readonly unknown[]> {
  const options = { kind: 'mailbox', url: 'https://mailbox.example', sequence: 'welcome' };
  const target = mailbox.create('k', (await mailbox.options()).parse(options));
  return listMailable(target, { posts: [], letters: orderLetters(letters).letters }, begin).map(
    ({ letter }) => [letter.id, letter.delay?.value, letter.day],
  );
}

const fromStart = { delay: { value: 9, unit: 'days', from: 'start' } } as const;

test('the letters after one that a target does not take arrive on the days that the plan says', async () => {
  const left = { syndicate: { k: false } };
  expect(await listDelays([makeLetter(1, 0), makeLetter(2, 5, left), makeLetter(3, 0, fromStart)])).toEqual([
    ['w-1', 0, 0],
    ['w-2', 5, 5],
    ['w-3', 9, 9],
  ]);
  expect(await listDelays([makeLetter(1, 0, left), makeLetter(2, 2, left), makeLetter(3, 3)])).toEqual([
    ['w-1', 0, 0],
    ['w-2', 2, 2],
    ['w-3', 5, 5],
  ]);
});

test('a letter that is left out elsewhere, or is a draft, counts', async () => {
  const elsewhere = makeLetter(2, 5, { syndicate: { other: false } });
  const draft = makeLetter(3, 2, { status: 'draft' });
  expect(await listDelays([makeLetter(1, 0), elsewhere, draft, makeLetter(4, 1)])).toEqual([
    ['w-1', 0, 0],
    ['w-2', 5, 5],
    ['w-3', 2, 7],
    ['w-4', 1, 8],
  ]);
});

test('delays stay as they are where the days before cannot be told', async () => {
  expect(await listDelays([makeLetter(1, 0), makeLetter(3, 4, { syndicate: { other: false } })])).toEqual([
    ['w-1', 0, 0],
    ['w-3', 4, undefined],
  ]);
});
