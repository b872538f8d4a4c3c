import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withholdSecrets } from '../../src/base/child-environment.ts';
import { openGitLedger, type GitLedgerOptions } from '../../src/ledger/git.ts';
import {
  author,
  branch,
  copyClone,
  makeBlog,
  runGitCommand,
  scratch,
  wrapGit,
  type GitBlog,
} from '../git-blog.ts';
import { appendAtEnd, copy, makeIntent, readNames, runModule } from '../ledger/ledger-contract.ts';
import { root } from '../workspace.ts';

const modules = new URL('src/ledger', root).href;

const open = (repository: string, more: Partial<GitLedgerOptions> = {}) =>
  openGitLedger({
    repository,
    branch,
    ...withholdSecrets(more.environment ?? author, { targets: [] }),
    ...more,
  });

const clone = ({ url, folder }: GitBlog, name: string, ...flags: readonly string[]): string => {
  runGitCommand(scratch, 'clone', '--quiet', ...flags, url, `${folder}-${name}`);
  return `${folder}-${name}`;
};

describe('git: the author’s repository', () => {
  it('is left as it was: work tree, index, refs, branch, config', async () => {
    const blog = makeBlog();
    await writeFile(join(blog.folder, 'draft.md'), 'not added\n');
    await writeFile(join(blog.folder, 'staged.md'), 'added\n');
    runGitCommand(blog.folder, 'add', 'staged.md');
    await appendFile(join(blog.folder, 'post.md'), 'changed\n');
    const look = () => [
      runGitCommand(blog.folder, 'status', '--porcelain=v2', '--branch'),
      runGitCommand(blog.folder, 'rev-parse', 'HEAD', '--abbrev-ref', 'HEAD'),
      runGitCommand(blog.folder, 'for-each-ref'),
      runGitCommand(blog.folder, 'count-objects', '-v'),
      readFileSync(join(blog.folder, '.git/index')).toString('hex'),
      readFileSync(join(blog.folder, '.git/config'), 'utf8'),
      existsSync(join(blog.folder, '.git/FETCH_HEAD')),
      existsSync(join(blog.folder, '.git/shallow')),
    ];
    const before = look();
    const ledger = open(blog.folder);
    await ledger.append(copy, 0, makeIntent('a'));
    await ledger.storeBody('0f', 'body');
    await ledger.read();
    expect(look()).toEqual(before);
    expect(runGitCommand(blog.remote, 'for-each-ref', '--format=%(refname)').split('\n')).toEqual([
      `refs/broadside/${branch}`,
      'refs/heads/main',
      `refs/heads/${branch}`,
    ]);
  });

  it('sees an orphan branch that grows by plain commits, whatever its own config and hooks say', async () => {
    const blog = makeBlog();
    const ledger = open(join(blog.folder, '.'));
    await ledger.append(copy, 0, makeIntent('ä'));
    await ledger.append(copy, 1, makeIntent('b'));
    expect(runGitCommand(blog.remote, 'log', '--format=%an <%ae> %cn %G? %s', branch).split('\n')).toEqual([
      'Broadside <broadside@localhost> Broadside N intent devto/how-plans-work.jsonl',
      'Broadside <broadside@localhost> Broadside N intent devto/how-plans-work.jsonl',
    ]);
    expect(runGitCommand(blog.remote, 'show', `${branch}:devto/how-plans-work.jsonl`)).toBe(
      [
        '{"v":1,"kind":"copy","target":"devto","postId":"how-plans-work"}',
        JSON.stringify(makeIntent('ä')),
        JSON.stringify(makeIntent('b')),
      ].join('\n'),
    );
    expect(runGitCommand(blog.remote, 'log', '-1', '--format=%b', branch)).toBe('[skip ci]');
    expect(ledger.description).toBe('git branch syndication-ledger of origin');
  });

  it.each([
    ['a shallow clone', (blog: GitBlog) => clone(blog, 'shallow', '--depth=1')],
    [
      'a clone of one branch with a detached head',
      (blog: GitBlog) => {
        const folder = clone(blog, 'detached', '--single-branch', '--branch=main');
        runGitCommand(folder, 'checkout', '--quiet', '--detach');
        return folder;
      },
    ],
    ['a clone without blobs', (blog: GitBlog) => clone(blog, 'partial', '--filter=blob:none')],
    [
      'a linked work tree',
      (blog: GitBlog) => {
        runGitCommand(blog.folder, 'worktree', 'add', '--quiet', '--detach', `${blog.folder}-linked`);
        return `${blog.folder}-linked`;
      },
    ],
    [
      'a remote with a relative path',
      (blog: GitBlog) => {
        runGitCommand(blog.folder, 'remote', 'set-url', 'origin', '../remote.git');
        return blog.folder;
      },
    ],
    [
      'another address for pushes',
      (blog: GitBlog) => {
        runGitCommand(blog.folder, 'remote', 'set-url', '--push', 'origin', blog.url);
        runGitCommand(blog.folder, 'remote', 'set-url', 'origin', 'file:///nowhere/mirror.git');
        return blog.folder;
      },
    ],
  ])('may be %s', async (_what, prepare) => {
    const blog = makeBlog();
    await open(blog.folder).append(copy, 0, makeIntent('a'));
    const folder = prepare(blog);
    const before = runGitCommand(folder, 'status', '--porcelain=v2', '--branch');
    const ledger = open(folder);
    expect(await ledger.append(copy, 1, makeIntent('b'))).toBe('ok');
    expect(await readNames(ledger, copy)).toEqual(['a', 'b']);
    expect(runGitCommand(folder, 'status', '--porcelain=v2', '--branch')).toBe(before);
    expect(runGitCommand(blog.remote, 'rev-list', '--count', branch)).toBe('2');
  });

  it('may be one whose hook is running', async () => {
    const blog = makeBlog();
    const hook = {
      ...author,
      GIT_DIR: '/nowhere/.git',
      GIT_INDEX_FILE: '/nowhere/index',
      GIT_WORK_TREE: '/',
    };
    const ledger = open(blog.folder, { environment: hook });
    expect(await ledger.append(copy, 0, makeIntent('a'))).toBe('ok');
  });
});

