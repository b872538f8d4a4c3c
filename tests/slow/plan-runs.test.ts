import { expect, it } from 'vitest';
import { planRuns } from '../../src/init/plan-runs.ts';
import type { Schedule } from '../../src/model/target.ts';
import { scheduleCopies } from '../../src/plan/schedule.ts';
import { listPlanned } from '../../src/report/dashboard/judge-runs.ts';
import { fc } from '../random-input.ts';

it('the runs of a blog come soon after quiet time, as the schedule of copies has it, whatever the ranges', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '59'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
  const ranges = fc.array(fc.record({ from: time, to: time }), { maxLength: 4 });
  const given = fc.record({
    slots: fc.array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), time }), { maxLength: 3 }),
    quiet: ranges,
    after: fc.constantFrom(undefined, 'PT6H', 'P2DT90M'),
  });
  const start = Date.UTC(2026, 10, 2);
  fc.assert(
    fc.property(given, time, ({ slots, quiet, after }, dated) => {
      const schedule: Schedule = { slots, quiet, ...(after !== undefined && { after }) };
      const publishAt = `2026-11-02T${dated}:00Z`;
      const { lines } = planRuns({
        schedules: [schedule],
        timezone: 'UTC',
        dates: [publishAt],
        isImmediate: false,
      });
      const now = new Date(start).toISOString();
      const [copy] = scheduleCopies({
        schedule,
        timezone: 'UTC',
        now,
        opened: now,
        unsent: [{ postId: 'one', publishAt }],
        sent: [],
      });
      const due = Date.parse(copy?.at ?? '');
      // Quiet ranges that leave no time of day free.
      fc.pre(due < start + 365 * 86_400_000);
      const [first = Infinity] = listPlanned(
        lines.map((cron) => ({ cron, timezone: 'UTC' })),
        due - 1,
        due + 9 * 86_400_000,
      );
      expect(first - due).toBeLessThanOrEqual(60 * 60_000);
    }),
    { numRuns: 100 },
  );
});
