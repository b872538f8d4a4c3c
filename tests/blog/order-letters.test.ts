import { expect, test } from 'vitest';
import { orderLetters } from '../../src/blog/order-letters.ts';
import { exampleLetter } from '../mailing/read-letter.ts';

test.each([
  ['draft', 'warning'],
  ['ready', 'error'],
] as const)('a gap before a letter that is %s is a(n) %s', (status, severity) => {
  const letter = exampleLetter('third', { status, sequence: { name: 'welcome', position: 3 } });
  const { faults } = orderLetters([letter]);
  expect(faults.get('third')).toMatchObject([{ rule: 'letter-sequence-gap', severity }]);
});

test('of two letters in one place, the draft is told mildly, and the one that is ready is kept', () => {
  const sequence = { name: 'welcome', position: 1 };
  const { faults } = orderLetters([
    exampleLetter('a', { status: 'draft', sequence }),
    exampleLetter('b', { status: 'ready', sequence }),
  ]);
  const told = [...faults].flatMap(([id, own]) => own.map(({ rule, severity }) => [id, rule, severity]));
  expect(told).toContainEqual(['a', 'letter-sequence-repeated', 'warning']);
  expect(told).toContainEqual(['b', 'letter-sequence-repeated', 'error']);
});