describe('git: others that write', () => {
  it('decides again when another clone pushed between its fetch and its push', async () => {
    const blog = makeBlog();
    const other = copyClone(blog, 'other');
    await open(other).append(copy, 0, makeIntent('first'));
    const second = { target: 'devto', postId: 'second' };
    const meddle = `
      import { openGitLedger } from '${modules}/git.ts';
      const ledger = openGitLedger(${JSON.stringify({ repository: other, branch, environment: author, secrets: [] })});
      await ledger.append(${JSON.stringify(copy)}, 1, ${JSON.stringify(makeIntent('quicker'))});`;
    const wrapped = wrapGit(`
      if [ "$1" = push ] && mkdir "$HERE/once" 2>/dev/null; then '${process.execPath}' "$HERE/meddle.mjs" || exit 9; fi
      exec "$GIT" "$@"`);
    const script = join(wrapped['WRAPPER'] ?? '', 'meddle.mjs');
    await writeFile(script, meddle);
    const ledger = open(blog.folder, { environment: wrapped });
    const answers = await Promise.all([
      ledger.append(copy, 1, makeIntent('slower')),
      ledger.append(second, 0, makeIntent('elsewhere')),
    ]);
    expect(answers).toEqual(['moved', 'ok']);
    expect(await readNames(ledger, copy)).toEqual(['first', 'quicker']);
    expect(await readNames(ledger, second)).toEqual(['elsewhere']);
    expect(runGitCommand(blog.remote, 'rev-list', '--count', '--merges', branch)).toBe('0');
  });

  it('lets one of two clones make the branch, and the other one add to it', async () => {
    const blog = makeBlog();
    const ledgers = ['one', 'two', 'three'].map((name) => open(copyClone(blog, name)));
    await Promise.all(ledgers.map((ledger, index) => appendAtEnd(ledger, copy, makeIntent(String(index)))));
    expect((await readNames(open(blog.folder), copy)).toSorted()).toEqual(['0', '1', '2']);
    expect(runGitCommand(blog.remote, 'rev-list', '--max-parents=0', '--count', branch)).toBe('1');
  });

  it('knows its own entry when the answer to a push was lost', async () => {
    const blog = makeBlog();
    const lose = `if [ "$1" = push ] && mkdir "$HERE/once" 2>/dev/null; then
      "$GIT" "$@" >/dev/null 2>&1; echo 'fatal: the remote end hung up unexpectedly' >&2; exit 1; fi
      exec "$GIT" "$@"`;
    const first = open(blog.folder, { environment: wrapGit(lose) });
    expect(await first.append(copy, 0, makeIntent('a'))).toBe('ok');
    const second = open(blog.folder, { environment: wrapGit(lose) });
    expect(
      await Promise.all([second.append(copy, 1, makeIntent('b')), second.storeBody('0f', 'body')]),
    ).toEqual(['ok', undefined]);
    expect(await readNames(second, copy)).toEqual(['a', 'b']);
    expect(runGitCommand(blog.remote, 'rev-list', '--count', branch)).toBe('2');
  });

  it('sends changes that are asked for at once in one commit', async () => {
    const blog = makeBlog();
    const ledger = open(blog.folder);
    await Promise.all([
      ledger.append(copy, 0, makeIntent('a')),
      ledger.append(copy, 1, makeIntent('b')),
      ledger.open('devto', '2026-01-01T00:00:00Z'),
      ledger.storeBody('0f', 'body'),
    ]);
    expect(runGitCommand(blog.remote, 'rev-list', '--count', branch)).toBe('1');
    expect(await readNames(ledger, copy)).toEqual(['a', 'b']);
  });

  it('asks once for a read, and starts the same few processes whatever the number of copies', async () => {
    const blog = makeBlog();
    const writer = open(blog.folder);
    const keys = Array.from({ length: 60 }, (_, index) => ({ target: 'devto', postId: `post-${index}` }));
    await Promise.all(keys.map((key) => writer.append(key, 0, makeIntent('a'))));
    const wrapped = wrapGit('echo "$1" >> "$HERE/log"; exec "$GIT" "$@"');
    const log = join(wrapped['WRAPPER'] ?? '', 'log');
    const reader = open(blog.folder, { environment: wrapped });
    expect((await reader.read()).copies).toHaveLength(60);
    expect(readFileSync(log, 'utf8').trim().split('\n').length).toBeLessThan(12);
    await rm(log);
    expect((await reader.read()).copies).toHaveLength(60);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual(['ls-remote']);
  });
});

