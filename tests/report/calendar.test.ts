import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../../src/model/ledger.ts';
import type { Action, Plan, PostActionOf } from '../../src/model/plan.ts';
import { awaitPage } from '../../src/plan/await-page.ts';
import { formatCalendar } from '../../src/report/calendar.ts';
import { formatPlan } from '../../src/report/format-plan.ts';
import { anyCharacter } from '../any-text.ts';
import { exampleAction, examplePost, exampleRequest } from '../examples.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { fc } from '../random-input.ts';

/** A wait of a plan, on `devto` of the post `one` unless another is given. */
function wait({ post = 'one', ...given }: Partial<PostActionOf<'wait'>>): Action {
  return exampleAction('wait', post, given);
}

function makePlan(actions: readonly Action[]): Plan {
  return {
    version: 2,
    createdAt: '2026-11-21T09:00:00.123Z',
    expiresAt: '2026-11-28T09:00:00Z',
    config: 'config',
    ledger: 'files in ledger',
    paused: false,
    diagnostics: [],
    actions,
  };
}

const site = {
  title: 'Example',
  url: 'https://example.com',
  posts: [examplePost('one', { title: 'One, two; three\\four\nfive' }), examplePost('two')],
};

/** The lines as a reader of the file sees them, folds undone. */
function unfold(calendar: string): readonly string[] {
  return calendar.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

describe('the calendar', () => {
  it('has one entry for each scheduled copy, soonest first', () => {
    const plan = makePlan([
      wait({ post: 'two', at: '2026-12-03T08:30:00Z' }),
      wait({ target: 'linkedin', at: '2026-12-01T08:30:00Z' }),
      exampleAction('create', 'one', { target: 'mastodon' }),
      wait({ reason: 'out-of-order', target: 'forem' }),
    ]);
    expect(unfold(formatCalendar(plan, site))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Broadside//Broadside//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Example: copies',
      'BEGIN:VEVENT',
      'UID:linkedin.one@example.com',
      'DTSTAMP:20261121T090000Z',
      'DTSTART:20261201T083000Z',
      'DURATION:PT15M',
      'SUMMARY:linkedin: One\\, two\\; three\\\\four\\nfive',
      'DESCRIPTION:The copy of https://example.com/blog/one on linkedin goes out.',
      'URL:https://example.com/blog/one',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:devto.two@example.com',
      'DTSTAMP:20261121T090000Z',
      'DTSTART:20261203T083000Z',
      'DURATION:PT15M',
      'SUMMARY:devto: About two',
      'DESCRIPTION:The copy of https://example.com/blog/two on devto goes out.',
      'URL:https://example.com/blog/two',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it('gives the same bytes for the same plan, and a copy the same id when it moves', () => {
    const at = '2026-12-03T08:30:00Z';
    const first = formatCalendar(makePlan([wait({ at })]), site);
    expect(formatCalendar(makePlan([wait({ at })]), site)).toBe(first);
    const moved = formatCalendar(makePlan([wait({ at: '2026-12-08T08:30:00Z' })]), site);
    expect(/^UID:.*$/m.exec(moved)?.[0]).toBe(/^UID:.*$/m.exec(first)?.[0]);
  });

  it('tells apart copies whose names run together', () => {
    const ids = [
      { target: 'a', postId: 'b.c' },
      { target: 'a.b', postId: 'c' },
    ].map(
      (copy) =>
        /^UID:(.*)\r$/m.exec(
          formatCalendar(makePlan([wait({ ...copy, at: '2026-12-03T08:30:00Z' })]), site),
        )?.[1],
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('is a calendar when nothing is scheduled', () => {
    const lines = unfold(formatCalendar(makePlan([]), site));
    expect(lines).toContain('BEGIN:VTIMEZONE');
    expect(lines).not.toContain('BEGIN:VEVENT');
    expect(lines.at(-1)).toBe('END:VCALENDAR');
  });

  it('has lines of at most 75 octets that hold any title whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (title) => {
        const plan = makePlan([wait({ at: '2026-12-03T08:30:00Z' })]);
        const calendar = formatCalendar(plan, { ...site, posts: [examplePost('one', { title })] });
        const isSound = (line: string): boolean =>
          Buffer.byteLength(line) <= 75 &&
          line.isWellFormed() &&
          !/[\u0000-\u0008\u000A-\u001F\u007F]/.test(line);
        expect(calendar.split('\r\n').filter((line) => !isSound(line))).toEqual([]);
        expect(unfold(calendar).filter((line) => line.startsWith('SUMMARY:'))).toHaveLength(1);
        expect(unfold(calendar)).toHaveLength(17);
      }),
    );
  });
});

describe('plan --calendar', () => {
  it('writes what is scheduled, and says where', async () => {
    const blog = makeSmallBlog(
      ['devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01, schedule: { after: 1 day } }'],
      { one: writePost('One', 'date: 2999-03-04T08:00:00Z\n'), draft: writePost('Draft', 'draft: true\n') },
    );
    const { code, stderr } = await blog.run('plan', '--calendar', 'copies.ics');
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('copies.ics') as string,
    });
    const calendar = readFileSync(join(blog.folder, 'copies.ics'), 'utf8');
    expect(calendar.match(/^DTSTART:.*$/gm)).toEqual(['DTSTART:29990305T080000Z']);
    const failed = await blog.run('plan', '--calendar', 'no/such/folder.ics');
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('OUTPUT_UNWRITABLE') as string });
  });
});

