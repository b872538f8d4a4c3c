import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from './machine.ts';
import { readCopies, type Arrival, type TargetName, type World } from './world.ts';

/** One copy as `broadside status` tells it. */
export interface Row {
  readonly target: string;
  readonly post: string;
  readonly state: string;
  readonly url?: string;
}

export interface Leniency {
  /** How far ahead of the clock each further run is, in milliseconds; the last is repeated. By default two minutes pass between them. */
  readonly ahead?: readonly number[];
  /** LinkedIn said no, though it took the post: nobody can know. */
  readonly mayBeRefused?: boolean;
  /** How many copies may be in doubt on LinkedIn at the end. */
  readonly doubts?: number;
}

const minute = 60_000;

/** How many further runs there are until everything has to be settled. */
const furtherRuns = 3;

/**
 * Lets further runs through, then judges by what the stand-ins hold and saw. Returns what is wrong. What is left in
 * doubt is then settled truthfully, after which every post has to have exactly one copy on each target.
 */
export async function judgeWorld(
  world: World,
  runner: Runner,
  leniency: Leniency = {},
): Promise<readonly string[]> {
  const {
    ahead = [0, 2, 4, 6].map((minutes) => minutes * minute),
    mayBeRefused = false,
    doubts = 1,
  } = leniency;
  const fewestRuns = leniency.ahead?.length ?? 2;
  const faults: string[] = [];
  const heard: string[] = [];
  const lead = (run: number): number => ahead[Math.min(run, ahead.length - 1)] ?? 0;
  const publish = async (run: number): Promise<number> => {
    const before = world.countSent();
    const answer = await runner.run(world, ['publish'], { ahead: lead(run) });
    heard.push(`--- publish ${run + 1}: ${answer.code}\n${answer.stdout}${answer.stderr}`);
    return world.countSent() - before;
  };

  for (let run = 0; run <= furtherRuns; run += 1) {
    const sent = await publish(run);
    if (sent === 0 && run + 1 >= fewestRuns) break;
    if (run === furtherRuns) faults.push(`run ${run + 1} still sends ${sent}`);
  }
  faults.push(...judgeCreates(world));
  const rows = await readStatus(world, runner, lead(furtherRuns));
  faults.push(...judgeRows(world, rows, mayBeRefused));
  const doubtful = rows.filter(isDoubtful);
  if (doubtful.length > doubts) faults.push(`${doubtful.length} copies in doubt`);

  if (doubtful.length > 0) {
    faults.push(...(await resolveDoubts(world, runner, lead(furtherRuns))));
    await publish(furtherRuns);
    if ((await publish(furtherRuns)) > 0) faults.push('a run after all is resolved still sends');
  }
  if (!mayBeRefused)
    faults.push(...judgeCompleteness(world, await readStatus(world, runner, lead(furtherRuns))));
  return faults.length === 0 ? [] : [...faults, ...describeWorld(world, rows), ...heard];
}

/** Settles truthfully what is in doubt on LinkedIn, as a person who looks would. Returns what is wrong with that. */
export async function resolveDoubts(world: World, runner: Runner, ahead: number): Promise<readonly string[]> {
  const rows = await readStatus(world, runner, ahead);
  const faults: string[] = [];
  for (const { post } of rows.filter(isDoubtful)) {
    const [url] = readCopies(world, 'linkedin').get(post) ?? [];
    const words = ['resolve', post, 'linkedin', ...(url === undefined ? ['--not-posted'] : ['--url', url])];
    const { code, stderr } = await runner.run(world, words, { ahead });
    if (code !== 0) faults.push(`resolve fails: ${stderr}`);
    for (const create of world.creates) {
      if (create.target === 'linkedin' && create.post === post) create.denied = true;
    }
  }
  return faults;
}

function isDoubtful({ target, state }: Row): boolean {
  return target === 'linkedin' && state === 'unknown';
}

