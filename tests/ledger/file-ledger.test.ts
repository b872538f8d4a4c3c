import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BroadsideError } from '../../src/base/errors.ts';
import { findSender, newAttempt } from '../../src/ledger/attempt.ts';
import { openFileLedger } from '../../src/ledger/file.ts';
import { createLock } from '../../src/ledger/lock.ts';
import { openLedger } from '../../src/ledger/open.ts';
import {
  appendAtEnd,
  copy,
  makeIntent,
  makePiece,
  readNames,
  runModule,
  testLedger,
} from './ledger-contract.ts';
import { root } from '../workspace.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'broadside-file-ledger-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const modules = new URL('src/ledger', root).href;
const copyFile = 'devto/how-plans-work.jsonl';

/** Elsewhere than on Linux nothing tells when a process started, and a number given out again is not noticed. */
const startIsKnown = existsSync('/proc/self/stat');

const makeFolder = async (): Promise<string> => join(await mkdtemp(join(scratch, 'blog-')), 'deep', 'ledger');

async function listFiles(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return files.map((file) => file.slice(folder.length + 1).replaceAll(sep, '/')).toSorted();
}

testLedger('files', async () => {
  const folder = await makeFolder();
  return {
    open: () => openFileLedger({ folder }),
    opening: `import { openFileLedger } from '${modules}/file.ts';
      const ledger = openFileLedger({ folder: ${JSON.stringify(folder)} });`,
    edit: async (changes) => {
      for (const [path, change] of Object.entries(changes)) {
        await writeFile(join(folder, path), change(await readFile(join(folder, path), 'utf8')));
      }
    },
    list: () => listFiles(folder),
    race: { turns: 5, pause: 20 },
  };
});

describe('files: after a crash', () => {
  it('does not count an unfinished piece, and cuts it off before the next', async () => {
    const folder = await makeFolder();
    const ledger = openFileLedger({ folder });
    await ledger.storePieces('post', [makePiece('a', '1')]);
    await appendFile(join(folder, 'pages/post.jsonl'), JSON.stringify(makePiece('b', '2')));
    expect((await ledger.readPieces()).get('post')?.pieces).toHaveLength(1);
    await ledger.storePieces('post', [makePiece('b', '2')]);
    expect((await ledger.readPieces()).get('post')?.pieces).toEqual([
      makePiece('a', '1'),
      makePiece('b', '2'),
    ]);
  });

  it('does not count an unfinished last line, and cuts it off before the next entry', async () => {
    const folder = await makeFolder();
    const ledger = openFileLedger({ folder });
    await ledger.append(copy, 0, makeIntent('a'));
    for (const torn of [
      '{"v":1,"at":"2026-',
      JSON.stringify(makeIntent('torn')),
      '\0\0\0',
      '\u{1F30D}'.slice(0, 1),
    ]) {
      const before = await readFile(join(folder, copyFile), 'utf8');
      await appendFile(join(folder, copyFile), torn);
      const names = await readNames(ledger, copy);
      expect(names).not.toContain('torn');
      expect(await ledger.append(copy, names.length + 1, makeIntent('far'))).toBe('moved');
      expect(await ledger.append(copy, names.length, makeIntent(`${names.length}`))).toBe('ok');
      expect(await readFile(join(folder, copyFile), 'utf8')).toBe(
        `${before}${JSON.stringify(makeIntent(`${names.length}`))}\n`,
      );
    }
    expect(await readNames(ledger, copy)).toEqual(['a', '1', '2', '3', '4']);
  });

  it('takes entries without a layout for a ledger that lost it', async () => {
    const folder = await makeFolder();
    await openFileLedger({ folder }).append(copy, 0, makeIntent('a'));
    await rm(join(folder, 'ledger.json'));
    const refusal = { code: 'LEDGER_UNREADABLE', message: expect.stringContaining('ledger.json is missing') };
    await expect(openFileLedger({ folder }).read()).rejects.toMatchObject(refusal);
    await expect(openFileLedger({ folder }).append(copy, 1, makeIntent('b'))).rejects.toMatchObject(refusal);
  });

  it('names a copy’s file that is no file', async () => {
    const folder = await makeFolder();
    const ledger = openFileLedger({ folder });
    await ledger.append(copy, 0, makeIntent('a'));
    await symlink('nowhere', join(folder, 'devto', 'gone.jsonl'));
    await mkdir(join(folder, 'devto', 'folder.jsonl'));
    const { copies } = await ledger.read();
    expect(copies.map(({ copy: { postId }, unreadable }) => [postId, unreadable?.message])).toEqual([
      ['folder', expect.stringContaining('devto/folder.jsonl cannot be read: EISDIR')],
      ['gone', expect.stringContaining('devto/gone.jsonl leads nowhere')],
      [copy.postId, undefined],
    ]);
  });

  it('names the line that is not text', async () => {
    const folder = await makeFolder();
    const ledger = openFileLedger({ folder });
    await ledger.append(copy, 0, makeIntent('a'));
    await appendFile(join(folder, copyFile), Buffer.from([0x7b, 0xff, 0x7d, 0x0a]));
    expect((await ledger.read()).copies).toMatchObject([{ copy, unreadable: { line: 3 } }]);
  });
});

