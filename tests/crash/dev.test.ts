import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProgram, startRunner, scratch } from './machine.ts';
import { openWorld } from './world.ts';
import { judgeWorld } from './judge.ts';
const runner = startRunner();
test('undisturbed', async () => {
  const world = await openWorld();
  const t = Date.now();
  const log = join(scratch, 'log');
  const { ending } = startProgram(world, ['publish'], { writes: { folder: world.ledger, log } });
  console.log(await ending, Date.now() - t);
  console.log(readFileSync(log, 'utf8').split('\n').length, readFileSync(log, 'utf8'));
  console.log(
    world.devto.requests.map((r) => r.method + r.path + r.status),
    world.linkedin.requests.length,
  );
  expect(await judgeWorld(world, runner)).toEqual([]);
  console.log(Date.now() - t);
  await world.close();
});
test('warm', async () => {
  const world = await openWorld();
  const t = Date.now();
  console.log(await runner.run(world, ['publish'], { writes: { folder: world.ledger } }), Date.now() - t);
  expect(await judgeWorld(world, runner)).toEqual([]);
  console.log(Date.now() - t);
  await world.close();
});
