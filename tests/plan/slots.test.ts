import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import { idOf } from '../../src/model/plan.ts';
import { selectCopies } from '../../src/plan/select.ts';
import { findDeadUrl } from '../local-server.ts';
import {
  exampleFailure,
  exampleIntent,
  exampleOccasion,
  examplePost,
  exampleRequest,
  exampleTarget,
} from '../examples.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';
import { indexStates } from '../index-states.ts';

const opened = '2026-11-01T10:00:00Z';

/** A blog whose posts, each of the date it is given, go to LinkedIn and dev.to on Tuesdays and Thursdays. */
function makeBlog(posts: Readonly<Record<string, string>>, schedule = ''): SmallBlog {
  const slots = `schedule: { slots: [Tue 08:30, Thu 08:30]${schedule} }`;
  const files = Object.entries(posts).map(([id, matter]) => [id, writePost(`About ${id}`, matter)]);
  return makeSmallBlog(
    [
      `linkedin: { kind: linkedin, url: "http://127.0.0.1:9", opt_in: false, ${slots} }`,
      `devto: { kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai, ${slots} }`,
    ],
    Object.fromEntries(files),
  );
}

async function open(blog: SmallBlog): Promise<void> {
  for (const target of ['linkedin', 'devto']) await blog.ledger.open(target, opened);
}

/** The lines of a plan for one target, by post, as if it were an instant. */
async function plan(blog: SmallBlog, at: string, target = 'linkedin'): Promise<readonly string[]> {
  const { stdout } = await blog.run('plan', '--target', target, '--at', at);
  const [actions = ''] = stdout.split('\n\n');
  const lines = actions.split('\n').filter((line) => /^[+.!]/.test(line));
  return lines.toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

describe('slots', () => {
  it('are the next ones for posts dated before the target was opened, on its first day and on the days after', async () => {
    const blog = makeBlog({ a: 'date: 2026-12-01\n', b: 'date: 2026-12-01T06:00:00Z\n' });
    const expected = [
      '. linkedin  a  scheduled 2026-12-03 08:30 UTC',
      '. linkedin  b  scheduled 2026-12-08 08:30 UTC',
    ];
    expect(await plan(blog, '2026-12-01T12:00:00Z')).toEqual(expected);
    await blog.ledger.open('linkedin', '2026-12-01T12:00:00Z');
    expect(await plan(blog, '2026-12-02T00:17:00Z')).toEqual(expected);
    expect(await plan(blog, '2026-12-03T09:17:00Z')).toEqual(['+ linkedin  a  new', expected[1]]);
  });

  it('that were missed are caught up in the next ones, and the plan and the status say so', async () => {
    const blog = makeBlog({ a: 'date: 2026-11-09\n', b: 'date: 2026-11-23\n' });
    await open(blog);
    expect(await plan(blog, '2026-11-30T22:00:00Z')).toEqual([
      '. linkedin  a  scheduled 2026-12-01 08:30 UTC, catching up',
      '. linkedin  b  scheduled 2026-12-03 08:30 UTC, catching up',
    ]);
    expect(await plan(blog, '2026-12-01T09:17:00Z')).toEqual([
      '+ linkedin  a  new, catching up',
      '. linkedin  b  scheduled 2026-12-03 08:30 UTC, catching up',
    ]);
    const { stdout } = await blog.run('status', '--at', '2026-11-30T22:00:00Z');
    expect(stdout).toContain('linkedin  a  scheduled  2026-12-01 08:30 UTC  catching up\n');
  });

  it('that were missed are made good at once with catch_up: now, and the plan says so', async () => {
    const blog = makeBlog({ a: 'date: 2026-11-09\n', b: 'date: 2026-11-30\n' }, ', catch_up: now');
    await open(blog);
    expect(await plan(blog, '2026-11-30T22:00:00Z')).toEqual([
      '+ linkedin  a  new, catching up',
      '. linkedin  b  scheduled 2026-12-01 08:30 UTC',
    ]);
  });

  it('count since the day that the config names, where it names one', () => {
    const schedule = { slots: [{ weekday: 2, time: '08:30' }], quiet: [] };
    const since = (day: string) =>
      exampleTarget({ policy: { optIn: false, schedule, since: `${day}T00:00:00Z` } });
    const select = (day: string) =>
      selectCopies(
        since(day),
        [examplePost('a', { publishAt: '2026-11-20T08:00:00Z' })],
        exampleOccasion({ request: exampleRequest({ now: '2026-11-26T10:00:00Z' }) }),
      );
    expect(select('2026-11-01').candidates[0]?.missed).toBe('2026-11-24T08:30:00Z');
    expect(select('2026-11-20').candidates[0]?.missed).toBe('2026-11-24T08:30:00Z');
  });

  it('are used up by what may have been sent in them', () => {
    const target = exampleTarget({
      policy: { optIn: false, schedule: { slots: [{ weekday: 2, time: '08:30' }], quiet: [] } },
    });
    const posts = ['a', 'b'].map((id) => examplePost(id, { publishAt: '2026-11-20T08:00:00Z' }));
    const intent = exampleIntent({ at: '2026-11-24T09:17:00Z' });
    const choose = (entries: readonly LedgerEntry[]) =>
      selectCopies(target, posts, {
        states: indexStates([foldCopy({ copy: { target: 'devto', postId: 'a' }, entries })]),
        opened: { devto: opened },
        request: exampleRequest({ now: '2026-11-24T09:18:00Z' }),
      }).actions.filter((action) => idOf(action) === 'b');
    for (const entries of [[intent], [intent, exampleFailure('unknown')]])
      expect(choose(entries)).toMatchObject([{ reason: 'scheduled', at: '2026-12-01T08:30:00Z' }]);
  });
});

describe('what hinders a copy that is caught up', () => {
  it('stays seen between slots, and takes no other copy its slot', async () => {
    const blog = makeBlog({
      a: `date: 2026-11-09\nsyndicate: { devto: { title: ${'A'.repeat(129)} } }\n`,
      b: 'date: 2026-11-09T01:00:00Z\n',
    });
    await open(blog);
    const fault = '! devto  a  held: unsupported, devto-title-length at posts/a.md:4';
    expect(await plan(blog, '2026-11-30T22:00:00Z', 'devto')).toEqual([
      fault,
      '. devto  b  scheduled 2026-12-01 08:30 UTC, catching up',
    ]);
    const [first, second] = await plan(blog, '2026-12-01T09:17:00Z', 'devto');
    expect(first).toBe(fault);
    expect(second).toMatch(/^\+ devto {2}b {2}new, catching up/);
  });

  it('is waited for from the slot that it missed first', async () => {
    const blog = makeBlog({ a: 'date: 2026-11-23\n' });
    await open(blog);
    const dead = await findDeadUrl();
    const path = join(blog.folder, 'config/broadside.yaml');
    const config = readFileSync(path, 'utf8')
      .replace('https://example.com', dead)
      .replace('require_live: false', 'require_live: true');
    writeFiles(blog.folder, { 'config/broadside.yaml': config });
    expect(await plan(blog, '2026-11-25T09:17:00Z')).toEqual([
      expect.stringMatching(/^\. linkedin {2}a {2}not-live: /),
    ]);
    for (const at of ['2026-11-27T09:17:00Z', '2026-12-01T09:17:00Z'])
      expect(await plan(blog, at)).toEqual([
        expect.stringMatching(/^! linkedin {2}a {2}held: not-live, .* due since 2026-11-24 08:30 UTC;/),
      ]);
  });
});
