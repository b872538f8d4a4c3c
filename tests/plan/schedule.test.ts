import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/model/target.ts';
import { scheduleCopies } from '../../src/plan/schedule.ts';
import { formatInstant } from '../../src/base/format-instant.ts';
import type { Unsent, Scheduled } from '../../src/plan/schedule.ts';
import { fc } from '../random-input.ts';

const newYork = 'America/New_York';
const longAgo = '2000-01-01T00:00:00Z';
const tuesdayAndThursday = [
  { weekday: 2, time: '08:30' },
  { weekday: 4, time: '08:30' },
];

/**
 * One line per copy, such as `a waits 2026-11-24T13:30:00Z`, and where it is caught up the slot it missed. A copy is given by
 * its date, or by its date and its `at`.
 */
function plan(given: {
  readonly schedule: Partial<Schedule>;
  readonly timezone?: string;
  readonly now: string;
  readonly unsent: Readonly<Record<string, string | readonly [publishAt: string, at: string]>>;
  readonly sent?: readonly string[];
  readonly opened?: string;
}): readonly string[] {
  const scheduled = scheduleCopies({
    schedule: { slots: [], quiet: [], ...given.schedule },
    timezone: given.timezone ?? newYork,
    now: given.now,
    opened: given.opened ?? longAgo,
    unsent: Object.entries(given.unsent).map(([postId, one]) =>
      typeof one === 'string' ? { postId, publishAt: one } : { postId, publishAt: one[0], at: one[1] },
    ),
    sent: given.sent ?? [],
  });
  return scheduled.map(({ postId, due, at, missed }) => {
    const late = missed === undefined ? '' : `, missed ${missed}`;
    return `${postId} ${due ? 'due' : 'waits'} ${at}${late}`;
  });
}

describe('without slots', () => {
  it('is due the second its delay has passed and not before', () => {
    const schedule = { after: 'P2D' };
    const unsent = { a: '2026-11-19T08:00:00Z' };
    expect(plan({ schedule, now: '2026-11-21T07:59:59Z', unsent })).toEqual(['a waits 2026-11-21T08:00:00Z']);
    expect(plan({ schedule, now: '2026-11-21T08:00:00Z', unsent })).toEqual(['a due 2026-11-21T08:00:00Z']);
  });

  it('is due with the original when no delay is set, and never before it is out', () => {
    const unsent = { a: '2026-11-21T08:00:00Z', b: '2026-11-21T08:00:01Z' };
    expect(plan({ schedule: {}, now: '2026-11-21T08:00:00Z', unsent })).toEqual([
      'a due 2026-11-21T08:00:00Z',
      'b waits 2026-11-21T08:00:01Z',
    ]);
  });

  it('rounds up to whole seconds, so that nothing is announced before its time', () => {
    const unsent = { a: '2026-11-21T08:00:00.001Z' };
    expect(plan({ schedule: {}, now: '2026-11-21T08:00:00Z', unsent })).toEqual([
      'a waits 2026-11-21T08:00:01Z',
    ]);
  });

  it('counts days by the calendar and hours by the clock over both changes of the clocks', () => {
    const now = '2026-01-01T00:00:00Z';
    const unsent = { spring: '2026-03-07T14:00:00Z', autumn: '2026-10-31T13:00:00Z' };
    expect(plan({ schedule: { after: 'P1D' }, now, unsent })).toEqual([
      'spring waits 2026-03-08T13:00:00Z',
      'autumn waits 2026-11-01T14:00:00Z',
    ]);
    expect(plan({ schedule: { after: 'PT24H' }, now, unsent })).toEqual([
      'spring waits 2026-03-08T14:00:00Z',
      'autumn waits 2026-11-01T13:00:00Z',
    ]);
    expect(plan({ schedule: { after: 'P1W' }, now, unsent })).toEqual([
      'spring waits 2026-03-14T13:00:00Z',
      'autumn waits 2026-11-07T14:00:00Z',
    ]);
  });

  it('passes over leap days and ends of years', () => {
    const now = '2026-01-01T00:00:00Z';
    const unsent = {
      leap: '2028-02-28T15:00:00Z',
      common: '2027-02-28T15:00:00Z',
      year: '2026-12-31T23:30:00Z',
    };
    expect(plan({ schedule: { after: 'P1D' }, timezone: 'Asia/Kolkata', now, unsent })).toEqual([
      'leap waits 2028-02-29T15:00:00Z',
      'common waits 2027-03-01T15:00:00Z',
      'year waits 2027-01-01T23:30:00Z',
    ]);
  });
});

