import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameBlog } from '../../src/commands/dashboard/name-blog.ts';
import { writeDashboardMark } from '../../src/report/dashboard/marks.ts';
import { exampleFailure, exampleIntent } from '../examples.ts';
import {
  bot,
  githubToken,
  openGithub,
  tick,
  type GithubOptions,
  type GithubStandIn,
} from '../github-stand-in.ts';
import {
  findWrites,
  makeSmallBlog,
  openDevto,
  openLinkedin,
  readEntries,
  secrets,
  today,
  writePost,
  type SmallBlog,
} from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const later = 'date: 2999-03-04\n';
const due = 'date: 2024-03-04\nsyndicate: { devto: { at: 2999-01-01 } }\n';
const permissions = { author: 'admin', friend: 'write', reader: 'read' } as const;

interface World {
  readonly blog: SmallBlog;
  readonly github: GithubStandIn;
  readonly devto: Awaited<ReturnType<typeof openDevto>>;
  /** Runs a command as a job of GitHub Actions does. */
  run(...words: readonly string[]): ReturnType<SmallBlog['run']>;
  /** Keeps the issue up to date; returns its text. */
  keep(): Promise<string>;
  /** Runs what an edit starts, as GitHub tells it in a file. */
  answer(file: string, ...words: readonly string[]): ReturnType<SmallBlog['run']>;
  /** Lets somebody edit the issue, and runs what that starts. */
  edit(login: string, change: (body: string) => string, number?: number): ReturnType<SmallBlog['run']>;
}

/** A blog with a dev.to, a place that a person pastes to, and a repository on GitHub. */
async function openWorld(
  posts: Readonly<Record<string, string>>,
  { targets = [], ...options }: GithubOptions & { readonly targets?: readonly string[] } = {},
): Promise<World> {
  const devto = await openDevto();
  const github = await openGithub({ permissions, ...options });
  const blog = makeSmallBlog(
    [`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`, ...targets],
    posts,
  );
  const answer: World['answer'] = (file, ...words) =>
    blog.runWith(
      { ...secrets, ...github.environment, GITHUB_EVENT_NAME: 'issues', GITHUB_EVENT_PATH: file },
      'dashboard',
      '--issue',
      ...words,
    );
  const run: World['run'] = (...words) => blog.runWith({ ...secrets, ...github.environment }, ...words);
  const textOf = (): string => github.issues.find(({ user }) => user.login === bot)?.body ?? '';
  return {
    blog,
    github,
    devto,
    run,
    answer,
    async keep() {
      const { code, stderr } = await run('dashboard', '--issue');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return textOf();
    },
    edit(login, change, number = 0) {
      const last = github.issues.findLast(({ user }) => user.login === bot);
      return answer(github.edit(number || (last?.number ?? 0), login, change));
    },
  };
}

