import { expect, it } from 'vitest';
import { findQuietEnd, readTimeOfDay } from '../../src/base/quiet-time.ts';

const night = [{ from: '22:00', to: '07:00' }];
const noon = [{ from: '12:00', to: '13:30' }];

it.each([
  ['21:59', night, undefined],
  ['22:00', night, '07:00 the next day'],
  ['06:59', night, '07:00'],
  ['07:00', night, undefined],
  ['12:00', noon, '13:30'],
  ['13:30', noon, undefined],
  ['13:00', [...night, ...noon, { from: '11:00', to: '14:00' }], '13:30'],
  ['10:00', [{ from: '09:00', to: '09:00' }], '09:00 the next day'],
])('at %s, quiet time ends as its first range does', (time, quiet, end) => {
  const [shown = '', next] = end?.split(' the ') ?? [];
  const expected = end === undefined ? undefined : readTimeOfDay(shown) + (next === undefined ? 0 : 24 * 60);
  expect(findQuietEnd(readTimeOfDay(time), quiet)).toBe(expected);
});