describe('slots', () => {
  it('gives each copy the first slot at or after its earliest instant, in the order of the list', () => {
    const unsent = {
      a: '2026-11-22T09:00:00Z',
      b: '2026-11-20T09:00:00Z',
      c: '2026-11-30T09:00:00Z',
      d: '2026-11-20T09:00:00Z',
    };
    expect(plan({ schedule: { slots: tuesdayAndThursday }, now: '2026-11-21T12:00:00Z', unsent })).toEqual([
      'a waits 2026-11-24T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z',
      'c waits 2026-12-01T13:30:00Z',
      'd waits 2026-12-03T13:30:00Z',
    ]);
  });

  it('takes a slot at the very instant it becomes possible, and misses it a second later', () => {
    const schedule = { slots: tuesdayAndThursday };
    const now = '2026-11-21T12:00:00Z';
    expect(plan({ schedule, now, unsent: { a: '2026-11-24T13:30:00Z' } })).toEqual([
      'a waits 2026-11-24T13:30:00Z',
    ]);
    expect(plan({ schedule, now, unsent: { a: '2026-11-24T13:30:01Z' } })).toEqual([
      'a waits 2026-11-26T13:30:00Z',
    ]);
  });

  it('is due from the instant of its slot', () => {
    const schedule = { slots: tuesdayAndThursday };
    const unsent = { a: '2026-11-22T09:00:00Z' };
    expect(plan({ schedule, now: '2026-11-24T13:29:59Z', unsent })).toEqual(['a waits 2026-11-24T13:30:00Z']);
    expect(plan({ schedule, now: '2026-11-24T13:30:00Z', unsent })).toEqual(['a due 2026-11-24T13:30:00Z']);
  });

  it('waits for the delay first', () => {
    const schedule = { slots: tuesdayAndThursday, after: 'P2D' };
    const unsent = { a: '2026-11-23T13:00:00Z', b: '2026-11-20T13:00:00Z' };
    expect(plan({ schedule, now: '2026-11-21T12:00:00Z', unsent })).toEqual([
      'a waits 2026-11-26T13:30:00Z',
      'b waits 2026-11-24T13:30:00Z',
    ]);
  });

  it('does not give out a slot that a copy has been sent in', () => {
    expect(
      plan({
        schedule: { slots: tuesdayAndThursday },
        now: '2026-11-24T15:00:00Z',
        unsent: { a: '2026-11-22T09:00:00Z' },
        sent: ['2026-11-24T13:47:10Z'],
      }),
    ).toEqual(['a waits 2026-11-26T13:30:00Z']);
  });

  it.each(['2026-11-24T13:30:00Z', '2026-11-26T04:59:59Z'])(
    'counts the slot as used by a copy sent at %s',
    (at) => {
      expect(
        plan({
          schedule: { slots: tuesdayAndThursday, perDay: 2 },
          now: '2026-11-26T13:29:59Z',
          unsent: { a: '2026-11-22T09:00:00Z' },
          sent: [at],
        }),
      ).toEqual(['a waits 2026-11-26T13:30:00Z']);
    },
  );

  it('lets a day have as many as the busiest weekday has slots', () => {
    const slots = [...tuesdayAndThursday, { weekday: 2, time: '18:00' }, { weekday: 2, time: '18:00' }];
    const unsent = { a: '2026-11-09T00:00:00Z', b: '2026-11-09T00:00:00Z', c: '2026-11-09T00:00:00Z' };
    const schedule = { slots, catchUp: 'now' } as const;
    expect(plan({ schedule, now: '2026-11-20T15:00:00Z', unsent })).toEqual([
      'a due 2026-11-10T13:30:00Z, missed 2026-11-10T13:30:00Z',
      'b due 2026-11-10T23:00:00Z, missed 2026-11-10T23:00:00Z',
      'c waits 2026-11-21T05:00:00Z, missed 2026-11-12T13:30:00Z',
    ]);
  });

  it('lets per_day decide instead, for more or for less', () => {
    const now = '2026-11-20T15:00:00Z';
    const unsent = { a: '2026-11-09T00:00:00Z', b: '2026-11-09T00:00:00Z' };
    const atOnce = { slots: tuesdayAndThursday, perDay: 2, catchUp: 'now' } as const;
    expect(plan({ schedule: atOnce, now, unsent })).toEqual([
      'a due 2026-11-10T13:30:00Z, missed 2026-11-10T13:30:00Z',
      'b due 2026-11-12T13:30:00Z, missed 2026-11-12T13:30:00Z',
    ]);
    const slots = [
      { weekday: 2, time: '08:30' },
      { weekday: 2, time: '18:00' },
    ];
    const later = { a: '2026-11-22T00:00:00Z', b: '2026-11-22T00:00:00Z' };
    expect(plan({ schedule: { slots, perDay: 1 }, now, unsent: later })).toEqual([
      'a waits 2026-11-24T13:30:00Z',
      'b waits 2026-12-01T13:30:00Z',
    ]);
  });

  it('does not catch up a slot that was left free because its day was full', () => {
    const slots = [
      { weekday: 2, time: '08:30' },
      { weekday: 2, time: '18:00' },
    ];
    expect(
      plan({
        schedule: { slots, perDay: 1 },
        now: '2026-11-25T15:00:00Z',
        unsent: { b: '2026-11-22T00:00:00Z' },
        sent: ['2026-11-24T13:31:00Z'],
      }),
    ).toEqual(['b waits 2026-12-01T13:30:00Z']);
  });

  it('counts what went out today, by the day of the site and not of UTC', () => {
    const schedule = { slots: tuesdayAndThursday };
    const unsent = { a: '2026-11-22T09:00:00Z' };
    const sent = ['2026-11-25T04:30:00Z'];
    expect(plan({ schedule: { ...schedule, perDay: 1 }, now: '2026-11-25T04:45:00Z', unsent, sent })).toEqual(
      ['a waits 2026-11-26T13:30:00Z'],
    );
    expect(
      plan({
        schedule: { slots: [{ weekday: 2, time: '08:30' }], perDay: 1, catchUp: 'now' },
        now: '2026-11-25T04:45:00Z',
        unsent: { a: '2026-11-16T09:00:00Z' },
        sent,
      }),
    ).toEqual(['a waits 2026-11-25T05:00:00Z, missed 2026-11-17T13:30:00Z']);
  });

  it('treats the same slot written twice as one', () => {
    const slots = [...tuesdayAndThursday, ...tuesdayAndThursday];
    const unsent = { a: '2026-11-22T00:00:00Z', b: '2026-11-22T00:00:00Z' };
    expect(plan({ schedule: { slots }, now: '2026-11-21T12:00:00Z', unsent })).toEqual([
      'a waits 2026-11-24T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z',
    ]);
  });

  it.each([
    ['Asia/Kolkata', '2026-11-24T03:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-23T18:30:00Z'],
    [newYork, '2026-11-24T13:30:00Z'],
    ['UTC', '2026-11-24T08:30:00Z'],
  ])('reads slots in the zone of the site: %s', (timezone, at) => {
    const schedule = { slots: tuesdayAndThursday };
    expect(
      plan({ schedule, timezone, now: '2026-11-20T00:00:00Z', unsent: { a: '2026-11-21T00:00:00Z' } }),
    ).toEqual([`a waits ${at}`]);
  });

  it('keeps local time before and after the clocks change', () => {
    const slots = [{ weekday: 2, time: '08:30' }];
    const unsent = { a: '2026-03-01T00:00:00Z', b: '2026-03-01T00:00:00Z' };
    expect(plan({ schedule: { slots }, now: '2026-02-28T00:00:00Z', unsent })).toEqual([
      'a waits 2026-03-03T13:30:00Z',
      'b waits 2026-03-10T12:30:00Z',
    ]);
  });

  it('moves a slot that the clocks skip to the end of the gap', () => {
    const slots = [{ weekday: 7, time: '02:30' }];
    const unsent = { a: '2026-03-07T12:00:00Z', b: '2026-03-07T12:00:00Z' };
    expect(plan({ schedule: { slots }, now: '2026-03-06T00:00:00Z', unsent })).toEqual([
      'a waits 2026-03-08T07:00:00Z',
      'b waits 2026-03-15T06:30:00Z',
    ]);
  });

  it('makes one of two slots that fall together in a gap', () => {
    const slots = [
      { weekday: 7, time: '02:15' },
      { weekday: 7, time: '03:00' },
    ];
    const unsent = { a: '2026-03-07T12:00:00Z', b: '2026-03-07T12:00:00Z' };
    expect(plan({ schedule: { slots }, now: '2026-03-06T00:00:00Z', unsent })).toEqual([
      'a waits 2026-03-08T07:00:00Z',
      'b waits 2026-03-15T06:15:00Z',
    ]);
    expect(
      plan({
        schedule: { slots, perDay: 2 },
        now: '2026-03-08T08:00:00Z',
        unsent: { b: '2026-03-07T12:00:00Z' },
        sent: ['2026-03-08T07:10:00Z'],
      }),
    ).toEqual(['b waits 2026-03-15T06:15:00Z']);
  });

  it('takes the first of two hours that the clocks repeat, once', () => {
    const slots = [{ weekday: 7, time: '01:30' }];
    const now = '2026-10-31T00:00:00Z';
    expect(
      plan({
        schedule: { slots },
        now,
        unsent: { a: '2026-10-31T12:00:00Z', b: '2026-10-31T12:00:00Z' },
      }),
    ).toEqual(['a waits 2026-11-01T05:30:00Z', 'b waits 2026-11-08T06:30:00Z']);
    expect(plan({ schedule: { slots }, now, unsent: { late: '2026-11-01T06:10:00Z' } })).toEqual([
      'late waits 2026-11-08T06:30:00Z',
    ]);
  });

  it('uses leap days and goes over the end of a year, east and west', () => {
    const leap = [{ weekday: 2, time: '08:30' }];
    expect(
      plan({
        schedule: { slots: leap },
        now: '2028-02-01T00:00:00Z',
        unsent: { a: '2028-02-28T20:00:00Z' },
      }),
    ).toEqual(['a waits 2028-02-29T13:30:00Z']);
    const friday = [{ weekday: 5, time: '00:15' }];
    const unsent = { a: '2026-12-28T00:00:00Z' };
    const now = '2026-12-27T00:00:00Z';
    expect(plan({ schedule: { slots: friday }, timezone: 'Pacific/Kiritimati', now, unsent })).toEqual([
      'a waits 2026-12-31T10:15:00Z',
    ]);
    const thursday = [{ weekday: 4, time: '23:45' }];
    expect(plan({ schedule: { slots: thursday }, now, unsent })).toEqual(['a waits 2027-01-01T04:45:00Z']);
  });

  it('passes over a local day that never was', () => {
    const slots = [
      { weekday: 5, time: '09:00' },
      { weekday: 6, time: '09:00' },
    ];
    expect(
      plan({
        schedule: { slots },
        timezone: 'Pacific/Apia',
        now: '2011-12-28T00:00:00Z',
        unsent: { a: '2011-12-29T00:00:00Z', b: '2011-12-29T00:00:00Z' },
      }),
    ).toEqual(['a waits 2011-12-30T10:00:00Z', 'b waits 2012-01-05T19:00:00Z']);
  });

  it('opens a slot that lies in quiet time when that ends', () => {
    const slots = [{ weekday: 2, time: '23:00' }];
    const quiet = [{ from: '22:00', to: '07:00' }];
    const unsent = { a: '2026-11-22T00:00:00Z' };
    expect(plan({ schedule: { slots, quiet }, now: '2026-11-21T00:00:00Z', unsent })).toEqual([
      'a waits 2026-11-25T12:00:00Z',
    ]);
  });

  it('makes one of two slots in the same quiet time, and tells when it opened', () => {
    const slots = [
      { weekday: 7, time: '23:00' },
      { weekday: 1, time: '05:00' },
    ];
    const quiet = [{ from: '22:00', to: '07:00' }];
    const unsent = { a: '2026-11-23T05:30:00Z', b: '2026-11-22T20:00:00Z' };
    const schedule = { slots, quiet, perDay: 2 };
    expect(plan({ schedule, now: '2026-11-21T00:00:00Z', unsent })).toEqual([
      'a waits 2026-11-23T12:00:00Z',
      'b waits 2026-11-30T12:00:00Z',
    ]);
    expect(plan({ schedule, now: '2026-11-23T15:00:00Z', unsent })).toEqual([
      'a due 2026-11-23T12:00:00Z',
      'b waits 2026-11-30T12:00:00Z',
    ]);
    const [late] = plan({
      schedule: { slots: slots.slice(0, 1), quiet },
      now: '2026-11-21T00:00:00Z',
      unsent: { a: '2026-11-23T05:30:00Z' },
    });
    expect(late).toBe('a waits 2026-11-23T12:00:00Z');
  });
});

