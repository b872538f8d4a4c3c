import type { Shell } from '../base/shell.ts';
import { publishByWords, type PublishArguments } from './publish-aloud.ts';

/** Runs `broadside publish`; returns the exit code. */
export async function runPublish(args: PublishArguments, shell: Shell): Promise<number> {
  return (await publishByWords(args, shell)).code;
}
