import type { Receipt } from '../model/ledger.ts';
import type { Inputs } from '../model/rendition.ts';
import type { Observation } from '../model/target.ts';

const inputNames: Readonly<Record<string, string>> = {
  options: 'config',
  links: 'links',
  navigation: 'series navigation',
  card: 'card',
  page: 'page',
  place: 'place in the sequence',
};

/** Whether what the target holds differs from what it echoed when it last took the copy. */
export function hasDrifted(receipt: Receipt, observation: Observation): boolean {
  return observation.seen === 'present' && observation.echo !== receipt.echo;
}

/** The names of the inputs that differ, sorted. */
export function changedInputs(before: Inputs, after: Inputs): readonly string[] {
  const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
  const added = Object.keys(after).filter((name) => !(name in before));
  return [...changed, ...added].toSorted();
}

/** What changed, for people: "post, series navigation"; `source` is what it is made of, a post or a letter. */
export function describeChanges(changed: readonly string[], source = 'post'): string {
  return changed.map((name) => (name === 'source' ? source : (inputNames[name] ?? name))).join(', ');
}