describe('a slot that has opened', () => {
  const slots = tuesdayAndThursday;
  const unsent = { a: '2026-11-22T09:00:00Z', b: '2026-11-22T09:00:00Z' };

  it('is there for a late run until its day ends, and is missed from then on', () => {
    expect(plan({ schedule: { slots }, now: '2026-11-25T04:59:59Z', unsent })).toEqual([
      'a due 2026-11-24T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z',
    ]);
    expect(plan({ schedule: { slots }, now: '2026-11-25T05:00:00Z', unsent })).toEqual([
      'a waits 2026-11-26T13:30:00Z, missed 2026-11-24T13:30:00Z',
      'b waits 2026-12-01T13:30:00Z',
    ]);
  });

  it('is there for three hours where less of its day is left', () => {
    const late = [{ weekday: 2, time: '23:50' }];
    expect(plan({ schedule: { slots: late }, now: '2026-11-25T07:49:59Z', unsent })).toEqual([
      'a due 2026-11-25T04:50:00Z',
      'b waits 2026-12-02T04:50:00Z',
    ]);
    expect(plan({ schedule: { slots: late }, now: '2026-11-25T07:50:00Z', unsent })).toEqual([
      'a waits 2026-12-02T04:50:00Z, missed 2026-11-25T04:50:00Z',
      'b waits 2026-12-09T04:50:00Z',
    ]);
  });

  it('does not count quiet time among these hours', () => {
    const late = [{ weekday: 2, time: '21:50' }];
    const quiet = [{ from: '22:00', to: '07:00' }];
    const { a } = unsent;
    const schedule = { slots: late, quiet };
    expect(plan({ schedule, now: '2026-11-25T05:00:00Z', unsent: { a } })).toEqual([
      'a waits 2026-11-25T12:00:00Z',
    ]);
    expect(plan({ schedule, now: '2026-11-25T14:49:59Z', unsent: { a } })).toEqual([
      'a due 2026-11-25T02:50:00Z',
    ]);
    expect(plan({ schedule, now: '2026-11-25T14:50:00Z', unsent: { a } })).toEqual([
      'a waits 2026-12-02T02:50:00Z, missed 2026-11-25T02:50:00Z',
    ]);
  });

  it('is missed once only quiet time is left of its day', () => {
    const schedule = { slots, quiet: [{ from: '22:00', to: '07:00' }] };
    expect(plan({ schedule, now: '2026-11-25T03:30:00Z', unsent })).toEqual([
      'a waits 2026-11-26T13:30:00Z, missed 2026-11-24T13:30:00Z',
      'b waits 2026-12-01T13:30:00Z',
    ]);
  });

  it('takes as many copies as have opened, each its own', () => {
    const twice = [...slots, { weekday: 2, time: '18:00' }];
    const three = { ...unsent, c: '2026-11-22T09:00:00Z' };
    expect(plan({ schedule: { slots: twice }, now: '2026-11-25T00:30:00Z', unsent: three })).toEqual([
      'a due 2026-11-24T13:30:00Z',
      'b due 2026-11-24T23:00:00Z',
      'c waits 2026-11-26T13:30:00Z',
    ]);
  });
});

