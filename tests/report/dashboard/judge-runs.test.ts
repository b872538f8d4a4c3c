import { describe, expect, it } from 'vitest';
import { findUncoveredCopies, findUncoveredSlots } from '../../../src/report/dashboard/cover-slots.ts';
import { judgeRuns, listPlanned } from '../../../src/report/dashboard/judge-runs.ts';
import { exampleAction } from '../../examples.ts';

const hourly = [{ cron: '17 * * * *', timezone: 'Europe/London' }];

describe('the runs of a schedule', () => {
  it('are late after more than an hour, and missed where none has come', () => {
    const report = judgeRuns(
      [{ cron: '17 9 * * *', timezone: 'UTC' }],
      ['2026-12-01T09:20:00Z', '2026-12-02T12:02:00Z', '2026-12-04T09:17:40Z'],
      '2026-12-05T11:00:00Z',
    );
    expect(report).toEqual({
      last: '2026-12-04T09:17:40.000Z',
      next: '2026-12-06T09:17:00.000Z',
      planned: 5,
      late: [
        { planned: '2026-12-05T09:17:00.000Z' },
        { planned: '2026-12-03T09:17:00.000Z', came: '2026-12-04T09:17:40.000Z' },
        { planned: '2026-12-02T09:17:00.000Z', came: '2026-12-02T12:02:00.000Z' },
      ],
    });
  });

  it('are not missed in the hour in which they may still come, nor before the first one came', () => {
    const report = judgeRuns(hourly, ['2026-12-01T08:19:00Z'], '2026-12-01T09:50:00Z');
    expect(report.late).toEqual([]);
    expect(judgeRuns(hourly, [], '2026-12-01T09:50:00Z')).toMatchObject({ planned: 1, late: [] });
  });

  it('are all missed in a week that no run came in, though one came before', () => {
    const report = judgeRuns(
      [{ cron: '17 9 * * 1', timezone: 'UTC' }],
      ['2026-10-05T09:20:00Z'],
      '2026-12-05T11:00:00Z',
    );
    expect(report).toMatchObject({
      last: '2026-10-05T09:20:00.000Z',
      planned: 1,
      late: [{ planned: '2026-11-30T09:17:00.000Z' }],
    });
  });

  it('are planned by the zone’s own clock, also where it changes', () => {
    const lines = [{ cron: '37 8 * * 2', timezone: 'Europe/London' }];
    const from = Date.parse('2026-10-19T00:00:00Z');
    const planned = listPlanned(lines, from, Date.parse('2026-11-04T00:00:00Z'));
    expect(planned.map((at) => new Date(at).toISOString())).toEqual([
      '2026-10-20T07:37:00.000Z',
      '2026-10-27T08:37:00.000Z',
      '2026-11-03T08:37:00.000Z',
    ]);
  });

  it('are none of a line that cannot be read', () => {
    expect(judgeRuns([{ cron: 'now and then' }], ['2026-12-01T08:19:00Z'], '2026-12-05T11:00:00Z')).toEqual({
      last: '2026-12-01T08:19:00.000Z',
      planned: 0,
      late: [],
    });
  });
});

describe('a slot', () => {
  const targets = [
    {
      name: 'linkedin',
      schedule: {
        slots: [
          { weekday: 2, time: '08:30' },
          { weekday: 4, time: '14:00' },
        ],
        quiet: [],
      },
    },
    { name: 'devto', schedule: { slots: [], quiet: [] } },
  ];
  const find = (cron: string) =>
    findUncoveredSlots(
      [{ cron, timezone: 'Europe/London' }],
      targets,
      'Europe/London',
      '2026-12-01T09:00:00Z',
    );

  it('is left without a run where none is planned while it is open', () => {
    expect(find('37 8,10 * * 2,4')).toEqual([{ target: 'linkedin', at: '2026-12-03T14:00:00Z' }]);
    expect(find('17 9 * * *')).toEqual([{ target: 'linkedin', at: '2026-12-03T14:00:00Z' }]);
    expect(find('17 * * * *')).toEqual([]);
  });
});

describe('a copy that waits for its time', () => {
  const wait = (post: string, at: string) => exampleAction('wait', post, { reason: 'scheduled', at });

  it('is told where no run comes soon after', () => {
    const lines = [{ cron: '17 0,2 * * *', timezone: 'UTC' }];
    const actions = [
      wait('at-midnight', '2026-12-03T00:00:00Z'),
      wait('in-the-afternoon', '2026-12-03T15:30:00Z'),
      wait('next-month', '2027-01-03T15:30:00Z'),
      exampleAction('create', 'now'),
    ];
    expect(findUncoveredCopies(lines, actions, '2026-12-01T09:00:00Z')).toEqual([
      { target: 'devto', post: 'in-the-afternoon', at: '2026-12-03T15:30:00Z' },
    ]);
    expect(
      findUncoveredCopies([{ cron: '17 * * * *', timezone: 'UTC' }], actions, '2026-12-01T09:00:00Z'),
    ).toEqual([]);
  });
});
