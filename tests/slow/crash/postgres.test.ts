import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../../postgres-server.ts';
import { startProxy, type ProxyOptions, type StatementFault } from './database-proxy.ts';
import { judgeCreates, judgeWorld } from './judge.ts';
import { publishUndisturbed, scratch, startProgram, startRunner, type Running } from './machine.ts';
import { tryCases, type Case } from './matrix.ts';
import { openWorld, readCopies, type World, type WorldOptions } from './world.ts';

const minutes = 60_000;

/** An intent whose process still runs counts as in flight for ten minutes. */
const untilNotInFlight = [0, 11 * minutes, 22 * minutes];

const faults: readonly StatementFault[] = ['kill-before', 'kill-after', 'cut-before', 'cut-after'];

const runner = startRunner();

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ synchronous_commit: 'off', max_connections: '200' });
  // The server's clock is not the fast one, so that turns by it would last ten times too long: none can be taken.
  await server.query('create schema broadside');
  await server.query('create table broadside.turns (none int)');
});
afterAll(() => server.close());

let schemas = 0;

/** A blog whose ledger is in the database. */
function openDatabaseWorld(options: WorldOptions = {}): Promise<World> {
  schemas += 1;
  return openWorld({
    ...options,
    environment: { PATH: process.env['PATH'] ?? '', HOME: scratch, BROADSIDE_LEDGER_URL: server.address },
    ledger: `{ kind: postgres, schema: blog_${schemas} }`,
  });
}

/** The same blog with a proxy in front of its database. */
async function disturb(world: World, options: Omit<ProxyOptions, 'to'> = {}) {
  const proxy = await startProxy({ to: server.port, ...options });
  const address = server.address.replace(`:${server.port}/`, `:${proxy.port}/`);
  return {
    proxy,
    disturbed: { ...world, environment: { ...world.environment, BROADSIDE_LEDGER_URL: address } },
  };
}

function tryFault(statement: string, at: number, does: StatementFault): Case {
  return {
    step: statement,
    fault: does,
    place: `statement ${at}`,
    async try() {
      const world = await openDatabaseWorld({ posts: ['alone', 'pair-1'], drafts: true });
      const running: { program?: Running } = {};
      const kill = (): void => void running.program?.child.kill('SIGKILL');
      const { proxy, disturbed } = await disturb(world, { at, does, kill });
      running.program = startProgram(disturbed, ['publish']);
      const { signal } = await running.program.ending;
      await proxy.close();
      const isMissed = proxy.statements.length >= at && does.startsWith('kill') && signal !== 'SIGKILL';
      const judged = await judgeWorld(
        world,
        runner,
        does.startsWith('cut') ? { ahead: untilNotInFlight } : {},
      );
      await world.close();
      return isMissed ? ['it was not killed', ...judged] : judged;
    },
  };
}

test(
  'whatever becomes of any statement, nothing is posted twice and nothing is lost',
  { timeout: 900_000 },
  async () => {
    const world = await openDatabaseWorld({ posts: ['alone', 'pair-1'], drafts: true });
    const { proxy, disturbed } = await disturb(world);
    await publishUndisturbed(disturbed);
    expect(await judgeWorld(world, runner, { doubts: 0 })).toEqual([]);
    await proxy.close();
    await world.close();
    expect(proxy.statements.length).toBeGreaterThan(30);
    const cases = proxy.statements.flatMap((statement, index) =>
      faults.map((does) => tryFault(statement, index + 1, does)),
    );
    expect(await tryCases(cases)).toEqual([]);
  },
);

describe('eight processes with twenty posts and one database', { timeout: 300_000 }, () => {
  const posts = Array.from({ length: 20 }, (_, index) => `post-${'abcdefghijklmnopqrst'.charAt(index)}`);

  /** Eight machines' folders of one blog. */
  const copyBlog = (world: World): readonly string[] =>
    Array.from({ length: 8 }, () => {
      const folder = mkdtempSync(join(scratch, 'machine-'));
      for (const name of ['config', 'posts'])
        cpSync(join(world.folder, name), join(folder, name), { recursive: true });
      return folder;
    });

  const publishAll = async (world: World): Promise<void> => {
    const runs = copyBlog(world).map((folder, index) =>
      startProgram({ ...world, folder }, ['publish'], { machine: `machine-${index}` }),
    );
    await Promise.all(runs.map(({ ending }) => ending));
  };

  test('make twenty copies on each target', async () => {
    const world = await openDatabaseWorld({ posts });
    await publishAll(world);
    expect(judgeCreates(world)).toEqual([]);
    expect(await judgeWorld(world, runner, { ahead: untilNotInFlight, doubts: 0 })).toEqual([]);
    expect([...readCopies(world, 'devto').values()].flat()).toHaveLength(posts.length);
    await world.close();
  });

  test('do so while the server is killed and started again', async () => {
    const restarts: Promise<void>[] = [];
    const world = await openDatabaseWorld({
      posts,
      drafts: true,
      onRequest: (target, { number, when }) => {
        if (target !== 'devto' || when !== 'after' || number < 25 || restarts.length > 0) return;
        restarts.push(server.kill().then(() => server.start()));
      },
    });
    await publishAll(world);
    await Promise.all(restarts);
    expect(restarts).toHaveLength(1);
    expect(judgeCreates(world)).toEqual([]);
    expect(await judgeWorld(world, runner, { ahead: untilNotInFlight, doubts: 8 })).toEqual([]);
    expect([...readCopies(world, 'devto').values()].flat()).toHaveLength(posts.length);
    await world.close();
  });
});
