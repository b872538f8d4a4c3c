import { expect, test } from 'vitest';
import { countRate } from '../../src/rehearsal/count-rate.ts';

test('so many requests are taken in any window, and what is refused does not count', () => {
  const rate = countRate({ count: 2, ms: 1000 });
  expect([0, 100, 200, 999].map((at) => rate.take(at))).toEqual([true, true, false, false]);
  expect(rate.countLeft(999)).toBe(0);
  expect(rate.findReset(999)).toBe(1000);
  expect(rate.take(1000)).toBe(true);
  expect(rate.take(1050)).toBe(false);
  expect(rate.countLeft(1100)).toBe(1);
  expect(rate.take(1100)).toBe(true);
});