describe('the week to come', () => {
  const style = { timezone: 'America/New_York', color: false, publishing: false };

  it('stands after the actions, soonest first, in the site’s zone', () => {
    const plan = makePlan([
      wait({ post: 'two', at: '2026-11-24T13:30:00Z' }),
      wait({ target: 'linkedin', at: '2026-11-22T02:00:00Z' }),
      wait({ post: 'three', at: '2026-11-28T09:00:00Z' }),
    ]);
    const text = formatPlan(plan, { ...style, weekFrom: '2026-11-21T09:00:00Z' });
    expect(text.split('\n').slice(3)).toEqual([
      '',
      'Scheduled for the next seven days:',
      '  Sat 2026-11-21 21:00 America/New_York  linkedin  one',
      '  Tue 2026-11-24 08:30 America/New_York  devto     two',
      '',
      '3 waiting. Nothing has been sent.',
      '',
    ]);
  });

  it('is seven local days long over a change of summer time', () => {
    const plan = makePlan([wait({ at: '2026-11-04T13:30:00Z' })]);
    const of = (weekFrom: string): string => formatPlan(plan, { ...style, weekFrom });
    expect(of('2026-10-28T12:31:00Z')).toContain('Scheduled');
    expect(of('2026-10-28T12:29:00Z')).not.toContain('Scheduled');
  });

  it('is left out where it is empty and where publishing follows', () => {
    const far = makePlan([wait({ at: '2027-11-24T13:30:00Z' })]);
    expect(formatPlan(far, { ...style, weekFrom: '2026-11-21T09:00:00Z' })).not.toContain('Scheduled');
    expect(formatPlan(makePlan([wait({ at: '2026-11-24T13:30:00Z' })]), style)).not.toContain('Scheduled');
  });
});

describe('a page that is missing', () => {
  const action = exampleAction('create', 'one');
  const state = { ...emptyState({ target: 'devto', postId: 'one' }), length: 3 };
  const request = exampleRequest({ now: '2026-11-21T09:00:00Z' });

  it.each([
    ['2026-11-21T08:00:00Z', 'wait'],
    ['2026-11-18T09:00:00Z', 'wait'],
    ['2026-11-18T08:59:59Z', 'hold'],
  ])('that should be there since %s: %s', (dueSince, verb) => {
    const settled = awaitPage(action, state, dueSince, 'https://example.com/blog/one answers 404', request);
    expect(settled).toMatchObject({
      verb,
      reason: 'not-live',
      target: 'devto',
      post: 'one',
      ledgerLength: 3,
    });
    expect(settled.note).toContain('answers 404');
    expect(settled.note?.includes('due since 2026-11-18 08:59 UTC;')).toBe(verb === 'hold');
  });
});
