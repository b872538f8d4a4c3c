import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { author, branch, copyClone, makeBlog, runGitCommand } from '../../git-blog.ts';
import { judgeCreates, judgeWorld, readStatus } from './judge.ts';
import { clock, scratch, startProgram, startRunner, type Running } from './machine.ts';
import { openWorld, readCopies, type TargetName, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

const runner = startRunner();

const gitLedger = `{ kind: git, branch: ${branch} }`;

/** A blog in a repository, and more clones of it. */
async function openClones(count: number, posts: readonly string[]) {
  const blog = makeBlog();
  const world = await openWorld({ folder: blog.folder, posts, environment: author, ledger: gitLedger });
  const clones = Array.from({ length: count - 1 }, (_, index) => {
    const folder = copyClone(blog, `clone-${index}`);
    for (const name of ['config', 'posts']) {
      cpSync(join(blog.folder, name), join(folder, name), { recursive: true });
    }
    return folder;
  });
  return { blog, world, folders: [blog.folder, ...clones] };
}

describe('at the same time', () => {
  test('two processes in one folder', async () => {
    const world = await openWorld();
    const runs = [startProgram(world, ['publish']), startProgram(world, ['publish'])];
    await Promise.all(runs.map(({ ending }) => ending));
    expect(judgeCreates(world)).toEqual([]);
    expect(await judgeWorld(world, runner, { doubts: 0 })).toEqual([]);
    await world.close();
  });

  test('eight processes in eight clones of one repository', async () => {
    const { world, folders } = await openClones(8, ['alone', 'pair-1', 'pair-2', 'solo']);
    const runs = folders.map((folder) => startProgram({ ...world, folder }, ['publish']));
    const endings = await Promise.all(runs.map(({ ending }) => ending));
    expect(endings.every(({ code }) => code === 0 || code === 1)).toBe(true);
    expect(judgeCreates(world)).toEqual([]);
    expect(await judgeWorld(world, runner, { doubts: 0 })).toEqual([]);
    await world.close();
  });
});

describe('a checkout of an old commit', () => {
  test('sends nothing', async () => {
    const { blog, world } = await openClones(1, ['alone', 'pair-1', 'pair-2']);
    const commit = (message: string, ...paths: readonly string[]): void => {
      runGitCommand(blog.folder, 'add', '--', ...paths);
      runGitCommand(blog.folder, 'commit', '--quiet', '--message', message);
      runGitCommand(blog.folder, 'push', '--quiet', 'origin', 'HEAD:main');
    };
    commit('Two posts', 'config', 'posts/alone.md', 'posts/pair-1.md');
    commit('One more', 'posts/pair-2.md');
    expect(await judgeWorld(world, runner, { doubts: 0 })).toEqual([]);
    const sent = world.countSent();
    const folder = mkdtempSync(join(scratch, 'old-'));
    runGitCommand(scratch, 'clone', '--quiet', blog.url, folder);
    runGitCommand(folder, 'checkout', '--quiet', '--detach', 'HEAD~1');
    const { code, stdout } = await runner.run({ ...world, folder }, ['publish']);
    expect({ code, sent: world.countSent() }).toEqual({ code: 1, sent });
    expect(stdout).not.toContain('published');
    await world.close();
  });
});

describe('a process that is killed while its create is on its way', () => {
  test('has it made once, whoever runs a moment later', async () => {
    const running: { program?: Running } = {};
    const words = ['publish', '--target', 'devto'];
    let creates = 0;
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const world = await openWorld({
      posts: ['alone'],
      drafts: true,
      async onRequest(_target, { request: { method }, when }) {
        if (method !== 'POST') return;
        if (when === 'after') return arrive();
        creates += 1;
        if (creates > 1) return;
        running.program?.child.kill('SIGKILL');
        await running.program?.ending;
        await runner.run(world, words);
      },
    });
    running.program = startProgram(world, words);
    await arrived;
    expect(creates).toBe(1);
    expect(await judgeWorld(world, runner)).toEqual([]);
    await world.close();
  });
});

describe('a clock that is wrong', () => {
  test.each([
    ['an hour ahead', hour, 0],
    ['an hour behind', -hour, 0],
    ['right, while that of the next run is an hour ahead', 0, hour],
    ['right, while that of the next run is an hour behind', 0, -hour],
  ])('%s, on another machine that is killed before it sends', async (_what, shift, next) => {
    const world = await openWorld({ drafts: true });
    const writes = {
      folder: world.ledger,
      from: 'rename devto/alone.jsonl',
      at: 3,
      does: 'kill-after',
    } as const;
    const orders = { clock: { ...clock, shift }, machine: 'another', writes };
    const { signal } = await startProgram(world, ['publish'], orders).ending;
    expect(signal).toBe('SIGKILL');
    expect(readCopies(world, 'devto').get('alone')).toEqual([]);
    const countSent = (): number =>
      world.creates.filter(({ target, post }) => target === 'devto' && post === 'alone').length;
    await startProgram(world, ['publish'], { clock: { ...clock, shift: next } }).ending;
    expect(countSent()).toBe(0);
    await runner.run(world, ['publish'], { ahead: 11 * minute });
    expect(countSent()).toBe(1);
    expect(await judgeWorld(world, runner, { ahead: [11 * minute, 80 * minute], doubts: 1 })).toEqual([]);
    await world.close();
  });

  test.each([
    ['ahead', hour],
    ['behind', -hour],
  ])('an hour %s, on another machine at the same time', async (_what, shift) => {
    const world = await openWorld();
    const runs = [
      startProgram(world, ['publish'], { clock: { ...clock, shift }, machine: 'another' }),
      startProgram(world, ['publish']),
    ];
    await Promise.all(runs.map(({ ending }) => ending));
    expect(await judgeWorld(world, runner, { ahead: [0, 80 * minute], doubts: 0 })).toEqual([]);
    await world.close();
  });
});

describe('a process that is stopped between its intent and its request', () => {
  /** Lets eleven minutes pass and another process publish, then lets the stopped one go on. */
  async function passBy(world: World, { child, ending }: Running, shiftFile: string, target: TargetName) {
    await waitUntilStopped(child.pid ?? 0);
    expect(world.creates.filter((create) => create.target === target)).toEqual([]);
    writeFileSync(shiftFile, String(11 * minute));
    await runner.run(world, ['publish'], { ahead: 11 * minute });
    child.kill('SIGCONT');
    const { stdout } = await ending;
    expect(stdout).toMatch(new RegExp(`! ${target} +alone +not sent`));
    expect(judgeCreates(world)).toEqual([]);
  }

  test('does not send once it goes on: dev.to has it from another process', async () => {
    const world = await openWorld({ drafts: true });
    const shiftFile = join(world.folder, 'shift');
    writeFileSync(shiftFile, '0');
    const from = 'rename devto/alone.jsonl';
    const writes = { folder: world.ledger, from, at: 3, does: 'stop-after' } as const;
    const program = startProgram(world, ['publish'], { clock: { ...clock, shiftFile }, writes });
    await passBy(world, program, shiftFile, 'devto');
    expect(readCopies(world, 'devto').get('alone')).toHaveLength(1);
    expect(await judgeWorld(world, runner, { ahead: [22 * minute], doubts: 1 })).toEqual([]);
    await world.close();
  });

  test('does not send once it goes on: LinkedIn had just said who the author is', async () => {
    const running: { program?: Running } = {};
    const world = await openWorld({
      onRequest(target, { number, when }) {
        if (target === 'linkedin' && number === 1 && when === 'after') running.program?.child.kill('SIGSTOP');
      },
    });
    const shiftFile = join(world.folder, 'shift');
    writeFileSync(shiftFile, '0');
    const words = ['publish', '--target', 'linkedin'];
    running.program = startProgram(world, words, { clock: { ...clock, shiftFile } });
    await passBy(world, running.program, shiftFile, 'linkedin');
    const rows = await readStatus(world, runner, 11 * minute);
    expect(rows.find(({ target, post }) => target === 'linkedin' && post === 'alone')?.state).not.toBe(
      'unknown',
    );
    expect(await judgeWorld(world, runner, { ahead: [22 * minute], doubts: 0 })).toEqual([]);
    await world.close();
  });
});

async function waitUntilStopped(process: number): Promise<void> {
  for (let looks = 0; looks < 4000; looks += 1) {
    const [state] = readFileSync(`/proc/${process}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (state === 'T') return;
    await pause(50);
  }
  throw new Error('it was never stopped');
}