/** Where every copy stands, as the program tells it. */
export async function readStatus(world: World, runner: Runner, ahead = 0): Promise<readonly Row[]> {
  const answer = await runner.run(world, ['status', '--format', 'json'], { ahead });
  try {
    return (JSON.parse(answer.stdout) as { readonly copies: readonly Row[] }).copies;
  } catch {
    return [{ target: 'status', post: answer.stderr, state: 'broken' }];
  }
}

/** No post twice on a target, and none sent again once it was taken or nobody could know. */
export function judgeCreates(world: World): readonly string[] {
  const faults: string[] = [];
  for (const target of ['devto', 'linkedin'] as const) {
    const copies = readCopies(world, target);
    for (const post of world.posts) {
      const there = copies.get(post) ?? [];
      if (there.length > 1) faults.push(`${there.length} copies of ${post} on ${target}`);
      const sent = world.creates.filter((create) => create.target === target && create.post === post);
      if (sent.slice(0, -1).some(({ taken }) => taken))
        faults.push(`${post} sent to ${target} after it was taken`);
      if (target === 'linkedin' && sent.slice(0, -1).some((create) => !wasRefused(world, create)))
        faults.push(`${post} sent to linkedin again, though nobody knew whether it was taken`);
    }
  }
  return faults;
}

function judgeRows(world: World, rows: readonly Row[], mayBeRefused: boolean): readonly string[] {
  const faults: string[] = [];
  if (!rows.some(({ target, state }) => target === 'feed' && state === 'live')) faults.push('no feed');
  if (!existsSync(join(world.folder, 'out', 'site', 'feed.xml'))) faults.push('no feed.xml');
  for (const target of ['devto', 'linkedin'] as const) {
    const copies = readCopies(world, target);
    for (const post of world.posts) {
      const state = rows.find((row) => row.target === target && row.post === post)?.state ?? 'not listed';
      const there = copies.get(post)?.length ?? 0;
      const allowed = (): boolean => {
        if (['live', 'draft', 'unverified'].includes(state)) return there === 1;
        if (target === 'devto') return false;
        if (state === 'refused') return mayBeRefused;
        return state === 'unknown' || (there === 0 && isBlocked(world, rows, post));
      };
      if (!allowed()) faults.push(`${post} on ${target} is ${state}, and there are ${there}`);
    }
  }
  return faults;
}

function judgeCompleteness(world: World, rows: readonly Row[]): readonly string[] {
  const targets: readonly TargetName[] = ['devto', 'linkedin'];
  return targets.flatMap((target) =>
    world.posts.flatMap((post) => {
      const there = readCopies(world, target).get(post)?.length ?? 0;
      const state = rows.find((row) => row.target === target && row.post === post)?.state ?? 'not listed';
      const settled = ['live', 'draft', 'unverified'].includes(state);
      return there === 1 && settled
        ? []
        : [`in the end ${post} on ${target} is ${state}, and there are ${there}`];
    }),
  );
}

/** Whether a part of a series rightly waits: one before it is not settled. */
function isBlocked(world: World, rows: readonly Row[], post: string): boolean {
  const isPart = (name: string): boolean => /\d+$/.test(name);
  return (
    isPart(post) &&
    world.posts.some(
      (other) =>
        isPart(other) &&
        other < post &&
        rows.some(
          (row) =>
            row.target === 'linkedin' && row.post === other && ['unknown', 'refused'].includes(row.state),
        ),
    )
  );
}

function wasRefused(world: World, { target, number, taken, denied }: Arrival): boolean {
  const status = world[target].requests[number - 1]?.status ?? 0;
  return !taken && (denied || (status >= 400 && status < 500));
}

function describeWorld(world: World, rows: readonly Row[]): readonly string[] {
  const requests = (['devto', 'linkedin'] as const).map((target) => {
    const lines = world[target].requests.map(
      ({ method, path, status, taken }) =>
        `  ${method} ${path} ${status ?? 'unanswered'} ${taken ? 'taken' : ''}`,
    );
    return `${target}:\n${lines.join('\n')}`;
  });
  return [...requests, JSON.stringify(rows)];
}