describe('a slot that was missed', () => {
  const slots = tuesdayAndThursday;
  const unsent = { a: '2026-11-09T00:00:00Z', b: '2026-11-09T00:00:00Z', c: '2026-11-09T00:00:00Z' };

  it('is caught up in the next slots, in order', () => {
    const now = '2026-11-20T15:00:00Z';
    const expected = [
      'a waits 2026-11-24T13:30:00Z, missed 2026-11-10T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z, missed 2026-11-12T13:30:00Z',
      'c waits 2026-12-01T13:30:00Z, missed 2026-11-17T13:30:00Z',
    ];
    expect(plan({ schedule: { slots }, now, unsent })).toEqual(expected);
    expect(plan({ schedule: { slots, catchUp: 'slots', perDay: 2 }, now, unsent })).toEqual(expected);
  });

  it('goes out in one that has opened, and is still told as missed', () => {
    expect(plan({ schedule: { slots }, now: '2026-11-24T14:17:00Z', unsent })).toEqual([
      'a due 2026-11-24T13:30:00Z, missed 2026-11-10T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z, missed 2026-11-12T13:30:00Z',
      'c waits 2026-12-01T13:30:00Z, missed 2026-11-17T13:30:00Z',
    ]);
  });

  it('was none before the target was opened', () => {
    const now = '2026-11-20T15:00:00Z';
    const opened = '2026-11-17T15:00:00Z';
    expect(plan({ schedule: { slots }, now, opened, unsent })).toEqual([
      'a waits 2026-11-24T13:30:00Z, missed 2026-11-19T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z',
      'c waits 2026-12-01T13:30:00Z',
    ]);
    const onTime = [
      'a waits 2026-11-24T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z',
      'c waits 2026-12-01T13:30:00Z',
    ];
    expect(plan({ schedule: { slots }, now, opened: now, unsent })).toEqual(onTime);
    expect(plan({ schedule: { slots, catchUp: 'now' }, now, opened: now, unsent })).toEqual(onTime);
  });

  it('was none on the day on which the target was opened, where that was after its time', () => {
    const opened = '2026-11-24T13:30:01Z';
    for (const now of [opened, '2026-11-24T20:00:00Z', '2026-11-26T13:29:59Z'])
      expect(plan({ schedule: { slots }, now, opened, unsent: { a: unsent.a } })).toEqual([
        'a waits 2026-11-26T13:30:00Z',
      ]);
    expect(
      plan({
        schedule: { slots },
        now: opened,
        opened: '2026-11-24T13:30:00Z',
        unsent: { a: unsent.a },
      }),
    ).toEqual(['a due 2026-11-24T13:30:00Z']);
  });
});