describe('the issue', () => {
  test('is opened once, kept up to date, and tells what is out, next and to be done', async () => {
    const world = await openWorld(
      { one: writePost('One'), two: writePost('Two', due), three: writePost('Three', `date: ${today}\n`) },
      { targets: ['forum: { kind: paste, title: The Forum, opt_in: true }'] },
    );
    await world.run('publish');
    const text = await world.keep();
    expect(world.github.issues).toMatchObject([{ title: 'Broadside', state: 'open', user: { login: bot } }]);
    expect(text).toMatch(
      /^<!-- broadside dashboard [\da-f]{16} -->\n\*\*1 copy goes out later by itself\.\*\* Broadside looked on /,
    );
    expect(text).toContain('[this run](<https://github.com/example/blog/actions/runs/42>)');
    expect(text).toContain(
      '### Next\n\n- **devto**: [Two](<https://example.com/blog/two>): Tue 2999-01-01 00:00 UTC\n',
    );
    expect(text).toMatch(
      /^ {2}- \[ \] <!-- broadside:publish devto two [\da-f]{32} --> publish it now: `broadside publish two --target devto`$/m,
    );
    expect(text).toMatch(/### Out in the last seven days\n\n- \*\*devto\*\*: \[(One|Three)\]/);
    expect(text).toContain('DEVTO&#95;API&#95;KEY is set.');
    await world.keep();
    expect(world.github.issues).toHaveLength(1);
  });

  test('is told apart from what others call Broadside, and taken up again where it was closed', async () => {
    const world = await openWorld({ one: writePost('One') });
    const blog = nameBlog('config/broadside.yaml', world.blog.folder);
    const theirs = [
      world.github.open('reader', 'Broadside', `${writeDashboardMark(blog)}\nA question.`),
      world.github.open(bot, 'Broadside', 'What another workflow has to say.'),
    ].map((issue) => ({ ...issue }));
    await world.keep();
    expect(world.github.issues.slice(0, 2)).toEqual(theirs);
    const own = world.github.issues[2];
    Object.assign(own ?? {}, { state: 'closed', title: 'Done with this' });
    await world.keep();
    expect(own).toMatchObject({ number: 3, state: 'open', title: 'Broadside' });
  });

  test('is opened anew where somebody has deleted it', async () => {
    const world = await openWorld({ one: writePost('One') });
    await world.keep();
    Object.assign(world.github.issues[0] ?? {}, { isGone: true });
    await world.keep();
    expect(world.github.issues).toMatchObject([{ isGone: true }, { state: 'open', title: 'Broadside' }]);
  });

  test('is found behind a hundred others, and is one though two runs open it at once', async () => {
    const world = await openWorld({ one: writePost('One') });
    for (let count = 0; count < 120; count += 1) world.github.open(bot, `A broken link ${count}`, 'Look.');
    await Promise.all([world.run('dashboard', '--issue'), world.run('dashboard', '--issue')]);
    await world.keep();
    const own = world.github.issues.slice(120);
    expect(own.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(own[0]?.state).toBe('open');
    for (const { body } of own.slice(1))
      expect(body).toBe('Two runs opened the dashboard at once. It is #121.');
  });

  test('is not opened anew where it may lie behind more issues than are read', async () => {
    const world = await openWorld({ one: writePost('One', later) });
    for (let count = 0; count < 2000; count += 1) world.github.open(bot, `A broken link ${count}`, 'Look.');
    const run = await world.run('dashboard', '--issue');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('The dashboard is not among the oldest 2000 issues');
    expect(world.github.issues).toHaveLength(2000);
  });

  test('is written another time where GitHub does not answer, and says what is to be done where it refuses', async () => {
    const busy = await openWorld(
      { one: writePost('One') },
      { mishaps: [{ at: { nth: 1, method: 'POST' }, does: { kind: 'error', when: 'before', status: 502 } }] },
    );
    const late = await busy.run('dashboard', '--issue');
    expect(late).toMatchObject({ code: 0 });
    expect(late.stderr).toContain(
      'The dashboard could not be written just now: GitHub answered 502 to POST /issues',
    );
    await busy.keep();
    const off = await openWorld({ one: writePost('One') }, { refusal: 410 });
    const refused = await off.run('dashboard', '--issue');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('DASHBOARD_REFUSED');
    expect(refused.stderr).toContain('Switch issues on in the repository’s settings');
    expect(refused.stderr + refused.stdout).not.toContain(githubToken);
  });

  test('fits into what GitHub takes, whatever is wrong', async () => {
    const posts = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `post-${index}`,
        writePost(`"${'&@#'.repeat(120)}${index}"`, `${later}description: ${'x'.repeat(300)}\n`),
      ]),
    );
    const world = await openWorld(posts, { targets: ['forum: { kind: paste, schedule: {} }'] });
    const text = await world.keep();
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/_And \d+ more, which `broadside plan` shows\._/);
    expect(text).toMatch(/<!-- broadside:told.* -->\n$/);
  });

  test('mentions once, in a comment, what newly needs a person', async () => {
    const world = await openWorld(
      { one: writePost('One') },
      { targets: ['forum: { kind: paste, title: The Forum, since: 2020-01-01 }'] },
    );
    await world.run('publish', '--target', 'devto');
    await world.keep();
    expect(world.github.comments).toEqual([]);
    writeFiles(world.blog.folder, { 'posts/two.md': writePost('Two', `date: ${today}\n`) });
    await world.run('publish', '--target', 'devto');
    await world.keep();
    await world.keep();
    expect(world.github.comments).toEqual([
      { number: 1, body: 'This needs you now:\n\n- two on forum: to be made by hand\n' },
    ]);
  });
});