describe('git: kills', () => {
  it('leave nothing behind that stops the next run, whichever command they hit', async () => {
    const blog = makeBlog();
    await open(blog.folder).append(copy, 0, makeIntent('start'));
    const script = join(scratch, 'append.mjs');
    const commands = [
      'init',
      'ls-remote',
      'fetch',
      'rev-parse',
      'ls-tree',
      'cat-file',
      'update-ref',
      'fast-import',
      'push',
    ];
    const store = join(blog.folder, '.git/broadside/ledger.git');
    for (const [index, command] of commands.entries()) {
      const when = index % 2 === 0 && command !== 'push' ? 'before' : 'after';
      const wrapped = wrapGit(
        `if [ "$1" = ${command} ]; then
          ${when === 'after' ? '"$GIT" "$@"' : ':'}; kill -9 $PPID; exit 1; fi; exec "$GIT" "$@"`,
      );
      const options = { repository: blog.folder, branch, environment: wrapped, secrets: [] };
      if (['init', 'update-ref'].includes(command)) await rm(store, { recursive: true });
      await writeFile(
        script,
        `import { openGitLedger } from '${modules}/git.ts';
        const ledger = openGitLedger(${JSON.stringify(options)});
        const length = (await ledger.read()).copies[0].entries.length;
        await ledger.append(${JSON.stringify(copy)}, length, ${JSON.stringify(makeIntent(command))});`,
      );
      const code = await new Promise((resolve) => {
        spawn(process.execPath, [script], { stdio: 'ignore' }).on('close', (_code, signal) =>
          resolve(signal),
        );
      });
      expect(code).toBe('SIGKILL');
      for (const name of ['shallow.lock', 'refs/ledger/tip.lock', 'config.lock']) {
        await mkdir(dirname(join(store, name)), { recursive: true });
        await writeFile(join(store, name), '');
      }
      await appendAtEnd(open(blog.folder, { patience: 60_000 }), copy, makeIntent(`after-${command}`));
    }
    const names = await readNames(open(copyClone(blog, 'reader')), copy);
    expect(names).toEqual([
      'start',
      ...commands.slice(0, -1).map((one) => `after-${one}`),
      'push',
      'after-push',
    ]);
  });

  it('a store that is broken is made anew', async () => {
    const blog = makeBlog();
    await open(blog.folder).append(copy, 0, makeIntent('a'));
    const store = join(blog.folder, '.git/broadside/ledger.git');
    await rm(join(store, 'objects'), { recursive: true });
    await mkdir(join(store, 'objects'));
    expect(await readNames(open(blog.folder), copy)).toEqual(['a']);
    await writeFile(join(store, 'shallow'), 'nonsense\n');
    expect(await open(blog.folder).append(copy, 1, makeIntent('b'))).toBe('ok');
    await rm(store, { recursive: true });
    await mkdir(store);
    await writeFile(join(store, 'HEAD'), 'ref: refs/heads/main\n');
    expect(await readNames(open(blog.folder), copy)).toEqual(['a', 'b']);
  });
});

