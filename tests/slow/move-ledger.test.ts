import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileLedger } from '../../src/ledger/file.ts';
import type { Ledger } from '../../src/model/ledger.ts';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import { author, makeBlog, runGitCommand } from '../git-blog.ts';
import { makeIntent, makePiece } from '../ledger/ledger-contract.ts';
import { startPostgres, type PostgresServer } from '../postgres-server.ts';
import { openFolder, runBroadside, writeFiles } from '../workspace.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

async function fill(ledger: Ledger): Promise<void> {
  await ledger.open('devto', '2026-01-01T00:00:00Z');
  await ledger.storeBody('f-a', 'A body.');
  await ledger.storePieces('one', [makePiece('a', '<p>1</p>')]);
  for (const postId of ['one', 'Two — “2”']) {
    await ledger.append({ target: 'devto', postId }, 0, makeIntent('a'));
    await ledger.append({ target: 'devto', postId }, 1, exampleReceipt());
  }
}

const writeConfig = (folder: string, ledger: string, more = 'paused: true'): void =>
  writeFiles(folder, {
    'config/broadside.yaml': [
      'version: 1',
      'site: { url: "https://example.com", title: Example, author: { name: Example Author } }',
      'sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]',
      more,
      `ledger: ${ledger}`,
      '',
    ].join('\n'),
  });

const schema = 'moved_blog';
const configOf = {
  file: `{ kind: file, schema: ${schema} }`,
  postgres: `{ kind: postgres, schema: ${schema} }`,
  git: `{ kind: git, schema: ${schema} }`,
};

test('a ledger moves from files to a database, on to a branch and back to files, and is the same everywhere', async () => {
  const { folder } = makeBlog();
  const environment = { ...author, BROADSIDE_LEDGER_URL: server.address };
  const run = (...words: readonly string[]) =>
    runBroadside(folder, [...words, '--format', 'json'], environment);
  const files = openFileLedger({ folder: join(folder, '.broadside/ledger') });
  await fill(files);
  const [entries, pieces] = [await files.read(), await files.readPieces()];
  for (const [from, to] of [
    ['file', 'postgres'],
    ['postgres', 'git'],
    ['git', 'file'],
  ] as const) {
    writeConfig(folder, configOf[to]);
    const { stdout, stderr, code } = await run('move-ledger', '--from', from);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { away, ...moved } = JSON.parse(stdout) as { readonly away: string };
    expect(moved).toMatchObject({ copies: 2, entries: 4, bodies: 1, pieces: 1 });
    expect((await run('move-ledger', '--from', from)).code).toBe(0);
    // Nothing in the blog leads to a schema that no config names.
    const refusal =
      from === 'postgres'
        ? /^(?![\s\S]*LEDGER_ELSEWHERE)/
        : /LEDGER_ELSEWHERE[\s\S]*broadside move-ledger --from/;
    expect((await run('status')).stderr).toMatch(refusal);
    const person = { PATH: process.env['PATH'], HOME: '/nowhere', GIT_CONFIG_NOSYSTEM: '1' };
    execFileSync('sh', ['-c', away], {
      cwd: folder,
      env: { ...person, BROADSIDE_LEDGER_URL: server.address },
      stdio: 'pipe',
    });
    const doctor = JSON.parse((await run('doctor')).stdout) as {
      readonly findings: readonly { readonly what: string }[];
    };
    expect(doctor.findings.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/^The ledger, .*, can be read: 2 copies\.$/),
    );
  }
  const back = openFileLedger({ folder: join(folder, '.broadside/ledger') });
  expect(await back.read()).toEqual(entries);
  expect(await back.readPieces()).toEqual(pieces);
  expect(await back.readBody('f-a')).toBe('A body.');
  expect(runGitCommand(folder, 'ls-remote', 'origin')).toContain('refs/heads/syndication-ledger-before');
});

test('nothing moves while something may be published, to where it is, or on top of something else', async () => {
  const folder = openFolder();
  const environment = { BROADSIDE_LEDGER_URL: server.address };
  const move = async (from: string) =>
    (await runBroadside(folder, ['move-ledger', '--from', from], environment)).stderr;
  writeConfig(folder, '{ kind: postgres, schema: other_blog }', 'paused: false');
  expect(await move('file')).toContain('A ledger can be moved only while publishing is paused.');
  writeConfig(folder, '{ kind: postgres, schema: other_blog }');
  expect(await move('postgres')).toContain('still keeps the ledger in postgres');
  const files = openFileLedger({ folder: join(folder, '.broadside/ledger') });
  await fill(files);
  expect(await move('file')).toContain('Now put the old one away');
  const feed = { target: 'feed', postId: 'feed' };
  await files.append(feed, 0, makeIntent('b'));
  expect(await move('file')).toContain('Now put the old one away');
  writeConfig(folder, '{ kind: file, schema: other_blog }');
  expect(await move('postgres')).toContain('Now put the old one away');
  await files.append(feed, 1, makeIntent('c'));
  expect(await move('postgres')).toMatch(/has entries of feed on feed that the other does not have/);
  writeFileSync(join(folder, '.broadside/ledger/feed/feed.jsonl'), 'damaged');
  writeConfig(folder, '{ kind: postgres, schema: third_blog }');
  expect(await move('file')).toMatch(/LEDGER_UNREADABLE.*feed\.jsonl/);
  expect(await server.query("select from pg_namespace where nspname = 'third_blog'")).toEqual([]);
});

test('nothing moves while a copy may be on its way', async () => {
  const folder = openFolder();
  const move = () =>
    runBroadside(folder, ['move-ledger', '--from', 'file'], { BROADSIDE_LEDGER_URL: server.address });
  writeConfig(folder, '{ kind: postgres, schema: fourth_blog }');
  const files = openFileLedger({ folder: join(folder, '.broadside/ledger') });
  const key = { target: 'devto', postId: 'one' };
  await files.append(key, 0, exampleIntent({ at: new Date().toISOString() }));
  const { stderr, code } = await move();
  expect(code).toBe(1);
  expect(stderr).toMatch(/COPY_IN_FLIGHT.*one may be on its way to devto right now/);
  expect(await server.query("select from pg_namespace where nspname = 'fourth_blog'")).toEqual([]);
  await files.append(key, 1, exampleFailure('no'));
  expect((await move()).code).toBe(0);
});
