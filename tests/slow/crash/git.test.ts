import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { author, branch, makeBlog } from '../../git-blog.ts';
import { judgeWorld } from './judge.ts';
import { publishUndisturbed, scratch, startProgram, startRunner } from './machine.ts';
import { tryCases, type Case } from './matrix.ts';
import { openWorld, type World } from './world.ts';

const minutes = 60_000;

/** An intent whose process still runs counts as in flight for ten minutes. */
const untilNotInFlight = [0, 11 * minutes, 22 * minutes];

/** A local command that fails ends the change it is a part of, which is the same for each: so many of a kind are tried. */
const localFailures = 3;

type GitFault = 'kill-before' | 'kill-after' | 'fail' | 'lose';

const runner = startRunner();

/** A `git` that comes first on the path, counts, and at its turn kills its parent, fails, or loses the answer. */
const wrapper = `#!/bin/sh
GIT='${execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()}'
echo "$1" >> "$CRASH_COUNT"
number=0
while read -r _; do number=$((number + 1)); done < "$CRASH_COUNT"
[ "$number" = "$CRASH_AT" ] || exec "$GIT" "$@"
case "$CRASH_DOES" in
  kill-before) kill -9 $PPID; exit 1 ;;
  kill-after) "$GIT" "$@" > /dev/null; kill -9 $PPID; exit 1 ;;
  lose) "$GIT" "$@" > /dev/null 2>&1; echo 'fatal: the remote end hung up unexpectedly' >&2; exit 128 ;;
  *) echo 'fatal: something is broken' >&2; exit 128 ;;
esac
`;

const tools = mkdtempSync(join(scratch, 'tools-'));
writeFileSync(join(tools, 'git'), wrapper, { mode: 0o755 });

/** A blog in a repository, with two posts and a wrapped git, for the run that is disturbed. */
async function openGitWorld(fault?: { readonly at: number; readonly does: GitFault }) {
  const { folder } = makeBlog();
  const world = await openWorld({
    folder,
    posts: ['alone', 'pair-1'],
    environment: author,
    ledger: `{ kind: git, branch: ${branch} }`,
    drafts: true,
  });
  const count = join(mkdtempSync(join(scratch, 'count-')), 'count');
  const environment = {
    ...world.environment,
    PATH: `${tools}:${author['PATH'] ?? ''}`,
    CRASH_COUNT: count,
    ...(fault && { CRASH_AT: String(fault.at), CRASH_DOES: fault.does }),
  };
  return { world, disturbed: { folder, environment }, count };
}

function readCommands(count: string): readonly string[] {
  return readFileSync(count, 'utf8').trim().split('\n');
}

async function endWorld(world: World, judged: Promise<readonly string[]>): Promise<readonly string[]> {
  const faults = await judged;
  await world.close();
  await rm(dirname(world.folder), { recursive: true, force: true });
  return faults;
}

function tryKill(command: string, at: number, does: GitFault): Case {
  return {
    step: `git ${command}`,
    fault: does,
    place: `command ${at}`,
    async try() {
      const { world, disturbed } = await openGitWorld({ at, does });
      await startProgram(disturbed, ['publish']).ending;
      return endWorld(world, judgeWorld(world, runner));
    },
  };
}

function tryFailure(command: string, at: number, does: GitFault): Case {
  return {
    step: `git ${command}`,
    fault: does,
    place: `command ${at}`,
    async try() {
      const { world, disturbed } = await openGitWorld({ at, does });
      await runner.run(disturbed, ['publish']);
      return endWorld(world, judgeWorld(world, runner, { ahead: untilNotInFlight }));
    },
  };
}

test(
  'whatever becomes of any git command, nothing is posted twice and nothing is lost',
  { timeout: 900_000 },
  async () => {
    const { world, disturbed, count } = await openGitWorld();
    await publishUndisturbed(disturbed);
    expect(await endWorld(world, judgeWorld(world, runner, { doubts: 0 }))).toEqual([]);
    const commands = readCommands(count);
    const cases = commands.flatMap((command, index): readonly Case[] => {
      const at = index + 1;
      const isRemote = command === 'push' || command === 'ls-remote';
      const before = commands.slice(0, index).filter((one) => one === command).length;
      const kills: readonly GitFault[] =
        command === 'push'
          ? ['kill-before', 'kill-after']
          : index % 2 === 0
            ? ['kill-before']
            : ['kill-after'];
      const failures: readonly GitFault[] = isRemote || before < localFailures ? ['fail'] : [];
      return [
        ...kills.map((does) => tryKill(command, at, does)),
        ...failures.map((does) => tryFailure(command, at, does)),
        ...(command === 'push' ? [tryFailure(command, at, 'lose')] : []),
      ];
    });
    expect(await tryCases(cases)).toEqual([]);
  },
);
