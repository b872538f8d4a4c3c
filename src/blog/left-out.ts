import type { Letter } from '../model/letter.ts';
import type { Writing } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';
import { findExclusion } from './eligibility.ts';

/** Why a post goes to none of these targets, and what its author can change: a text for each reason. */
export function explainLeftOut(
  post: Writing,
  targets: readonly HoldingTarget[],
  now?: string,
): readonly string[] {
  return [...new Set(targets.flatMap((target) => explainExclusion(post, target, now) ?? []))];
}

/** Why a letter goes to none of these targets, and what its author can change: a text for each reason. */
export function explainUnmailed(
  { origin, sequence, status, syndicate }: Letter,
  targets: readonly HoldingTarget[],
): readonly string[] {
  const file = origin.path;
  if (status === 'draft')
    return [
      `${file} is not mailed: it is a draft. Write "status: ready" in its front matter once it is done.`,
    ];
  if (syndicate === false)
    return [`${file} is not mailed: it says "syndicate: false". Take that out to mail it.`];
  const isTaken = targets.some((one) => one.granularity === 'letter' && one.sequence === sequence?.name);
  if (isTaken) return [];
  return [
    sequence === undefined
      ? `${file} is not mailed: no target in the config takes letters that belong to no sequence.`
      : `${file} is not mailed: no target in the config has "sequence: ${sequence.name}".`,
  ];
}

function explainExclusion(post: Writing, target: HoldingTarget, now: string | undefined): string | undefined {
  const file = post.origin.path;
  const why = findExclusion(post, target, now);
  if (why === undefined) return undefined;
  if (post.draft) {
    return `${file} goes nowhere: it is a draft. Take what makes it one out of its front matter, such as "draft: true".`;
  }
  if (post.syndicate === false) {
    return `${file} goes nowhere: it says "syndicate: false". Take that out to publish it.`;
  }
  const { name } = target;
  const wish = post.syndicate[name];
  if (wish === false) {
    return `${file} does not go to ${name}: it says "syndicate: { ${name}: false }". Take that out to publish it there.`;
  }
  if (wish === undefined && target.policy.optIn) {
    return `${file} does not go to ${name}, which takes only posts that ask for it: write "syndicate: { ${name}: true }" in its front matter.`;
  }
  return `${file} does not go to ${name}: ${why}.`;
}
