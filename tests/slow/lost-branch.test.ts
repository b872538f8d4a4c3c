import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BroadsideError } from '../../src/base/errors.ts';
import { openGitLedger } from '../../src/ledger/git.ts';
import { author, branch, copyClone, makeBlog, runGitCommand, wrapGit, type GitBlog } from '../git-blog.ts';
import { copy, makeIntent } from '../ledger/ledger-contract.ts';
import { commit, copyFile, edit, losses } from '../losses.ts';

const mark = `refs/broadside/${branch}`;
const other = { target: 'linkedin', postId: 'how-plans-work' };
const store = '.git/broadside/ledger.git';

let template: GitBlog;
beforeAll(async () => {
  template = makeBlog();
  const ledger = open(template.folder);
  await ledger.open('devto', '2026-01-01T00:00:00Z');
  await ledger.append(copy, 0, makeIntent('a'));
  await ledger.append(other, 0, makeIntent('b'));
  await ledger.append(copy, 1, makeIntent('c'));
});

const open = (repository: string) => openGitLedger({ repository, branch, environment: author, secrets: [] });

/** A blog whose ledger has four changes, all known to its first clone. */
function copyBlog(): GitBlog {
  const blog = makeBlog();
  for (const [from, to] of [
    [template.remote, blog.remote],
    [join(template.folder, store), join(blog.folder, store)],
  ] as const) {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
  return blog;
}

async function readError(reading: Promise<unknown>): Promise<BroadsideError> {
  const answer: unknown = await reading.then(
    () => 'nothing was wrong',
    (error: unknown) => error,
  );
  expect(answer).toMatchObject({ code: 'LEDGER_LOST' });
  return answer as BroadsideError;
}

/** Does in a clone what an error says, word for word. */
function follow(folder: string, { remedy }: BroadsideError, which: RegExp): void {
  const [, command = 'false'] = which.exec(remedy) ?? [];
  const identity = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'Example Author'],
    [`GIT_${who}_EMAIL`, 'author@example.com'],
  ]);
  const env = { PATH: process.env['PATH'], HOME: '/nowhere', ...Object.fromEntries(identity) };
  execFileSync('sh', ['-ec', command], { cwd: folder, env, stdio: 'pipe' });
}

const wayBack = /Bring it back: (.*) — or/;
const wayOn = /forget it: (.*)$/;

