import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileLedger } from '../../src/ledger/file.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { author, branch, copyClone, makeBlog, runGitCommand, scratch } from '../git-blog.ts';
import { copy, makeIntent } from '../ledger/ledger-contract.ts';

const choice = { path: '.broadside/ledger', branch, remote: 'origin' };

describe('opening the ledger of a repository', () => {
  it('takes git where there is a remote, and files where there is none', async () => {
    const blog = makeBlog();
    const alone = copyClone(blog, 'alone');
    runGitCommand(alone, 'remote', 'remove', 'origin');
    const { description } = await openLedger(choice, { root: alone, environment: author, secrets: [] });
    expect(description).toBe('files in .broadside/ledger');
    await mkdir(join(blog.folder, 'site'));
    const place = { root: join(blog.folder, 'site'), environment: author, secrets: [] };
    const ledger = await openLedger(choice, place);
    expect(ledger.description).toBe('git branch syndication-ledger of origin');
    expect(await ledger.append(copy, 0, makeIntent('a'))).toBe('ok');
    expect(existsSync(join(blog.folder, 'site/.broadside'))).toBe(false);
  });

  it.each([
    ['gone', (folder: string) => runGitCommand(folder, 'remote', 'remove', 'origin')],
    ['renamed', (folder: string) => runGitCommand(folder, 'remote', 'rename', 'origin', 'upstream')],
    [
      'moved',
      (folder: string) => runGitCommand(folder, 'remote', 'set-url', 'origin', 'file:///nowhere/blog.git'),
    ],
  ])('never begins one of files because the remote of its branch is %s', async (what, lose) => {
    const blog = makeBlog();
    const fetched = copyClone(blog, 'fetched');
    await (
      await openLedger(choice, { root: blog.folder, environment: author, secrets: [] })
    ).append(copy, 0, makeIntent('a'));
    runGitCommand(fetched, 'fetch', '--quiet');
    for (const root of what === 'gone' ? [blog.folder] : [blog.folder, fetched]) {
      lose(root);
      for (const kind of [undefined, 'file', 'git'] as const) {
        const reading = openLedger({ ...choice, kind }, { root, environment: author, secrets: [] }).then(
          (ledger) => ledger.read(),
        );
        await expect(reading).rejects.toMatchObject({
          code: expect.stringMatching(/^(?:LEDGER_ELSEWHERE|LEDGER_UNREADABLE|CONFIG_INVALID)$/),
          remedy: expect.stringMatching(/remote|network/),
        });
      }
    }
    const files = openFileLedger({ folder: join(blog.folder, choice.path) });
    await files.append(copy, 0, makeIntent('a'));
    const moved = await openLedger(
      { ...choice, kind: 'file' },
      { root: blog.folder, environment: author, secrets: [] },
    );
    expect((await moved.read()).copies).toHaveLength(1);
  });

  it('never begins one of files beside a branch that was deleted', async () => {
    const blog = makeBlog();
    await (
      await openLedger(choice, { root: blog.folder, environment: author, secrets: [] })
    ).append(copy, 0, makeIntent('a'));
    runGitCommand(blog.remote, 'branch', '-D', branch);
    const fresh = { root: copyClone(blog, 'fresh'), environment: author, secrets: [] };
    await expect(openLedger({ ...choice, kind: 'file' }, fresh)).rejects.toMatchObject({
      code: 'LEDGER_ELSEWHERE',
    });
  });

  it('never takes files because git refuses the repository', async () => {
    const folder = await mkdtemp(join(scratch, 'broken-'));
    await writeFile(join(folder, '.git'), 'gitdir: /nowhere\n');
    await expect(
      openLedger(choice, { root: folder, environment: author, secrets: [] }),
    ).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
    });
  });

  it('refuses to begin a second ledger beside the one that has entries', async () => {
    const blog = makeBlog();
    const place = { root: blog.folder, environment: author, secrets: [] };
    const files = openFileLedger({ folder: join(blog.folder, choice.path) });
    await files.open('devto', '2026-01-01T00:00:00Z');
    await (await openLedger(choice, place)).append(copy, 0, makeIntent('a'));
    await expect(openLedger({ ...choice, kind: 'file' }, place)).rejects.toMatchObject({
      code: 'LEDGER_ELSEWHERE',
      remedy: expect.stringContaining('ledger.kind to git'),
    });
    await files.append(copy, 0, makeIntent('a'));
    await expect(openLedger(choice, place)).rejects.toMatchObject({
      code: 'LEDGER_ELSEWHERE',
      remedy: expect.stringContaining('ledger.kind to file'),
    });
    await rename(blog.remote, `${blog.remote}-gone`);
    expect((await openLedger({ ...choice, kind: 'file' }, place)).description).toBe(
      'files in .broadside/ledger',
    );
  });

  it('reads a ledger of files that was pushed as the branch', async () => {
    const blog = makeBlog();
    const folder = await mkdtemp(join(scratch, 'moved-'));
    const files = openFileLedger({ folder });
    await files.append(copy, 0, makeIntent('a'));
    await files.storeBody('0f', 'body');
    const entries = await files.read();
    runGitCommand(folder, 'init', '--quiet', `--initial-branch=${branch}`);
    runGitCommand(folder, 'add', '.');
    runGitCommand(folder, 'commit', '--quiet', '-m', 'Move the ledger');
    runGitCommand(folder, 'push', '--quiet', blog.remote, branch);
    const ledger = await openLedger(choice, { root: blog.folder, environment: author, secrets: [] });
    expect(await ledger.read()).toEqual(entries);
    expect(await ledger.readBody('0f')).toBe('body');
    expect(await ledger.append(copy, 1, makeIntent('b'))).toBe('ok');
  });
});
