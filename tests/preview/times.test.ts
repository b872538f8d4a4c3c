import { describe, expect, it } from 'vitest';
import { addMonths, findMonday, listMonthDays, showTime, toInstant } from '../../src/preview/app/times.ts';

describe('the times of the page', () => {
  it('are instants by the clocks of the site', () => {
    expect(toInstant('2026-07-01T09:00', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z');
    expect(toInstant('2026-12-01T09:00', 'Asia/Kathmandu')).toBe('2026-12-01T03:15:00.000Z');
  });

  it('exist though the clocks are put forward, and are the first where they are put back', () => {
    expect(toInstant('2026-03-29T01:30', 'Europe/London')).toBe('2026-03-29T01:30:00.000Z');
    expect(toInstant('2026-10-25T01:30', 'Europe/London')).toBe('2026-10-25T00:30:00.000Z');
    expect(toInstant('2026-10-25T03:00', 'Europe/London')).toBe('2026-10-25T03:00:00.000Z');
  });

  it('say no more than is needed', () => {
    expect(showTime('2026-12-03T08:30', '2026-12-01T00:00')).toBe('3 Dec, 08:30');
    expect(showTime('2025-12-03T00:00', '2026-12-01T00:00')).toBe('3 Dec 2025');
  });

  it('make whole weeks from Mondays', () => {
    expect(findMonday('2026-11-29')).toBe('2026-11-23');
    expect(listMonthDays('2026-02-11')).toHaveLength(35);
    expect(listMonthDays('2027-02-11')[0]).toBe('2027-02-01');
    expect(listMonthDays('2027-02-11')).toHaveLength(28);
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-01');
  });
});