describe('git: what cannot be done', () => {
  it('says that the remote cannot be reached, without a password in it', async () => {
    const blog = makeBlog();
    const ledger = open(blog.folder);
    await ledger.append(copy, 0, makeIntent('a'));
    await rename(blog.remote, `${blog.remote}-gone`);
    const refusal = { code: 'LEDGER_UNREADABLE', remedy: expect.stringContaining('network') };
    await expect(ledger.read()).rejects.toMatchObject(refusal);
    await expect(ledger.append(copy, 1, makeIntent('b'))).rejects.toMatchObject(refusal);
    await rename(`${blog.remote}-gone`, blog.remote);
    expect(await ledger.append(copy, 1, makeIntent('b'))).toBe('ok');
    runGitCommand(blog.folder, 'remote', 'set-url', 'origin', 'http://author:pass-word@127.0.0.1:1/blog.git');
    const error: unknown = await open(blog.folder)
      .read()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'LEDGER_UNREADABLE' });
    expect(String(error)).not.toContain('pass-word');
  });

  it('says that a push is refused, and by whom', async () => {
    const blog = makeBlog();
    await mkdir(join(blog.remote, 'hooks'));
    await writeFile(join(blog.remote, 'hooks/pre-receive'), '#!/bin/sh\necho "protected" >&2\nexit 1\n', {
      mode: 0o755,
    });
    await expect(open(blog.folder).append(copy, 0, makeIntent('a'))).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
      message: expect.stringContaining('protected'),
      remedy: expect.stringContaining('contents: write'),
    });
    expect(runGitCommand(blog.remote, 'branch', '--list', branch)).toBe('');
  });

  it('never writes to a branch that holds something else', async () => {
    const blog = makeBlog();
    const before = runGitCommand(blog.remote, 'rev-parse', 'main');
    const ledger = open(blog.folder, { branch: 'main' });
    await expect(ledger.append(copy, 0, makeIntent('a'))).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
    });
    await expect(ledger.read()).rejects.toMatchObject({ remedy: expect.stringContaining('ledger.branch') });
    expect(runGitCommand(blog.remote, 'rev-parse', 'main')).toBe(before);
  });

  it('names a remote that is not there, and a name that no branch can have', async () => {
    const blog = makeBlog();
    await expect(open(blog.folder, { remote: 'upstream' }).read()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      remedy: expect.stringContaining('origin'),
    });
    await expect(open(blog.folder, { branch: 'a:b' }).read()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });

  it('says that there is no git', async () => {
    const blog = makeBlog();
    const bare = { HOME: scratch, PATH: join(scratch, 'hooks') };
    await expect(open(blog.folder, { environment: bare }).read()).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
      remedy: expect.stringContaining('Install git'),
    });
  });

  it('ends a read that is aborted with the reason given', async () => {
    const blog = makeBlog();
    const wrapped = wrapGit('if [ "$1" = ls-remote ]; then exec sleep 20; fi; exec "$GIT" "$@"');
    const abort = new AbortController();
    const reading = open(blog.folder, { environment: wrapped, signal: abort.signal }).read();
    setTimeout(() => abort.abort(new Error('enough')), 200);
    await expect(reading).rejects.toThrow('enough');
  });
});

describe('git: a process of its own', () => {
  it('ends by itself once the ledger is written', async () => {
    const blog = makeBlog();
    const ended = await runModule(`
      import { openGitLedger } from '${modules}/git.ts';
      const ledger = openGitLedger(${JSON.stringify({ repository: blog.folder, branch, environment: author, secrets: [] })});
      console.log(await ledger.append(${JSON.stringify(copy)}, 0, ${JSON.stringify(makeIntent('a'))}));`);
    expect(ended).toEqual({ code: 0, output: 'ok\n' });
  });
});