describe('a slot that was missed, where copies catch up at once', () => {
  const atOnce = { slots: tuesdayAndThursday, catchUp: 'now' } as const;

  it('is caught up by the next run, and a late run has used the slot it caught up', () => {
    const unsent = { a: '2026-11-22T09:00:00Z', b: '2026-11-22T09:00:00Z' };
    expect(plan({ schedule: atOnce, now: '2026-11-25T09:17:00Z', unsent })).toEqual([
      'a due 2026-11-24T13:30:00Z, missed 2026-11-24T13:30:00Z',
      'b waits 2026-11-26T13:30:00Z',
    ]);
    expect(
      plan({
        schedule: atOnce,
        now: '2026-11-25T10:17:00Z',
        unsent: { b: '2026-11-22T09:00:00Z' },
        sent: ['2026-11-25T09:17:20Z'],
      }),
    ).toEqual(['b waits 2026-11-26T13:30:00Z']);
  });

  it('is caught up day by day where there were several', () => {
    const unsent = { a: '2026-11-09T00:00:00Z', b: '2026-11-09T00:00:00Z', c: '2026-11-09T00:00:00Z' };
    expect(plan({ schedule: atOnce, now: '2026-11-20T15:00:00Z', unsent })).toEqual([
      'a due 2026-11-10T13:30:00Z, missed 2026-11-10T13:30:00Z',
      'b waits 2026-11-21T05:00:00Z, missed 2026-11-12T13:30:00Z',
      'c waits 2026-11-22T05:00:00Z, missed 2026-11-17T13:30:00Z',
    ]);
    const { b, c } = unsent;
    expect(
      plan({
        schedule: atOnce,
        now: '2026-11-21T05:17:00Z',
        unsent: { b, c },
        sent: ['2026-11-20T15:00:05Z'],
      }),
    ).toEqual([
      'b due 2026-11-10T13:30:00Z, missed 2026-11-10T13:30:00Z',
      'c waits 2026-11-22T05:00:00Z, missed 2026-11-12T13:30:00Z',
    ]);
  });

  it('is told as missed only when its day has ended', () => {
    const unsent = { a: '2026-11-22T09:00:00Z' };
    expect(plan({ schedule: atOnce, now: '2026-11-24T20:00:00Z', unsent })).toEqual([
      'a due 2026-11-24T13:30:00Z',
    ]);
  });

  it('is not caught up in quiet time', () => {
    const quiet = [{ from: '22:00', to: '07:00' }];
    const unsent = { a: '2026-11-22T00:00:00Z' };
    const schedule = { ...atOnce, quiet };
    expect(plan({ schedule, now: '2026-11-25T03:30:00Z', unsent })).toEqual([
      'a waits 2026-11-25T12:00:00Z, missed 2026-11-24T13:30:00Z',
    ]);
    expect(plan({ schedule, now: '2026-11-25T12:00:00Z', unsent })).toEqual([
      'a due 2026-11-24T13:30:00Z, missed 2026-11-24T13:30:00Z',
    ]);
  });
});

describe('limits', () => {
  const three = { a: '2026-11-01T00:00:00Z', b: '2026-11-01T00:00:00Z', c: '2026-11-01T00:00:00Z' };

  it('sends no more than per_day on one local day', () => {
    expect(plan({ schedule: { perDay: 1 }, now: '2026-11-21T15:00:00Z', unsent: three })).toEqual([
      'a due 2026-11-01T00:00:00Z',
      'b waits 2026-11-22T05:00:00Z',
      'c waits 2026-11-23T05:00:00Z',
    ]);
    expect(
      plan({
        schedule: { perDay: 2 },
        now: '2026-11-21T15:00:00Z',
        unsent: three,
        sent: ['2026-11-21T05:00:00Z', '2026-11-21T04:59:59Z'],
      }),
    ).toEqual(['a due 2026-11-01T00:00:00Z', 'b waits 2026-11-22T05:00:00Z', 'c waits 2026-11-22T05:00:00Z']);
  });

  it('makes no more than per_run due at once and leaves the rest to the next minute', () => {
    expect(plan({ schedule: { perRun: 2 }, now: '2026-11-21T15:00:30Z', unsent: three })).toEqual([
      'a due 2026-11-01T00:00:00Z',
      'b due 2026-11-01T00:00:00Z',
      'c waits 2026-11-21T15:01:00Z',
    ]);
  });

  it('does not let what per_run leaves slip into quiet time', () => {
    const schedule = { perRun: 1, quiet: [{ from: '22:00', to: '07:00' }] };
    const { a, b } = three;
    expect(plan({ schedule, now: '2026-11-22T02:59:30Z', unsent: { a, b } })).toEqual([
      'a due 2026-11-01T00:00:00Z',
      'b waits 2026-11-22T12:00:00Z',
    ]);
  });

  it('counts per_run with slots too', () => {
    const slots = [...tuesdayAndThursday, { weekday: 2, time: '18:00' }];
    const { a, b } = three;
    const schedule = { slots, perRun: 1 };
    expect(
      plan({ schedule, now: '2026-11-25T00:30:30Z', opened: '2026-11-23T00:00:00Z', unsent: { a, b } }),
    ).toEqual(['a due 2026-11-24T13:30:00Z', 'b waits 2026-11-25T00:31:00Z']);
    expect(
      plan({ schedule, now: '2026-11-25T04:59:30Z', opened: '2026-11-23T00:00:00Z', unsent: { a, b } }),
    ).toEqual(['a due 2026-11-24T13:30:00Z', 'b waits 2026-11-26T13:30:00Z']);
    const atOnce = { slots: tuesdayAndThursday, perDay: 3, perRun: 1, catchUp: 'now' } as const;
    expect(plan({ schedule: atOnce, now: '2026-11-21T15:00:00Z', unsent: { a, b } })).toEqual([
      'a due 2026-11-03T13:30:00Z, missed 2026-11-03T13:30:00Z',
      'b waits 2026-11-21T15:01:00Z, missed 2026-11-05T13:30:00Z',
    ]);
  });

  it('does not let a copy that waits take the place of one that is due', () => {
    const unsent = { later: '2026-12-01T00:00:00Z', now: '2026-11-01T00:00:00Z' };
    expect(plan({ schedule: { perRun: 1 }, now: '2026-11-21T15:00:00Z', unsent })).toEqual([
      'later waits 2026-12-01T00:00:00Z',
      'now due 2026-11-01T00:00:00Z',
    ]);
  });
});