describe('a schedule', () => {
  const workflow = {
    '.github/workflows/broadside-publish.yml': 'on: { schedule: [{ cron: "17 9 * * *" }] }\n',
  };

  test('that has started no run for longer than a week is told of as one that no longer runs', async () => {
    const world = await openWorld({ one: writePost('One', later) }, { runs: ['2020-01-01T09:18:00Z'] });
    writeFiles(world.blog.folder, workflow);
    const text = await world.keep();
    expect(text).toContain('Publishing has not run by its schedule since 2020-01-01T09:18:00');
    expect(text).toContain('The last run that it started: Wed 2020-01-01 09:18 UTC.');
    expect(text).toMatch(
      /\*\*[67] of 7 runs in the last seven days came more than an hour late or not at all/,
    );
    expect(text).toMatch(/Planned .* 09:17 UTC: no run has come\./);
  });

  test('that never started a run is new', async () => {
    const world = await openWorld({ one: writePost('One', later) });
    writeFiles(world.blog.folder, workflow);
    const text = await world.keep();
    expect(text).toContain('It has started no run yet.');
    expect(text).not.toMatch(/Publishing has not run|no run has come/);
  });
});

describe('a box', () => {
  test('publishes a copy before its time, and that one alone', async () => {
    const world = await openWorld({ one: writePost('One', later), two: writePost('Two', later) });
    expect(await world.keep()).not.toContain('broadside:publish');
    writeFiles(world.blog.folder, {
      'posts/one.md': writePost('One', due),
    });
    await world.keep();
    const done = await world.edit('friend', tick(/publish devto one /));
    expect(done.stdout).toContain('devto one, publish: done. http://127');
    expect(findWrites(world.devto)).toEqual(['POST /api/articles']);
    expect(world.github.issues[0]?.body).toContain(
      '### What you asked for\n\n- **devto**: [One](<https://example.com/blog/one>), publish: done.',
    );
    expect(world.github.issues[0]?.body).not.toContain('[x]');
  });

  test('takes a copy down', async () => {
    const world = await openWorld({ one: writePost('One') });
    await world.run('publish');
    await world.keep();
    const done = await world.edit('author', tick(/retract devto one /));
    expect(done.stdout).toContain('devto one, retract: done. http://127');
    expect((await readEntries(world.blog.ledger, 'devto', 'one')).at(-1)).toMatchObject({
      verb: 'retract',
      state: 'gone',
    });
    expect(world.github.issues[0]?.body).not.toContain('broadside:retract');
  });

  test.each(['source', 'remote'] as const)('settles an edit on the target: take %s', async (side) => {
    const world = await openWorld({ one: writePost('One') });
    await world.run('publish');
    await editArticle(world, 'Edited there.');
    writeFiles(world.blog.folder, { 'posts/one.md': writePost('One\n\nMore.') });
    const text = await world.keep();
    expect(text).toContain('drifted: edited by hand on the target');
    expect(text).toMatch(/<summary>What was sent, and what is there now<\/summary>[^]*Edited there\./);
    const before = findWrites(world.devto).length;
    const done = await world.edit('author', tick(new RegExp(`take-${side} devto one `)));
    expect(done).toMatchObject({ code: 0 });
    expect(findWrites(world.devto).slice(before)).toEqual(
      side === 'source' ? ['PUT /api/articles/1000'] : [],
    );
    expect(world.github.issues[0]?.body).not.toContain('Held until you act');
  });

  test('settles a copy of which nobody knows whether it was sent', async () => {
    const linkedin = await openLinkedin();
    const post = (title: string): string =>
      writePost(title, `date: ${today}\nsyndicate: { linkedin: true }\n`);
    const world = await openWorld(
      { one: post('One'), two: post('Two') },
      { targets: [`linkedin: { kind: linkedin, url: "${linkedin.url}" }`] },
    );
    for (const id of ['one', 'two'])
      await world.blog.record('linkedin', id, [exampleIntent(), exampleFailure('unknown')]);
    await world.keep();
    const there = await world.edit('author', tick(/:posted linkedin one /));
    expect(there.stdout).toContain('linkedin one, posted: done.');
    const entries = await readEntries(world.blog.ledger, 'linkedin', 'one');
    expect(entries.at(-1)).toMatchObject({ kind: 'decision', what: 'posted' });
    expect(await world.run('publish', 'one', '--target', 'linkedin')).toMatchObject({ code: 0 });
    expect(findWrites(linkedin)).toEqual([]);
    const missing = await world.edit('author', tick(/:not-posted linkedin two /));
    expect(missing.stdout).toContain('linkedin two, not-posted: done.');
    await world.run('publish', 'two', '--target', 'linkedin');
    expect(findWrites(linkedin)).toEqual(['POST /rest/posts']);
    const placed = await world.run(
      'resolve',
      'one',
      'linkedin',
      '--url',
      'https://www.linkedin.com/feed/update/urn:li:share:7400000000000000009/',
    );
    expect(placed.stdout).toContain(
      'recorded  https://www.linkedin.com/feed/update/urn:li:share:7400000000000000009/',
    );
  });

  test('says that a copy was made by hand, whose text the issue holds', async () => {
    const world = await openWorld(
      { one: writePost('One\n\nA *text* to paste.') },
      { targets: ['forum: { kind: paste, title: The Forum, format: markdown, since: 2020-01-01 }'] },
    );
    await world.run('publish', '--target', 'devto');
    const text = await world.keep();
    expect(text).toMatch(/<details><summary>Text for forum: One<\/summary>[^]*A \*text\* to paste\./);
    const done = await world.edit('author', tick(/:posted forum one /));
    expect(done.stdout).toContain('forum one, posted: done.');
    expect((await readEntries(world.blog.ledger, 'forum', 'one')).at(-1)).toMatchObject({
      kind: 'receipt',
      by: 'author',
      url: '',
    });
    expect(world.github.issues[0]?.body).not.toContain('For you to make by hand');
    const placed = await world.run('resolve', 'one', 'forum', '--url', 'https://forum.example/one');
    expect(placed.stdout).toBe('= forum  one  recorded as it is now  https://forum.example/one\n');
  });
});

