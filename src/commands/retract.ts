import type { Shell } from '../base/shell.ts';
import { retractCopy, type Retracted, type Retracting } from '../plan/retract-copy.ts';
import { describeRetracted } from '../report/describe-retracted.ts';
import { openWorkbench } from '../workbench/open.ts';

export interface RetractArguments extends Retracting {
  readonly config: string;
}

/** Runs `broadside retract`: takes one copy down. Returns the exit code. */
export async function runRetract(args: RetractArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const retracted = await retractCopy(bench, args);
  if (retracted.done === 'before') shell.print(describeRetracted(retracted));
  else if (shell.format === 'json')
    shell.print(`${JSON.stringify(tellRetracted(retracted), null, 2)}\n`, 'done');
  else shell.print(describeRetracted(retracted), 'done');
  if (retracted.wayBack !== undefined) shell.report(`To undo it: ${retracted.wayBack}.\n`);
  return 0;
}

function tellRetracted(retracted: Exclude<Retracted, { readonly done: 'before' }>) {
  const { target, postId: post } = retracted.copy;
  const { url } = retracted;
  return retracted.done === 'retracted'
    ? { target, post, state: retracted.state, url }
    : { target, post, state: 'gone', url, byHand: true };
}