describe('quiet time', () => {
  it('ends what falls in it, over midnight or not', () => {
    const quiet = [
      { from: '22:00', to: '07:00' },
      { from: '12:00', to: '13:00' },
    ];
    const unsent = {
      evening: '2026-12-02T03:00:00Z',
      morning: '2026-12-02T11:59:00Z',
      open: '2026-12-02T12:00:00Z',
      noon: '2026-12-02T17:30:00Z',
      before: '2026-12-02T02:59:59Z',
    };
    expect(plan({ schedule: { quiet }, now: '2026-11-21T00:00:00Z', unsent })).toEqual([
      'evening waits 2026-12-02T12:00:00Z',
      'morning waits 2026-12-02T12:00:00Z',
      'open waits 2026-12-02T12:00:00Z',
      'noon waits 2026-12-02T18:00:00Z',
      'before waits 2026-12-02T02:59:59Z',
    ]);
  });

  it('holds back what became due before it, and tells since when it is due afterwards', () => {
    const quiet = [{ from: '22:00', to: '07:00' }];
    expect(
      plan({ schedule: { quiet }, now: '2026-11-22T06:00:00Z', unsent: { a: '2026-11-21T12:00:00Z' } }),
    ).toEqual(['a waits 2026-11-22T12:00:00Z']);
    expect(
      plan({ schedule: { quiet }, now: '2026-11-22T15:00:00Z', unsent: { a: '2026-11-22T06:00:00Z' } }),
    ).toEqual(['a due 2026-11-22T12:00:00Z']);
  });

  it('goes from one range into the next', () => {
    const quiet = [
      { from: '07:00', to: '09:00' },
      { from: '22:00', to: '07:00' },
    ];
    expect(
      plan({ schedule: { quiet }, now: '2026-11-22T06:00:00Z', unsent: { a: '2026-11-21T12:00:00Z' } }),
    ).toEqual(['a waits 2026-11-22T14:00:00Z']);
  });

  it('ends at the end of a gap when its own end is skipped, and at the second of two repeated ends', () => {
    expect(
      plan({
        schedule: { quiet: [{ from: '22:00', to: '02:30' }] },
        now: '2026-03-08T05:00:00Z',
        unsent: { a: '2026-03-01T00:00:00Z' },
      }),
    ).toEqual(['a waits 2026-03-08T07:00:00Z']);
    expect(
      plan({
        schedule: { quiet: [{ from: '01:00', to: '01:30' }] },
        now: '2026-11-01T06:15:00Z',
        unsent: { a: '2026-10-01T00:00:00Z' },
      }),
    ).toEqual(['a waits 2026-11-01T06:30:00Z']);
  });

  it('sends nothing, and ends, when no time of day is left', () => {
    const quiet = [
      { from: '00:00', to: '12:00' },
      { from: '12:00', to: '00:00' },
    ];
    const now = '2026-11-21T12:00:00Z';
    const unsent = { a: '2020-11-01T00:00:00Z' };
    expect(plan({ schedule: { quiet }, now, unsent })).toEqual(['a waits 2031-11-21T12:00:00Z']);
    const [withSlots] = plan({ schedule: { quiet, slots: tuesdayAndThursday }, now, unsent });
    expect(withSlots).toMatch(/^a waits 20[34]/);
  });
});

