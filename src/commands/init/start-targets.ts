import { parse } from 'yaml';
import { sequence, type LetterAnswer } from '../../init/write-letters.ts';
import type { TargetAnswer } from '../../init/write-config.ts';
import type { FeedPaths, Starter, StarterQuestion } from '../../model/starter.ts';
import { isConnected } from '../../model/target.ts';
import type { TargetKind } from '../../targets/define.ts';
import { targetKinds } from '../../targets/index.ts';
import type { Questions } from './open-questions.ts';

/** The targets of a new blog: one of each kind that offers itself, in the order of the registry. */
export async function startTargets(questions: Questions, feeds: FeedPaths): Promise<readonly TargetAnswer[]> {
  const targets: TargetAnswer[] = [];
  for (const load of Object.values(targetKinds)) {
    const kind = await load();
    const starter = await kind.starter?.();
    if (starter !== undefined) targets.push(await startTarget(kind, starter, questions, feeds));
  }
  return targets;
}

/** A folder of letters and the target that takes them, which is of the first kind that offers itself. */
export async function startLetters(folder: string): Promise<LetterAnswer> {
  const kinds = await Promise.all(Object.values(targetKinds).map((load) => load()));
  const starter = await kinds.find(({ letterStarter }) => letterStarter !== undefined)?.letterStarter?.();
  return { folder, target: { name: sequence, lines: starter?.write(sequence) ?? [] } };
}

async function startTarget(
  kind: TargetKind,
  { place, question, write }: Starter,
  questions: Questions,
  feeds: FeedPaths,
): Promise<TargetAnswer> {
  const answer = question === undefined ? '' : await askFor(question, questions);
  const lines = write({ answer, feeds });
  const options = await kind.options();
  const target = kind.create(kind.kind, options.parse(parse(lines.join('\n'))));
  const secrets = isConnected(target) ? target.secrets : [];
  return {
    name: kind.kind,
    lines,
    place,
    optIn: target.policy.optIn,
    secrets: secrets.filter(({ required }) => required).map(({ variable }) => variable),
  };
}

async function askFor(
  { name, text, choices, preset }: StarterQuestion,
  { answer }: Questions,
): Promise<string> {
  const read = (given: string): string | undefined => choices.find((one) => one === given);
  return (await answer({ name, text, found: undefined, preset, read })) ?? preset;
}
