import { expect, test } from 'vitest';
import { countHours, nameLength, readDelay } from '../../src/reading/front-matter/read-delay.ts';

test.each([
  ['7 days', 7, 'days'],
  ['1 day', 1, 'days'],
  ['36 hours', 36, 'hours'],
  ['48h', 2, 'days'],
  ['2 weeks', 14, 'days'],
  ['1 day, 6 hours', 30, 'hours'],
  ['1 day and 6 hours', 30, 'hours'],
  ['P7D', 7, 'days'],
  ['PT36H', 36, 'hours'],
  ['P1DT12H', 36, 'hours'],
  ['P2W', 14, 'days'],
  ['at once', 0, 'days'],
  ['0', 0, 'days'],
  [0, 0, 'days'],
  [3, 3, 'days'],
])('a delay of %j is %d %s', (written, value, unit) => {
  expect(readDelay(written)).toEqual({ value, unit });
});

test.each([
  'soon',
  '',
  '7',
  'seven days',
  '3 months',
  '1.5 days',
  '-2 days',
  'P',
  'PT',
  '90 minutes',
  '99999 weeks',
  null,
  [7],
])('a delay of %j is read as what it says, or not at all', (written) => {
  expect(readDelay(written)).toEqual(written === '7' ? { value: 7, unit: 'days' } : undefined);
});

test('hours are named by the unit that says them shortest, and counted back', () => {
  for (const hours of [0, 1, 24, 36, 240]) expect(countHours(nameLength(hours))).toBe(hours);
});
