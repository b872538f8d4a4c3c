import { structuredPatch } from 'diff';
import { countOf } from '../base/count-of.ts';

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
    return 'The text is as it was sent. Something else was changed, such as the title, a tag or the cover.';
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
    ...(rest > 0 ? [`… and ${countOf(rest, 'more line')}`] : []),
  ].join('\n');
}

/** Lines that end alike, so that neither the kind of line break nor the lack of the last one counts. */
function splitLines(body: string): string {
  return `${body.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '')}\n`;
}
