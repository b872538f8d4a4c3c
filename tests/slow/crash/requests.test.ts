import { expect, test } from 'vitest';
import type { Mishap, Misbehaviour } from '../../../src/rehearsal/mishaps.ts';
import { judgeWorld } from './judge.ts';
import { publishUndisturbed, startProgram, startRunner, type Running } from './machine.ts';
import { tryCases, type Case } from './matrix.ts';
import { misbehaviours } from './misbehaviours.ts';
import { openWorld, type TargetName } from './world.ts';

const all: readonly Misbehaviour[] = [
  ...misbehaviours,
  { kind: 'refuse-taken', status: 422 },
  { kind: 'forget-name' },
];

const runner = startRunner();

interface Step {
  readonly target: TargetName;
  readonly nth: number;
  readonly name: string;
}

/** Every request of an undisturbed run, as the stand-ins counted them. */
async function countRequests(): Promise<readonly Step[]> {
  const world = await openWorld();
  await publishUndisturbed(world);
  const before = world.countSent();
  expect(await judgeWorld(world, runner, { doubts: 0 })).toEqual([]);
  expect(world.countSent()).toBe(before);
  await world.close();
  const targets: readonly TargetName[] = ['devto', 'linkedin'];
  return targets.flatMap((target) =>
    world[target].requests.map(({ method, path }, index) => {
      const name = `${method} ${path.split('?')[0] ?? ''}`;
      return { target, nth: index + 1, name };
    }),
  );
}

test(
  'whatever becomes of any request, nothing is posted twice and nothing is lost',
  { timeout: 900_000 },
  async () => {
    const steps = await countRequests();
    const answered = steps.flatMap((step) =>
      all.flatMap((does) =>
        (step.target === 'devto' ? [true, false] : [false]).map((drafts) => tryFault(step, does, drafts)),
      ),
    );
    const overlooked = steps
      .filter(({ name }) => name.startsWith('GET /api/articles/me'))
      .map((step) => tryFault(step, { kind: 'overlook-newest' }, true));
    const killed = steps.flatMap((step) => [tryKill(step, 'before'), tryKill(step, 'after')]);
    expect(await tryCases([...answered, ...overlooked, ...killed])).toEqual([]);
  },
);

function tryFault({ target, nth, name }: Step, does: Misbehaviour, drafts: boolean): Case {
  const creates = name.startsWith('POST ');
  return {
    step: `${target} request${drafts ? ', drafts' : ''}`,
    fault: 'when' in does ? `${does.kind} ${does.when} taking it` : does.kind,
    place: `${nth}, ${name}`,
    async try() {
      const mishap: Mishap = { at: { nth }, does };
      const world = await openWorld({ mishaps: { [target]: [mishap] }, drafts });
      await runner.run(world, ['publish']);
      const mayBeRefused = target === 'linkedin' && creates && does.kind === 'refuse-taken';
      const faults = await judgeWorld(world, runner, { mayBeRefused });
      await world.close();
      return faults;
    },
  };
}

/** Kills the process while it waits for an answer: the request was lost on its way, or was taken. */
function tryKill({ target, nth, name }: Step, when: 'before' | 'after'): Case {
  return {
    step: `${target} request, drafts`,
    fault: `killed ${when} it is taken`,
    place: `${nth}, ${name}`,
    async try() {
      const running: { program?: Running } = {};
      const lost: Mishap = { at: { nth }, does: { kind: 'reset', when: 'before' } };
      const world = await openWorld({
        drafts: true,
        mishaps: when === 'before' ? { [target]: [lost] } : {},
        async onRequest(at, moment) {
          if (at !== target || moment.number !== nth || moment.when !== when) return;
          running.program?.child.kill('SIGKILL');
          await running.program?.ending;
        },
      });
      running.program = startProgram(world, ['publish']);
      const { signal } = await running.program.ending;
      // How often a write is told to wait, and so how many requests there are, is a matter of time.
      const reached = world[target].requests.length >= nth;
      const faults = await judgeWorld(world, runner);
      await world.close();
      return signal === 'SIGKILL' || !reached ? faults : ['it was not killed'];
    },
  };
}