describe('a ledger’s branch that is', () => {
  it.each(losses)('%s is refused by every clone, until it is brought back', async (_what, lose, says) => {
    const blog = copyBlog();
    const before = await open(blog.folder).read();
    lose(blog);
    const fresh = copyClone(blog, 'fresh');
    let refused: BroadsideError | undefined;
    for (const folder of [blog.folder, fresh]) {
      const ledger = open(folder);
      refused = await readError(ledger.read());
      expect(refused.message).toMatch(says);
      await readError(ledger.append({ target: 'devto', postId: 'new' }, 0, makeIntent('d')));
    }
    if (refused !== undefined) follow(fresh, refused, wayBack);
    for (const folder of [blog.folder, fresh]) expect(await open(folder).read()).toEqual(before);
    expect(await open(fresh).append(copy, 2, makeIntent('d'))).toBe('ok');
  });

  it('lost while it is in use is refused, and not begun anew', async () => {
    const blog = copyBlog();
    const ledger = open(blog.folder);
    await ledger.append(copy, 2, makeIntent('d'));
    runGitCommand(blog.remote, 'branch', '-f', branch, `${branch}~1`);
    await readError(ledger.append(copy, 3, makeIntent('e')));
    runGitCommand(blog.remote, 'branch', '-D', branch);
    await readError(ledger.append(copy, 3, makeIntent('e')));
    expect(runGitCommand(blog.remote, 'branch', '--list', branch)).toBe('');
  });

  it.each([
    ['deleted', ({ remote }: GitBlog) => runGitCommand(remote, 'branch', '-D', branch)],
    ['set back', ({ remote }: GitBlog) => runGitCommand(remote, 'branch', '-f', branch, `${branch}~2`)],
  ])('%s together with what is beside it is missed by a clone that knew it', async (_what, lose) => {
    const blog = copyBlog();
    const before = await open(blog.folder).read();
    lose(blog);
    runGitCommand(blog.remote, 'update-ref', '-d', mark);
    follow(blog.folder, await readError(open(blog.folder).read()), wayBack);
    for (const folder of [blog.folder, copyClone(blog, 'fresh')]) {
      expect(await open(folder).read()).toEqual(before);
    }
    expect(await open(blog.folder).append(copy, 2, makeIntent('d'))).toBe('ok');
  });

  it.each([
    ['moved before it', (tip: string, next: string) => [`${next}\t${mark}`, `${tip}\trefs/heads/${branch}`]],
    ['been made before it', (_tip: string, next: string) => [`${next}\t${mark}`]],
  ])('seen when the mark beside it has just %s is looked at again', async (_what, show) => {
    const blog = copyBlog();
    const wrapped = wrapGit(
      'if [ "$1" = ls-remote ] && mv "$HERE/seen" "$HERE/shown" 2>/dev/null; then exec cat "$HERE/shown"; fi; exec "$GIT" "$@"',
    );
    const ledger = openGitLedger({ repository: blog.folder, branch, environment: wrapped, secrets: [] });
    await ledger.read();
    const tip = runGitCommand(blog.remote, 'rev-parse', branch);
    await open(copyClone(blog, 'other')).append(copy, 2, makeIntent('d'));
    const seen = show(tip, runGitCommand(blog.remote, 'rev-parse', branch));
    writeFileSync(join(wrapped['WRAPPER'] ?? '', 'seen'), `${seen.join('\n')}\n`);
    expect(await ledger.append(copy, 3, makeIntent('e'))).toBe('ok');
  });

  it('neither shown nor said to be absent is not taken for absent', async () => {
    const blog = copyBlog();
    const wrapped = wrapGit('if [ "$1" = ls-remote ]; then exit 0; fi; exec "$GIT" "$@"');
    const fresh = copyClone(blog, 'fresh');
    const ledger = openGitLedger({ repository: fresh, branch, environment: wrapped, secrets: [] });
    await expect(ledger.read()).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
  });

  it('gone because it was meant to go can be forgotten', async () => {
    const blog = copyBlog();
    runGitCommand(blog.remote, 'branch', '-D', branch);
    follow(blog.folder, await readError(open(blog.folder).read()), wayOn);
    expect(await open(blog.folder).read()).toEqual({ copies: [], opened: {} });
    expect(await open(blog.folder).append(copy, 0, makeIntent('anew'))).toBe('ok');
    expect(await open(copyClone(blog, 'fresh')).append(copy, 1, makeIntent('more'))).toBe('ok');
  });

  it('written anew with all that it had is taken as it is', async () => {
    const blog = copyBlog();
    const before = await open(blog.folder).read();
    commit(blog, () => undefined, '--amend');
    expect(await open(blog.folder).read()).toEqual(before);
    expect(await open(copyClone(blog, 'fresh')).append(copy, 2, makeIntent('d'))).toBe('ok');
  });

  it('put right by a person is taken as it is', async () => {
    const blog = copyBlog();
    commit(blog, (folder) => edit(folder, copyFile, (text) => text.replace('attempt-c', 'attempt-x')));
    for (const folder of [blog.folder, copyClone(blog, 'fresh')]) {
      const { copies } = await open(folder).read();
      expect(copies[0]?.entries.map(({ attempt }) => attempt.id)).toEqual(['attempt-a', 'attempt-x']);
    }
    expect(await open(blog.folder).append(copy, 2, makeIntent('d'))).toBe('ok');
    expect(runGitCommand(blog.remote, 'rev-parse', mark)).toBe(
      runGitCommand(blog.remote, 'rev-parse', branch),
    );
  });

  it('older than the mark beside it gets one with the next change', async () => {
    const blog = copyBlog();
    runGitCommand(blog.remote, 'update-ref', '-d', mark);
    expect(await open(copyClone(blog, 'fresh')).append(copy, 2, makeIntent('d'))).toBe('ok');
    expect(runGitCommand(blog.remote, 'rev-parse', mark)).toBe(
      runGitCommand(blog.remote, 'rev-parse', branch),
    );
  });

  it.each([
    [
      'no two refs at once',
      (remote: string) => runGitCommand(remote, 'config', 'receive.advertiseAtomic', 'false'),
    ],
    [
      'no ref but branches',
      (remote: string) =>
        writeFileSync(
          join(remote, 'hooks', 'update'),
          '#!/bin/sh\ncase $1 in refs/heads/*) ;; *) exit 1;; esac\n',
          {
            mode: 0o755,
          },
        ),
    ],
  ])('on a server that takes %s is pushed without the mark', async (_what, limit) => {
    const blog = makeBlog();
    mkdirSync(join(blog.remote, 'hooks'), { recursive: true });
    limit(blog.remote);
    const ledger = open(blog.folder);
    for (const length of [0, 1]) expect(await ledger.append(copy, length, makeIntent('a'))).toBe('ok');
    expect(runGitCommand(blog.remote, 'for-each-ref', '--format=%(refname)', 'refs/broadside')).toBe('');
    runGitCommand(blog.remote, 'branch', '-f', branch, `${branch}~1`);
    await readError(open(blog.folder).read());
  });
});
