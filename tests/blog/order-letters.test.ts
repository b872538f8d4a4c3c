import { describe, expect, it } from 'vitest';
import { orderLetters } from '../../src/blog/order-letters.ts';
import type { Letter } from '../../src/model/letter.ts';

function makeLetter(position: number, more: Partial<Letter> = {}): Letter {
  const id = more.id ?? `letter-${position}`;
  return {
    id,
    origin: { source: 'welcome', path: `letters/${id}.md` },
    title: id,
    subject: id,
    sequence: { name: 'welcome', position },
    status: 'ready',
    lang: 'en',
    syndicate: {},
    places: { sequence: { line: 4, column: 1 } },
    ...more,
  };
}

const after = (value: number, unit: 'hours' | 'days' = 'days', from: 'previous' | 'start' = 'previous') => ({
  delay: { value, unit, from },
});

/** What is told of letters, by rule and file. */
function listFaults(letters: readonly Letter[]): readonly string[] {
  return [...orderLetters(letters).faults.values()]
    .flat()
    .map(({ severity, rule, file, line }) => `${file}:${line} ${severity} ${rule}`);
}

describe('the letters of a sequence', () => {
  it('stand in their order, each with the day on which it arrives', () => {
    const { letters } = orderLetters([
      makeLetter(3, after(7)),
      makeLetter(1),
      makeLetter(2, after(36, 'hours')),
      makeLetter(4, after(12, 'hours')),
    ]);
    expect(letters.map(({ id, day }) => [id, day])).toEqual([
      ['letter-1', 0],
      ['letter-2', 1],
      ['letter-3', 8],
      ['letter-4', 9],
    ]);
  });

  it('have delays from the letter before, also where they were counted from the start', () => {
    const { letters, faults } = orderLetters([
      makeLetter(1, after(0)),
      makeLetter(2, after(2)),
      makeLetter(3, after(9, 'days', 'start')),
      makeLetter(4, after(1)),
    ]);
    expect(letters.map(({ delay, day }) => [delay, day])).toEqual([
      [{ value: 0, unit: 'days', from: 'previous' }, 0],
      [{ value: 2, unit: 'days', from: 'previous' }, 2],
      [{ value: 7, unit: 'days', from: 'previous' }, 9],
      [{ value: 1, unit: 'days', from: 'previous' }, 10],
    ]);
    expect(faults.size).toBe(0);
  });

  it('may not arrive before the one ahead', () => {
    expect(
      listFaults([makeLetter(1), makeLetter(2, after(5)), makeLetter(3, after(3, 'days', 'start'))]),
    ).toEqual(['letters/letter-3.md:4 error letter-delay-order']);
  });

  it('may not count from the start where the days before cannot be told', () => {
    const places = { sequence: { line: 4, column: 1 }, from: { line: 6, column: 1 } };
    const all = [
      makeLetter(1),
      makeLetter(2, after(1)),
      makeLetter(2, { id: 'other-2', ...after(1) }),
      makeLetter(3, { ...after(9, 'days', 'start'), places }),
      makeLetter(4, after(1)),
    ];
    expect(listFaults(all)).toEqual([
      'letters/letter-2.md:4 error letter-sequence-repeated',
      'letters/other-2.md:4 error letter-sequence-repeated',
      'letters/letter-3.md:6 error letter-delay-order',
    ]);
    expect(orderLetters(all).letters[3]).toMatchObject(after(9, 'days', 'start'));
  });

  it('have no gap, no place twice, and no day where that cannot be told', () => {
    const all = [makeLetter(1), makeLetter(3, after(1)), makeLetter(3, { id: 'other-3', ...after(1) })];
    expect(listFaults(all)).toEqual([
      'letters/letter-3.md:4 error letter-sequence-repeated',
      'letters/letter-3.md:4 error letter-sequence-gap',
      'letters/other-3.md:4 error letter-sequence-repeated',
      'letters/other-3.md:4 error letter-sequence-gap',
    ]);
    expect(orderLetters(all).letters.map(({ day }) => day)).toEqual([0, undefined, undefined]);
  });

  it('are told of where their places fall while the numbers in their names rise', () => {
    expect(
      listFaults([makeLetter(1, { id: 'welcome-2' }), makeLetter(2, { id: 'welcome-1', ...after(1) })]),
    ).toEqual(['letters/welcome-1.md:4 warning letter-sequence-order']);
  });

  it('are told of where a draft stands before them, and where one has no delay', () => {
    expect(listFaults([makeLetter(1, { status: 'draft' }), makeLetter(2)])).toEqual([
      'letters/letter-1.md:4 warning letter-sequence-draft',
      'letters/letter-2.md:4 warning letter-delay-missing',
    ]);
    expect(listFaults([makeLetter(1), makeLetter(2, { status: 'draft', ...after(1) })])).toEqual([]);
  });

  it('are of one sequence by the name of their source, and letters by themselves are of none', () => {
    const { sequence: _place, ...alone } = makeLetter(1, { id: 'alone' });
    const { letters } = orderLetters([
      makeLetter(1, { id: 'b', sequence: { name: 'b', position: 1 } }),
      makeLetter(1, { id: 'a', sequence: { name: 'a', position: 1 } }),
      alone,
    ]);
    expect(letters.map(({ id, day }) => [id, day])).toEqual([
      ['b', 0],
      ['a', 0],
      ['alone', undefined],
    ]);
  });
});
