import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/model/target.ts';
import { planRuns, type RunGrounds } from '../../src/init/plan-runs.ts';
import { scheduleCopies } from '../../src/plan/schedule.ts';
import { listPlanned } from '../../src/report/dashboard/judge-runs.ts';
import { fc } from '../random-input.ts';

const feed: Schedule = { slots: [], quiet: [] };
const devto: Schedule = { after: 'P2D', slots: [], quiet: [] };
const linkedin: Schedule = {
  slots: [
    { weekday: 2, time: '08:30' },
    { weekday: 4, time: '08:30' },
  ],
  perDay: 1,
  quiet: [],
};

function plan(given: Partial<RunGrounds>) {
  return planRuns({ schedules: [], timezone: 'Europe/London', dates: [], isImmediate: false, ...given });
}

describe('the runs of a blog', () => {
  it('follow its slots and the midnights at which posts are dated, each a second time two hours later', () => {
    const dates = ['2026-07-01T23:00:00Z', '2026-01-05T00:00:00Z'];
    expect(plan({ schedules: [devto, linkedin, feed], dates })).toEqual({
      lines: ['17 0,2 * * *', '37 8,10 * * 2,4'],
      monthly: 78,
    });
    expect(plan({ schedules: [linkedin] })).toEqual({ lines: ['37 8,10 * * 2,4'], monthly: 17 });
  });

  it('follow the one time at which its posts are dated, and the end of quiet time', () => {
    const nine = ['2026-12-01T09:00:00Z', '2026-07-01T08:00:00Z'];
    expect(plan({ schedules: [devto], dates: nine }).lines).toEqual(['17 9,11 * * *']);
    const quiet = [{ from: '22:00', to: '07:00' }];
    expect(plan({ schedules: [{ ...devto, quiet }] }).lines).toEqual(['17 7,9 * * *']);
    expect(plan({ schedules: [{ ...devto, after: 'PT36H' }] }).lines).toEqual(['17 12,14 * * *']);
    const late = [{ weekday: 7, time: '23:30' }];
    expect(plan({ schedules: [{ slots: late, quiet: [] }] }).lines).toEqual(['37 1 * * 1', '37 23 * * 0']);
    expect(plan({ schedules: [{ slots: late, quiet }] }).lines).toEqual(['17 7,9 * * 1']);
  });

  it.each([
    ['copies go out as soon as a page is up', { schedules: [linkedin], isImmediate: true }],
    [
      'posts are dated at any time',
      { schedules: [devto], dates: [1, 2, 3, 4].map((hour) => `2026-12-01T0${hour}:00:00Z`) },
    ],
    ['a run sends no more than some', { schedules: [{ ...feed, perRun: 1 }] }],
    [
      'there are as many slots',
      {
        schedules: [
          {
            quiet: [],
            slots: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
              Array.from({ length: 20 }, (_, hour) => ({
                weekday,
                time: `${String(hour + 2).padStart(2, '0')}:00`,
              })),
            ),
          },
        ],
      },
    ],
  ])('come every hour where %s', (_why, given) => {
    expect(plan(given)).toEqual({ lines: ['17 * * * *'], monthly: 731 });
  });

  it('are planned in UTC where the zone is an offset, whose days can be others', () => {
    const slots = [{ weekday: 1, time: '01:30' }];
    expect(plan({ schedules: [{ slots, quiet: [] }], timezone: '+05:30' }).lines).toEqual(['7 20,22 * * 0']);
    expect(plan({ schedules: [{ slots, quiet: [] }], timezone: '-03:00' }).lines).toEqual(['37 4,6 * * 1']);
  });

  it('find every slot open within an hour or so, whatever the zone, also when its clocks change', () => {
    const zones = fc.constantFrom(
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'UTC',
      'Asia/Kolkata',
    );
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const slots = fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), time }), {
      minLength: 1,
      maxLength: 4,
    });
    const start = fc.integer({ min: 0, max: 364 }).map((days) => Date.UTC(2026, 0, 1) + days * 86_400_000);
    fc.assert(
      fc.property(zones, slots, start, (timezone, own, from) => {
        const schedule: Schedule = { slots: own, quiet: [] };
        const { lines } = plan({ schedules: [schedule], timezone });
        const [copy] = scheduleCopies({
          schedule,
          timezone,
          now: new Date(from).toISOString(),
          opened: new Date(from).toISOString(),
          unsent: [{ postId: 'one', publishAt: new Date(from).toISOString() }],
          sent: [],
        });
        const due = Date.parse(copy?.at ?? '');
        const runs = listPlanned(
          lines.map((cron) => ({ cron, timezone })),
          due - 1,
          due + 9 * 86_400_000,
        );
        // Lord Howe's clocks change by half an hour, others by a whole one.
        expect((runs[0] ?? Infinity) - due).toBeLessThanOrEqual(140 * 60_000);
      }),
      { numRuns: 80 },
    );
  });
});
