import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGitLedger } from '../../src/ledger/git.ts';
import { author, branch, copyClone, makeBlog, runGitCommand } from '../git-blog.ts';
import { copy, makeIntent } from '../ledger/ledger-contract.ts';
import { fingerprintOf, foldAll, markMemo, open, other, readStanding } from '../ledger/remembered.ts';

describe('a ledger on a branch', () => {
  const openBranch = (folder: string) =>
    openGitLedger({ repository: folder, branch, environment: author, secrets: [], memo: open(folder) });

  it('is remembered by what its files hold, by the ids that git gives them', async () => {
    const blog = makeBlog();
    await openBranch(blog.folder).append(copy, 0, makeIntent('a'));
    await openBranch(blog.folder).append(other, 0, makeIntent('b'));
    const before = await readStanding(openBranch(blog.folder));
    expect(before).toEqual(await foldAll(openBranch(blog.folder)));
    markMemo(blog.folder);
    expect(await fingerprintOf(openBranch(blog.folder))).toBe('remembered');
    await openBranch(copyClone(blog, 'other')).append(copy, 1, makeIntent('c'));
    expect(await fingerprintOf(openBranch(blog.folder))).toBe('f-c');
    expect(await fingerprintOf(openBranch(blog.folder), other)).toBe('f-b');
    rmSync(join(blog.folder, '.broadside'), { recursive: true });
    expect(await readStanding(openBranch(blog.folder))).toEqual(await foldAll(openBranch(blog.folder)));
  });

  it('that was set back is refused, and once it is forgotten, it stands where it was set back to', async () => {
    const blog = makeBlog();
    await openBranch(blog.folder).append(copy, 0, makeIntent('a'));
    const then = await readStanding(openBranch(blog.folder));
    await openBranch(blog.folder).append(copy, 1, makeIntent('c'));
    await readStanding(openBranch(blog.folder));
    runGitCommand(blog.remote, 'branch', '-f', branch, `${branch}~1`);
    await expect(openBranch(blog.folder).readStates()).rejects.toMatchObject({ code: 'LEDGER_LOST' });
    runGitCommand(blog.remote, 'update-ref', '-d', `refs/broadside/${branch}`);
    rmSync(join(blog.folder, '.git/broadside'), { recursive: true });
    expect(await readStanding(openBranch(blog.folder))).toEqual(then);
  });
});