describe('an edit', () => {
  test.each(['reader', 'stranger'])(
    'by somebody who may not write is undone with a word: %s',
    async (login) => {
      const world = await openWorld({ one: writePost('One', due) });
      await world.keep();
      const undone = await world.edit(login, (body) => `${tick(/publish/)(body)}\nHello`);
      expect(undone.code).toBe(0);
      expect(findWrites(world.devto)).toEqual([]);
      expect(world.github.issues[0]?.body).not.toMatch(/\[x\]|Hello/);
      expect(world.github.comments).toEqual([
        {
          number: 1,
          body: `${login} may not write to this repository, so the edit was undone, and nothing that it asked for was done.`,
        },
      ]);
    },
  );

  test.each(['author', 'reader'])(
    'that removes the first line is undone in the same issue: %s',
    async (login) => {
      const world = await openWorld({ one: writePost('One', later) });
      const text = await world.keep();
      await world.edit(login, (body) => body.split('\r\n').slice(1).join('\r\n'));
      expect(world.github.issues).toHaveLength(1);
      expect(world.github.issues[0]?.body?.split('\n')[0]).toBe(text.split('\n')[0]);
    },
  );

  test('of another asks for nothing, though the box that was ticked before is still there', async () => {
    const world = await openWorld({ one: writePost('One', due), two: writePost('Two', due) });
    await world.keep();
    world.github.edit(1, 'reader', tick(/publish devto one /));
    await world.edit('author', tick(/publish devto two /));
    expect(findWrites(world.devto)).toHaveLength(1);
    expect(await readEntries(world.blog.ledger, 'devto', 'one')).toEqual([]);
  });

  test('does what it asks for once, though two ask at the same time or the run is started again', async () => {
    const world = await openWorld({ one: writePost('One', due), two: writePost('Two', due) });
    const text = await world.keep();
    const both = world.github.edit(1, 'author', tick(/publish devto/));
    Object.assign(world.github.issues[0] ?? {}, { body: text });
    const one = world.github.edit(1, 'friend', tick(/publish devto one /));
    await Promise.all([world.answer(both), world.answer(one)]);
    expect(findWrites(world.devto)).toEqual(['POST /api/articles', 'POST /api/articles']);
    const again = await world.answer(both);
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('The copy is no longer as it was when the box was shown.');
    expect(findWrites(world.devto)).toHaveLength(2);
  });

  test('asks for nothing that it was not shown: another copy, another digest, another verb', async () => {
    const world = await openWorld({ one: writePost('One', due), two: writePost('Two', due) });
    await world.keep();
    const forge = (body: string): string =>
      [
        body,
        tick(/publish devto one /)(body).replaceAll('devto one', 'devto two'),
        tick(/publish devto one /)(body).replaceAll(':publish', ':retract'),
        '- [x] <!-- broadside:publish devto one 00000000000000000000000000000000 --> now',
        '- [x] <!-- broadside:publish devto ../../etc/passwd 00000000000000000000000000000000 --> now',
        '- [x] publish everything; $(touch pwned)',
      ].join('\n');
    const run = await world.edit('author', forge);
    expect(run.code).toBe(1);
    expect(findWrites(world.devto)).toEqual([]);
    expect(run.stdout).not.toContain('pwned');
  });

  test('of two boxes of one copy does neither', async () => {
    const world = await openWorld({ one: writePost('One') });
    await world.run('publish');
    await editArticle(world, 'Edited there.');
    writeFiles(world.blog.folder, { 'posts/one.md': writePost('One\n\nMore.') });
    await world.keep();
    const before = findWrites(world.devto).length;
    const run = await world.edit('author', tick(/take-(source|remote)/));
    expect(run.stdout).toContain('More than one box of this copy was ticked.');
    expect(findWrites(world.devto)).toHaveLength(before);
  });

  test('acts in its own blog only, where the repository holds another with the same posts', async () => {
    const world = await openWorld({ one: writePost('One', due) });
    const config = 'other/config/broadside.yaml';
    writeFiles(world.blog.folder, {
      [config]: readFileSync(join(world.blog.folder, 'config/broadside.yaml'), 'utf8'),
      'other/posts/one.md': writePost('One', due),
    });
    await world.keep();
    await world.run('dashboard', '--issue', '--config', config);
    await world.keep();
    const bodies = world.github.issues.map(({ body }) => body ?? '');
    const digestOf = (body: string | undefined): string | undefined =>
      /devto one ([\da-f]{32})/.exec(body ?? '')?.[1];
    expect(bodies).toHaveLength(2);
    expect(digestOf(bodies[0])).not.toBe(digestOf(bodies[1]));
    const file = world.github.edit(2, 'author', tick(/publish devto one /));
    expect((await world.answer(file)).stdout).toContain('there is nothing to do');
    expect(findWrites(world.devto)).toEqual([]);
    expect((await world.answer(file, '--config', config)).stdout).toContain('devto one, publish: done.');
    expect(findWrites(world.devto)).toEqual(['POST /api/articles']);
    expect(world.github.issues[0]?.body).toBe(bodies[0]);
    const copied = (body: string): string => `${body}\n${tick(/publish/)(bodies[1] ?? '')}`;
    expect((await world.edit('author', copied, 1)).code).toBe(1);
    expect(findWrites(world.devto)).toHaveLength(1);
  });

  test('of another issue, of the title alone or by the program is nobody’s wish', async () => {
    const world = await openWorld({ one: writePost('One', due) });
    const text = await world.keep();
    const other = world.github.open('author', 'Broadside', text);
    const files = [
      world.github.edit(other.number, 'author', tick(/publish/)),
      world.github.edit(1, bot, tick(/publish/)),
    ];
    Object.assign(world.github.issues[0] ?? {}, { body: text });
    for (const file of files) expect((await world.answer(file)).code).toBe(0);
    expect(findWrites(world.devto)).toEqual([]);
  });
});

/** Edits the one article as its author could on the site. */
async function editArticle({ devto }: World, body: string): Promise<void> {
  const response = await fetch(`${devto.url}/api/articles/1000`, {
    method: 'PUT',
    headers: {
      'api-key': secrets.DEVTO_API_KEY,
      'content-type': 'application/json',
      'user-agent': 'a browser',
      accept: 'application/vnd.forem.api-v1+json',
    },
    body: JSON.stringify({ article: { body_markdown: body } }),
  });
  expect(response.status).toBe(200);
}
