import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instantOf, offsetAt } from '../../src/base/zone-offset.ts';
import { fc } from '../random-input.ts';

const zones = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Caracas',
];

test.each(zones)('%s has the offset that Temporal gives it, and shows a time at the same instant', (zone) => {
  const seconds = fc.integer({ min: Date.UTC(1900, 0) / 1000, max: Date.UTC(2100, 0) / 1000 });
  fc.assert(
    fc.property(seconds, (second) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(second * 1000);
      expect(offsetAt(second * 1000, zone)).toBe(instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6);
      const shown = instant.toZonedDateTimeISO('UTC').toPlainDateTime();
      expect(instantOf(second * 1000, zone)).toBe(shown.toZonedDateTime(zone).epochMilliseconds);
    }),
    { numRuns: 150 },
  );
});

test('a change of the clocks is known to the second', () => {
  const change = Date.UTC(2026, 2, 29, 1);
  const offsets = [change - 1, change, change + 1].map((at) => offsetAt(at, 'Europe/London') / 60_000);
  expect(offsets).toEqual([0, 60, 60]);
});

test('a day that a zone left out moves forward by a day', () => {
  expect(instantOf(Date.UTC(2011, 11, 30, 12), 'Pacific/Apia')).toBe(Date.UTC(2011, 11, 30, 22));
});