describe('a post with an instant of its own', () => {
  it('keeps to it, whatever slots, delay, quiet time and limits say', () => {
    const schedule = {
      slots: tuesdayAndThursday,
      after: 'P2D',
      perDay: 1,
      perRun: 1,
      quiet: [{ from: '22:00', to: '07:00' }],
    };
    const at = '2026-11-22T04:00:00Z';
    const unsent = { a: ['2026-11-21T00:00:00Z', at] as const };
    const sent = ['2026-11-21T20:00:00Z'];
    expect(plan({ schedule, now: '2026-11-22T03:59:59Z', unsent, sent })).toEqual([`a waits ${at}`]);
    expect(plan({ schedule, now: at, unsent, sent })).toEqual([`a due ${at}`]);
  });

  it('is never before the original', () => {
    expect(
      plan({
        schedule: {},
        now: '2026-11-22T00:00:00Z',
        unsent: { a: ['2026-11-25T09:00:00Z', '2026-11-20T09:00:00Z'] },
      }),
    ).toEqual(['a waits 2026-11-25T09:00:00Z']);
  });

  it('counts for the limits of the others, even those before it in the list', () => {
    const now = '2026-11-21T15:00:00Z';
    const b = ['2026-11-01T00:00:00Z', '2026-11-21T14:00:00Z'] as const;
    const unsent = { a: '2026-11-01T00:00:00Z', b };
    expect(plan({ schedule: { perDay: 1 }, now, unsent })).toEqual([
      'a waits 2026-11-22T05:00:00Z',
      'b due 2026-11-21T14:00:00Z',
    ]);
    expect(plan({ schedule: { perRun: 1 }, now, unsent })).toEqual([
      'a waits 2026-11-21T15:01:00Z',
      'b due 2026-11-21T14:00:00Z',
    ]);
    expect(
      plan({
        schedule: { slots: tuesdayAndThursday },
        now,
        unsent: { a: '2026-11-21T00:00:00Z', b: ['2026-11-01T00:00:00Z', '2026-11-24T20:00:00Z'] },
      }),
    ).toEqual(['a waits 2026-11-26T13:30:00Z', 'b waits 2026-11-24T20:00:00Z']);
  });

  it('counts for the day it goes out on, when it is late', () => {
    const unsent = {
      a: '2026-11-20T00:00:00Z',
      b: ['2026-11-01T00:00:00Z', '2026-11-20T14:00:00Z'],
    } as const;
    expect(plan({ schedule: { perDay: 1 }, now: '2026-11-21T15:00:00Z', unsent })).toEqual([
      'a waits 2026-11-22T05:00:00Z',
      'b due 2026-11-20T14:00:00Z',
    ]);
  });

  it('takes the slot it names', () => {
    const slots = [...tuesdayAndThursday, { weekday: 2, time: '18:00' }];
    expect(
      plan({
        schedule: { slots },
        now: '2026-11-21T15:00:00Z',
        unsent: {
          a: '2026-11-21T00:00:00Z',
          b: ['2026-11-21T00:00:00Z', '2026-11-24T13:30:00Z'],
        },
      }),
    ).toEqual(['a waits 2026-11-24T23:00:00Z', 'b waits 2026-11-24T13:30:00Z']);
  });
});

describe('formatInstant', () => {
  it.each([
    ['2026-12-01T13:30:00Z', newYork, '2026-12-01 08:30 America/New_York'],
    ['2026-12-01T13:30:59Z', 'Asia/Kolkata', '2026-12-01 19:00 Asia/Kolkata'],
    ['2026-12-31T10:15:00Z', 'Pacific/Kiritimati', '2027-01-01 00:15 Pacific/Kiritimati'],
    ['2026-07-01T12:00:00.500Z', 'Europe/London', '2026-07-01 13:00 Europe/London'],
  ])('shows %s in %s', (instant, timezone, text) => {
    expect(formatInstant(instant, timezone)).toBe(text);
  });
});

const zones = [newYork, 'Asia/Kolkata', 'Pacific/Kiritimati', 'Europe/London', 'Australia/Lord_Howe', 'UTC'];
const instant = fc
  .integer({ min: Date.UTC(2026, 8, 1) / 60_000, max: Date.UTC(2027, 3, 15) / 60_000 })
  .map((minute) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString());
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '17', '30', '45'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
const slot = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), time });
const quietRange = fc.constantFrom(
  { from: '22:00', to: '07:00' },
  { from: '01:30', to: '02:30' },
  { from: '12:00', to: '13:00' },
);
const anySchedule = fc.record(
  {
    slots: fc.array(slot, { maxLength: 4 }),
    quiet: fc.array(quietRange, { maxLength: 2 }),
    after: fc.constantFrom('PT36H', 'P2D', 'P1W'),
    catchUp: fc.constantFrom('slots', 'now'),
    perDay: fc.integer({ min: 1, max: 3 }),
    perRun: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['slots', 'quiet'] },
);

