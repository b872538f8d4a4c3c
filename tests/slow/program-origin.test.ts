import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findOrigin } from '../../src/commands/init/program-origin.ts';
import { makeBlog, runGitCommand } from '../git-blog.ts';
import { writeFiles } from '../workspace.ts';

const own = 'https://git.example.com/example/broadside';
const shell = { environment: { PATH: process.env['PATH'] }, signal: new AbortController().signal };

describe('where the program is from, by git', () => {
  it('is the commit of its clone, once a remote has it', async () => {
    const { folder } = makeBlog();
    const head = runGitCommand(folder, 'rev-parse', 'HEAD');
    expect(await findOrigin(folder, {}, shell)).toEqual({
      missing: expect.stringContaining('no remote “origin” at an address') as string,
    });
    runGitCommand(
      folder,
      'remote',
      'set-url',
      'origin',
      'https://me:secret@git.example.com/example/broadside',
    );
    const origin = { kind: 'commit', repository: own, commit: head };
    expect(await findOrigin(folder, {}, shell)).toEqual({ origin, isChanged: false });
    writeFiles(folder, { 'post.md': 'changed\n' });
    expect(await findOrigin(folder, {}, shell)).toEqual({ origin, isChanged: true });

    runGitCommand(folder, 'commit', '--quiet', '--all', '-m', 'Not pushed');
    const unpushed = runGitCommand(folder, 'rev-parse', 'HEAD');
    for (const word of [undefined, 'example/fork']) {
      expect(await findOrigin(folder, { repository: word }, shell)).toEqual({
        missing: `as far as the program’s clone knows, its commit ${unpushed} is on no remote`,
      });
    }
    expect(await findOrigin(folder, { repository: `example/fork@${unpushed}` }, shell)).toEqual({
      origin: { kind: 'commit', repository: 'https://github.com/example/fork', commit: unpushed },
      isChanged: false,
    });
  });

  it('is never the repository around it', async () => {
    const { folder } = makeBlog();
    runGitCommand(folder, 'remote', 'set-url', 'origin', own);
    const inside = join(folder, 'node_modules', 'broadside');
    writeFiles(inside, { 'package.json': '{}' });
    expect(await findOrigin(inside, {}, shell)).toHaveProperty('missing');
    expect(await findOrigin(inside, { repository: 'example/broadside' }, shell)).toHaveProperty('missing');
  });
});
