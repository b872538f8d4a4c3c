import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WriteFault } from './count-writes.ts';
import { judgeWorld } from './judge.ts';
import { publishUndisturbed, scratch, startProgram, startRunner } from './machine.ts';
import { tryCases, type Case } from './matrix.ts';
import { openWorld } from './world.ts';

/** Every so many writes a real process is killed; what is left behind between all others is taken from photographs. */
const realKillEvery = 4;

/** A lock that cannot be given back makes its own process wait for it, so that only some of these are tried. */
const lockedEvery = 6;

const minutes = 60_000;

/** An intent whose process still runs counts as in flight for ten minutes. */
const untilNotInFlight = [0, 11 * minutes, 22 * minutes];

const runner = startRunner();

/** The writes of an undisturbed run, and photographs of the ledger and the stand-ins before and after each. */
async function photographRun() {
  const world = await openWorld({ drafts: true });
  const photos = mkdtempSync(join(scratch, 'photos-'));
  const log = join(photos, 'log');
  const writes = { folder: world.ledger, log, photos, beside: [world.homes.devto] };
  await publishUndisturbed(world, { writes });
  expect(await judgeWorld(world, runner, { doubts: 0 })).toEqual([]);
  await world.close();
  const names = readFileSync(log, 'utf8').trim().split('\n');
  const seen = new Map<string, string>();
  for (const name of readdirSync(photos)
    .filter((one) => one !== 'log')
    .toSorted()) {
    const digest = digestFolder(join(photos, name));
    if (!seen.has(digest)) seen.set(digest, join(photos, name));
  }
  return { names, photos: [...seen.values()] };
}

function digestFolder(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.toSorted((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  )) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path.slice(folder.length)}\0`);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

test('what a kill between any two writes leaves behind', { timeout: 900_000 }, async () => {
  const { names, photos } = await photographRun();
  const left = photos.map((photo): Case => ({
    step: 'ledger write (file)',
    fault: 'killed, by photograph',
    place: photo,
    async try() {
      const world = await openWorld({ before: join(photo, 'beside'), drafts: true });
      cpSync(join(photo, 'ledger'), world.ledger, { recursive: true });
      const faults = await judgeWorld(world, runner, { doubts: 2 });
      await world.close();
      return faults;
    },
  }));
  const killed = names.flatMap((name, index): readonly Case[] => {
    if (index % realKillEvery !== 0) return [];
    const does = (index / realKillEvery) % 2 === 0 ? 'kill-before' : 'kill-after';
    return [tryReal(index + 1, name, does)];
  });
  const numbered = names.map((name, index) => ({ name, number: index + 1 }));
  const failed = numbered
    .filter(({ name }) => name !== 'rm .lock')
    .map(({ name, number }) => tryFailure(number, name, 'EIO'));
  const full = numbered
    .filter(({ name }) => /^(?:write|append) /.test(name))
    .map(({ name, number }) => tryFailure(number, name, 'ENOSPC'));
  const locked = numbered
    .filter(({ name }) => name === 'rm .lock')
    .filter((_, index) => index % lockedEvery === 0)
    .map(({ name, number }) => tryReal(number, name, 'EIO-unlock'));
  expect(await tryCases([...left, ...killed, ...failed, ...full, ...locked])).toEqual([]);
});

function tryReal(at: number, name: string, does: WriteFault): Case {
  return {
    step: 'ledger write (file)',
    fault: does,
    place: `write ${at}, ${name}`,
    async try() {
      const world = await openWorld({ drafts: true });
      await startProgram(world, ['publish'], { writes: { folder: world.ledger, at, does } }).ending;
      const faults = await judgeWorld(world, runner, { doubts: 2 });
      await world.close();
      return faults;
    },
  };
}

function tryFailure(at: number, name: string, does: WriteFault): Case {
  return {
    step: 'ledger write (file)',
    fault: does,
    place: `write ${at}, ${name}`,
    async try() {
      const world = await openWorld();
      const writes = { folder: world.ledger, at, does };
      const { writes: made } = await runner.run(world, ['publish'], { writes });
      const faults = await judgeWorld(world, runner, { ahead: untilNotInFlight });
      await world.close();
      return made.length < at ? [] : faults;
    },
  };
}