describe('files: the lock', () => {
  const lockOf = (folder: string) => join(folder, '.lock');

  const leaveLock = async (text: string, age: number): Promise<string> => {
    const folder = await makeFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(lockOf(folder), text);
    const then = new Date(Date.now() - age);
    await utimes(lockOf(folder), then, then);
    return folder;
  };

  const impatient = (folder: string) => openFileLedger({ folder, shownAs: 'ledger', patience: 150 });

  it('is gone when nobody writes', async () => {
    const folder = await makeFolder();
    await openFileLedger({ folder }).append(copy, 0, makeIntent('a'));
    expect(await listFiles(folder)).toEqual([copyFile, 'ledger.json']);
  });

  it('is waited for, and an error says who holds it and what to do', async () => {
    const other = { id: 'other', machine: newAttempt().machine, process: process.ppid };
    const folder = await leaveLock(JSON.stringify(other), 3_600_000);
    const refused = impatient(folder).append(copy, 0, makeIntent('a'));
    await expect(refused).rejects.toMatchObject({
      code: 'LEDGER_LOCKED',
      message: expect.stringContaining(`Process ${process.ppid} here`),
      remedy: expect.stringContaining('delete ledger/.lock'),
    });
    expect(existsSync(lockOf(folder))).toBe(true);
    expect((await impatient(folder).read()).copies).toEqual([]);
    const waiting = openFileLedger({ folder }).append(copy, 0, makeIntent('a'));
    await rm(lockOf(folder));
    expect(await waiting).toBe('ok');
  });

  it('of this process, which could not be given back, is not waited for', async () => {
    const folder = await leaveLock(JSON.stringify(newAttempt()), 0);
    const appending = ['a', 'b'].map((name) => appendAtEnd(impatient(folder), copy, makeIntent(name)));
    await Promise.all(appending);
    expect(await readNames(impatient(folder), copy)).toHaveLength(2);
    expect(await listFiles(folder)).toEqual([copyFile, 'ledger.json']);
  });

  it('that cannot be given back does not undo what was done', async () => {
    const folder = await makeFolder();
    await mkdir(folder, { recursive: true });
    const hold = createLock({ path: lockOf(folder), shown: '.lock', patience: 150 });
    const work = async (): Promise<string> => {
      await rm(lockOf(folder));
      await mkdir(lockOf(folder));
      return 'done';
    };
    expect(await hold(work)).toBe('done');
    await expect(hold(work)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
  });

  it('that cannot be written, as on a full disk, is an error at once, and none is left', async () => {
    const folder = await makeFolder();
    await mkdir(folder, { recursive: true });
    const script = `
      import { createLock } from '${modules}/lock.ts';
      const hold = createLock({ path: ${JSON.stringify(lockOf(folder))}, shown: '.lock' });
      for (let tries = 0; tries < 2; tries += 1)
        await hold(() => undefined).catch(({ code, message }) => console.log(code, message));`;
    // A limit of no bytes for every file, as a disk without room, except that pipes may still be written.
    const words = [
      `trap '' XFSZ; ulimit -f 0; exec "$0" --input-type=module --eval "$1"`,
      process.execPath,
      script,
    ];
    const { stdout, stderr } = spawnSync('sh', ['-c', ...words], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('LEDGER_UNWRITABLE The ledger’s lock .lock cannot be made: EFBIG.\n'.repeat(2));
    expect(await readdir(folder)).toEqual([]);
  });

  it('whose folder is gone is an error at once', async () => {
    const hold = createLock({ path: join(await makeFolder(), 'gone', '.lock'), shown: '.lock' });
    await expect(hold(() => Promise.resolve())).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
      message: 'The ledger’s lock .lock cannot be made: ENOENT.',
    });
  });

  it.each([
    ['of another machine', { ...newAttempt(), machine: 'elsewhere' }, 9 * 60_000, false],
    ['of another machine, long ago', { ...newAttempt(), machine: 'elsewhere' }, 11 * 60_000, true],
    ['of a process number that was given out again', { ...newAttempt(), id: 'x.1' }, 0, startIsKnown],
    ['without its maker’s name, just made', '', 0, false],
    ['without its maker’s name', '', 11_000, true],
    ['that is no lock', '{}', 11_000, true],
  ])('%s', async (_what, holder, age, broken) => {
    const folder = await leaveLock(typeof holder === 'string' ? holder : JSON.stringify(holder), age);
    const answer: unknown = await impatient(folder)
      .append(copy, 0, makeIntent('a'))
      .catch((error: BroadsideError) => error.code);
    expect(answer).toBe(broken ? 'ok' : 'LEDGER_LOCKED');
  });
});

