import { cleanForTerminal } from '../base/terminal.ts';
import type { Retracted } from '../plan/retract-copy.ts';

/** What became of a copy that was to be taken down, as a line. */
export function describeRetracted(retracted: Retracted): string {
  const { target, postId } = retracted.copy;
  if (retracted.done === 'before') return `${target}  ${postId}  was retracted on ${retracted.at}.\n`;
  if (retracted.done === 'retracted') return `- ${target}  ${postId}  retracted\n`;
  const place = cleanForTerminal(retracted.url || retracted.remoteId);
  return `- ${target}  ${postId}  recorded as retracted; now take it down yourself: ${place}\n`;
}
