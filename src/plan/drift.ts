import { structuredPatch } from 'diff';
import type { Receipt } from '../model/ledger.ts';
import type { Inputs } from '../model/rendition.ts';
import type { Observation } from '../model/target.ts';

const inputNames: Readonly<Record<string, string>> = {
  source: 'post',
  options: 'config',
  links: 'links',
  navigation: 'series navigation',
  card: 'card',
};

/** Whether what the target holds differs from what it echoed when it last took the copy. */
export function hasDrifted(receipt: Receipt, observation: Observation): boolean {
  return observation.seen === 'present' && observation.echo !== receipt.echo;
}

/** The most lines that a drift is described in. */
const longestDiff = 40;

/** How many lines around a change are shown with it. */
const contextLines = 2;

/**
 * What a person changed in a body: the lines that differ between the body last sent and the one the target holds, as a
 * unified diff of at most some 40 lines. Ends of line are not told apart. The lines may hold control characters.
 */
export function describeDrift(sent: string, held: string): string {
  const patch = structuredPatch('', '', splitLines(sent), splitLines(held), '', '', {
    context: contextLines,
  });
  if (patch.hunks.length === 0) {
    return 'The text is as it was sent; something beside it was changed, such as the title, a tag or the cover.';
  }
  const lines = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...changed,
  ]);
  const rest = lines.length - longestDiff;
  return [
    '--- as it was sent',
    '+++ as the target holds it',
    ...lines.slice(0, longestDiff),
    ...(rest > 0 ? [`… and ${rest} more ${rest === 1 ? 'line' : 'lines'}`] : []),
  ].join('\n');
}

/** Lines that end alike, so that neither the kind of line break nor the lack of the last one counts. */
function splitLines(body: string): string {
  return `${body.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '')}\n`;
}

/** The names of the inputs that differ, sorted. */
export function changedInputs(before: Inputs, after: Inputs): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).toSorted();
}

/** What changed, for people: "post, series navigation". */
export function describeChanges(changed: readonly string[]): string {
  return changed.map((name) => inputNames[name] ?? name).join(', ');
}
