import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { adoptCopies, type Adoption, type AdoptionSurvey } from '../../plan/adopt-copies.ts';
import { reportDiagnostics } from '../../report/diagnostics.ts';
import { openWorkbench } from '../../workbench/open.ts';

export interface AdoptArguments {
  readonly config: string;
  readonly target?: string | undefined;
}

/** Runs `broadside adopt`: records the copies that already exist, and publishes nothing. Returns the exit code. */
export async function runAdopt(args: AdoptArguments, shell: Shell): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const surveys: AdoptionSurvey[] = [];
  for await (const { survey, diagnostics } of adoptCopies(bench, args.target)) {
    if (diagnostics.length > 0) reportDiagnostics(diagnostics, shell);
    surveys.push(survey);
    if (shell.format !== 'json') printSurvey(survey, shell);
  }
  if (shell.format === 'json') shell.print(`${JSON.stringify({ targets: surveys }, null, 2)}\n`);
  return surveys.some(({ failed }) => failed) ? 1 : 0;
}

const signs: Readonly<Record<Adoption['result'], string>> = {
  adopted: '=',
  recorded: '=',
  none: ' ',
  'in flight': '.',
  renamed: '!',
  failed: '!',
};

function printSurvey(survey: AdoptionSurvey, shell: Shell): void {
  const { target, asked, why, failed, known, adoptions } = survey;
  if (!asked) {
    shell.print(
      `${failed ? '!' : ' '} ${target}  ${failed ? 'was not asked: ' : ''}${cleanForTerminal(why ?? '')}\n`,
    );
    return;
  }
  const width = Math.max(0, ...adoptions.map(({ post }) => post.length));
  for (const adoption of adoptions) {
    const { post, result } = adoption;
    shell.print(`${signs[result]} ${target}  ${post.padEnd(width)}  ${describeAdoption(adoption)}\n`);
  }
  const count = (...results: readonly Adoption['result'][]): number =>
    adoptions.filter(({ result }) => results.includes(result)).length;
  const totals = [
    `${count('adopted', 'recorded')} adopted`,
    `${count('none')} without a copy there`,
    ...(known > 0 ? [`${known} known before`] : []),
    ...(count('in flight') > 0 ? [`${count('in flight')} in flight`] : []),
    ...(count('failed', 'renamed') > 0 ? [`${count('failed', 'renamed')} left as they were`] : []),
  ];
  shell.print(`${target}: ${totals.join(', ')}. Nothing has been sent.\n`);
}

function describeAdoption({ result, url = '', state, note = '' }: Adoption): string {
  if (result === 'none') return 'no copy there';
  if (result !== 'adopted' && result !== 'recorded') return `${result}: ${cleanForTerminal(note)}`;
  const words = result === 'adopted' ? 'adopted' : 'the target did take it';
  return `${words}${state === 'draft' ? ', a draft' : ''}  ${cleanForTerminal(url)}`;
}