function localDay(at: string, timezone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

function earliest(publishAt: string, timezone: string, after = 'PT0M'): string {
  return Temporal.Instant.from(publishAt).toZonedDateTimeISO(timezone).add(after).toInstant().toString();
}

function isQuiet(at: string, schedule: Schedule, timezone: string): boolean {
  const clock = Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toPlainTime().toString();
  return schedule.quiet.some(({ from, to }) =>
    from < to ? clock >= `${from}:00` && clock < `${to}:00` : clock >= `${from}:00` || clock < `${to}:00`,
  );
}

/** The most new copies a day may have. */
function limitDay({ perDay, slots }: Schedule): number {
  if (perDay !== undefined || slots.length === 0) return perDay ?? Infinity;
  const distinct = [...new Set(slots.map(({ weekday, time }) => `${weekday} ${time}`))];
  return findMost(distinct.map((text) => text.slice(0, 1)));
}

function findMost(values: readonly string[]): number {
  return values.reduce((most, value) => Math.max(most, values.filter((other) => other === value).length), 0);
}

describe('whatever the schedule', () => {
  it('gives every copy an instant, none too early and no day or run too many', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.constantFrom(...zones),
        instant,
        fc.array(instant, { maxLength: 12 }),
        (schedule, timezone, now, dates) => {
          const unsent = dates.map((publishAt, index) => ({ postId: `p${index}`, publishAt }));
          const scheduled = scheduleCopies({
            schedule,
            timezone,
            now,
            opened: longAgo,
            unsent,
            sent: [],
          });
          expect(scheduled.map(({ postId }) => postId)).toEqual(unsent.map(({ postId }) => postId));
          for (const [index, { due, at }] of scheduled.entries()) {
            expect(at >= earliest(dates[index] ?? '', timezone, schedule.after)).toBe(true);
            expect(due).toBe(at <= now);
            expect(isQuiet(due ? now : at, schedule, timezone)).toBe(false);
          }
          const goes = scheduled.map(({ due, at }) => (due ? now : at));
          expect(findMost(goes.map((at) => localDay(at, timezone)))).toBeLessThanOrEqual(limitDay(schedule));
          expect(scheduled.filter(({ due }) => due).length).toBeLessThanOrEqual(schedule.perRun ?? Infinity);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('puts each copy in a slot of its own', () => {
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('Asia/Kolkata', 'Pacific/Kiritimati', 'UTC'),
        fc.array(instant, { maxLength: 12 }),
        (slots, timezone, dates) => {
          const scheduled = scheduleCopies({
            schedule: { slots, quiet: [] },
            timezone,
            now: '2026-08-01T00:00:00Z',
            opened: longAgo,
            unsent: dates.map((publishAt, index) => ({ postId: `p${index}`, publishAt })),
            sent: ['2026-08-01T00:00:00Z'],
          });
          expect(new Set(scheduled.map(({ at }) => at)).size).toBe(dates.length);
          for (const { at } of scheduled) {
            const local = Temporal.Instant.from(at).toZonedDateTimeISO(timezone);
            expect(slots).toContainEqual({
              weekday: local.dayOfWeek,
              time: local.toPlainTime().toString().slice(0, 5),
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('lets later runs, each doing what is due, send everything in time and never too much', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.constantFrom(...zones),
        instant,
        fc.array(instant, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(55, 377, 1511),
        (schedule, timezone, start, dates, minutes) => {
          let waiting: readonly Unsent[] = dates.map((publishAt, index) => ({
            postId: `p${index}`,
            publishAt,
          }));
          const sent: { readonly postId: string; readonly at: string }[] = [];
          let now = Temporal.Instant.from(start);
          for (let run = 0; run < 1000 && waiting.length > 0; run += 1) {
            const scheduled: readonly Scheduled[] = scheduleCopies({
              schedule,
              timezone,
              now: now.toString(),
              opened: longAgo,
              unsent: waiting,
              sent: sent.map(({ at }) => at),
            });
            const due = new Set(scheduled.filter((copy) => copy.due).map(({ postId }) => postId));
            sent.push(...[...due].map((postId) => ({ postId, at: now.toString() })));
            waiting = waiting.filter(({ postId }) => !due.has(postId));
            const next = scheduled
              .filter((copy) => !copy.due)
              .map(({ at }) => at)
              .toSorted()[0];
            const following = now.add({ minutes });
            now =
              next === undefined || Temporal.Instant.compare(next, following) < 0
                ? following
                : Temporal.Instant.from(next);
          }
          expect(waiting).toEqual([]);
          expect(findMost(sent.map(({ at }) => localDay(at, timezone)))).toBeLessThanOrEqual(
            limitDay(schedule),
          );
          for (const { postId, at } of sent) {
            const date = dates[Number(postId.slice(1))] ?? '';
            expect(at >= earliest(date, timezone, schedule.after)).toBe(true);
            expect(isQuiet(at, schedule, timezone)).toBe(false);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('sends in a slot of that day whatever the instants of the runs, one a slot, in order, and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('Asia/Kolkata', 'Pacific/Kiritimati', 'UTC'),
        fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
        fc.array(instant, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 20, max: 20_000 }), { maxLength: 20 }),
        (slots, timezone, perDay, dates, gaps) => {
          const schedule = { slots, quiet: [], ...(perDay !== undefined && { perDay }) };
          const opened = '2026-11-01T00:00:00Z';
          const unsent = dates.toSorted().map((publishAt, index) => ({ postId: `p${index}`, publishAt }));
          const sent: { readonly postId: string; readonly at: string; readonly slot: string }[] = [];
          /** Sends what is due; returns when something will be next. */
          const run = (now: string): string | undefined => {
            const scheduled = scheduleCopies({
              schedule,
              timezone,
              opened,
              now,
              unsent: unsent.filter(({ postId }) => !sent.some((copy) => copy.postId === postId)),
              sent: sent.map(({ at }) => at),
            });
            for (const { postId, due, at } of scheduled) if (due) sent.push({ postId, at: now, slot: at });
            return scheduled.flatMap(({ due, at }) => (due ? [] : [at])).toSorted()[0];
          };
          let now = opened;
          for (const minutes of gaps) {
            now = Temporal.Instant.from(now).add({ minutes }).toString();
            run(now);
          }
          for (let next: string | undefined = now; next !== undefined; next = run(next));

          expect(sent.map(({ postId }) => postId)).toEqual(unsent.map(({ postId }) => postId));
          expect(new Set(sent.map(({ slot: taken }) => taken)).size).toBe(sent.length);
          expect(findMost(sent.map(({ at }) => localDay(at, timezone)))).toBeLessThanOrEqual(
            limitDay(schedule),
          );
          for (const { at, slot: taken } of sent) {
            const local = Temporal.Instant.from(taken).toZonedDateTimeISO(timezone);
            const time = local.toPlainTime().toString().slice(0, 5);
            expect(slots).toContainEqual({ weekday: local.dayOfWeek, time });
            expect(taken >= opened && taken <= at).toBe(true);
            const hours = Temporal.Instant.from(taken).until(at).total('hours');
            expect(localDay(at, timezone) === localDay(taken, timezone) || hours < 3).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives two thousand copies their slots in little time', () => {
    const unsent = Array.from({ length: 2000 }, (_, index) => ({
      postId: `p${index}`,
      publishAt: '2026-11-01T00:00:00Z',
    }));
    const scheduled = scheduleCopies({
      schedule: { slots: tuesdayAndThursday, quiet: [], perDay: 1 },
      timezone: newYork,
      now: '2026-11-02T00:00:00Z',
      opened: longAgo,
      unsent,
      sent: [],
    });
    expect(new Set(scheduled.map(({ at }) => at)).size).toBe(2000);
    expect(scheduled.at(-1)?.at).toBe('2045-12-28T13:30:00Z');
  });
});
