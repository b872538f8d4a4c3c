import { lstatSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { BroadsideError } from '../base/errors.ts';
import type { Shell } from '../base/shell.ts';
import { makeFolder, writeWhole } from '../base/write-file.ts';
import type { Plan } from '../model/plan.ts';
import { listByHand } from '../model/target.ts';
import { formatCalendar } from '../report/calendar.ts';
import { countActions } from '../report/format-plan.ts';
import { preparePlan } from '../plan/prepare.ts';
import { isWrong, showPlan } from '../report/show-plan.ts';
import { openWorkbench, type PlanArguments } from '../workbench/open.ts';

/** Runs `broadside plan`; returns the exit code. */
export async function runPlan(
  args: PlanArguments & {
    /** Where the plan is kept. */
    readonly out?: string | undefined;
    /** Where the schedule is written to as an iCalendar file. */
    readonly calendar?: string | undefined;
    readonly detailedExitcode: boolean;
  },
  shell: Shell,
): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const preparation = await preparePlan(bench, args);
  const { plan } = preparation;
  const now = args.at ?? shell.now();
  showPlan(plan, preparation, bench.config, shell, { weekFrom: now });
  if (shell.format === 'github') {
    const { tellPlan } = await import('../report/tell-plan.ts');
    await tellPlan(bench, preparation, now, shell);
  }
  if (args.out !== undefined) writePlan(plan, args.out, shell);
  if (args.calendar !== undefined) {
    const { title, url } = bench.config.site;
    const byHand = listByHand(bench.config.targets);
    const calendar = formatCalendar(plan, { title, url, posts: bench.blog.posts, byHand });
    writeOutput('calendar', calendar, args.calendar, shell);
    shell.report(`The schedule is written to ${args.calendar}.\n`);
  }
  if (isWrong(plan)) return 1;
  const { create, change, adopt } = countActions(plan.actions);
  return args.detailedExitcode && create + change + adopt > 0 ? 2 : 0;
}

/** Writes a file that a person named on the command line, in a folder that is there. */
function writeOutput(what: string, text: string, given: string, { cwd }: Shell): void {
  const path = resolve(cwd, given);
  try {
    const found = statSync(dirname(path)) && statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile()) return writeFileSync(path, text);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) throw new Error('a link');
    makeFolder(dirname(path), cwd);
    writeWhole(dirname(path), basename(path), text);
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw new BroadsideError(
      'OUTPUT_UNWRITABLE',
      `The ${what} cannot be written to ${given}${nameFault(cause)}.`,
      {
        remedy: 'Name a file, not a link to one, in a folder that exists and can be written to.',
        cause,
      },
    );
  }
}

/** The code of a file system's fault, in brackets. */
function nameFault(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
}

function writePlan(plan: Plan, shown: string, shell: Shell): void {
  writeOutput('plan', `${JSON.stringify(plan, null, 2)}\n`, shown, shell);
  shell.report(`Written to ${shown}; apply it with "broadside publish --plan ${shown}" within seven days.\n`);
}