describe('files: what cannot be written', () => {
  it('says so with a remedy when a file is in the way', async () => {
    const folder = await makeFolder();
    await mkdir(dirname(folder), { recursive: true });
    await writeFile(folder, 'not a folder');
    const ledger = openFileLedger({ folder, shownAs: '.broadside/ledger' });
    await expect(ledger.append(copy, 0, makeIntent('a'))).rejects.toMatchObject({
      code: 'LEDGER_UNWRITABLE',
    });
    await expect(ledger.read()).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
      message: expect.stringContaining('.broadside/ledger'),
    });
    expect((await stat(folder)).isFile()).toBe(true);
  });
});

describe('attempts', () => {
  it('are told apart, and their process is running', () => {
    const [one, two] = [newAttempt(), newAttempt()];
    expect(one.id).not.toBe(two.id);
    expect(two).toMatchObject({ machine: one.machine, process: process.pid });
    expect(findSender(one)).toBe('running');
  });

  it('are known to be over when their process has ended, on this machine only', async () => {
    const { output } = await runModule(`
      import { newAttempt } from '${modules}/attempt.ts';
      process.stdout.write(JSON.stringify(newAttempt()));`);
    const ended = JSON.parse(output) as ReturnType<typeof newAttempt>;
    expect(findSender(ended)).toBe('gone');
    expect(findSender({ ...ended, machine: 'elsewhere' })).toBe('elsewhere');
    expect(findSender({ ...newAttempt(), id: 'reused.1' }) === 'gone').toBe(startIsKnown);
  });
});

describe('opening a ledger without git', () => {
  it('keeps files in the folder that config names', async () => {
    const root = await mkdtemp(join(scratch, 'plain-'));
    const choice = { path: '.broadside/ledger', branch: 'syndication-ledger' };
    const ledger = await openLedger(choice, { root, environment: process.env, secrets: [] });
    expect(ledger.description).toBe('files in .broadside/ledger');
    await ledger.append(copy, 0, makeIntent('a'));
    expect(await listFiles(join(root, '.broadside/ledger'))).toEqual([copyFile, 'ledger.json']);
  });
});
