import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BroadsideError, SendError, tellError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { copyOf } from '../../model/plan.ts';
import { openRepository, readEdit, type Edit, type Repository } from '../../report/dashboard/github.ts';
import { findAsked, readChecked } from '../../report/dashboard/marks.ts';
import { listHeld, listNeeds } from '../../report/dashboard/needs.ts';
import { renderDashboard } from '../../report/dashboard/render.ts';
import type { Answer, DashboardView } from '../../report/dashboard/view.ts';
import { formatAnnotations } from '../../report/annotations.ts';
import { escapeMarkdown } from '../../report/markdown.ts';
import { headline } from '../../report/summary.ts';
import { appendSummary } from '../../report/tell-github.ts';
import { carryOut } from './carry-out.ts';
import { keepIssue } from './keep-issue.ts';
import { nameBlog } from './name-blog.ts';
import { surveyBlog, type SurveyWords } from './survey.ts';

export interface DashboardArguments {
  readonly config: string;
  /** The file of the workflow that publishes; without it, the one that runs. */
  readonly workflow?: string | undefined;

  /** Keep the repository's issue up to date, and do what an edit of it asks for where that has started the run. */
  readonly issue: boolean;
}

/**
 * Runs `broadside dashboard`: shows what is out, next, held and wrong, or keeps that as an issue and does what its boxes ask for.
 * Returns the exit code: of a text that is only shown, 0 when nothing needs a person; of boxes, 0 when all was done; of an issue,
 * 0 when it is kept or GitHub cannot be reached just now.
 */
export async function runDashboard(args: DashboardArguments, shell: Shell): Promise<number> {
  const words = { config: args.config, workflow: args.workflow ?? nameWorkflow(shell.environment) };
  const { GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: file } = shell.environment;
  if (args.issue && event === 'issues' && file !== undefined)
    return answerEdit(words, resolve(shell.cwd, file), shell);
  if (!args.issue) {
    const view = await surveyBlog(words, undefined, shell);
    const needs = listNeeds(view);
    shell.print(
      shell.format === 'json' ? `${JSON.stringify(describeView(view), null, 2)}\n` : renderDashboard(view),
    );
    return needs.length === 0 ? 0 : 1;
  }
  const repository = openRepository(shell.environment, shell.signal);
  return keep(repository, await surveyBlog(words, repository, shell), [], shell);
}

/** The file of the workflow that runs, as GitHub names it: `OWNER/REPO/.github/workflows/FILE@REF`. */
function nameWorkflow({ GITHUB_WORKFLOW_REF: reference = '' }: Shell['environment']): string {
  return /\/([^/@]+)@/.exec(reference)?.[1] ?? 'broadside-publish.yml';
}

/** Writes the issue anew; where GitHub cannot be reached just now, the next run does. */
async function keep(
  repository: Repository,
  view: DashboardView,
  answers: readonly Answer[],
  shell: Shell,
  edit?: Edit,
): Promise<number> {
  try {
    const { url } = await keepIssue(repository, view, answers, edit);
    shell.print(`The dashboard is up to date: ${url}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    const message = `The dashboard could not be written just now: ${tellError(error)}`;
    shell.report(
      shell.format === 'github'
        ? formatAnnotations([{ level: 'warning', title: 'dashboard', message }])
        : `${message}\n`,
    );
    return 0;
  }
}

/**
 * Does what an edit asks for if its author may write to the repository; otherwise undoes the edit. The issue is written anew either
 * way.
 */
async function answerEdit(words: SurveyWords, file: string, shell: Shell): Promise<number> {
  const edit = readEdit(readEvent(file), nameBlog(words.config, shell.cwd));
  if (edit === undefined) {
    shell.print('The edit was of another issue, or changed no text: there is nothing to do.\n');
    return 0;
  }
  const repository = openRepository(shell.environment, shell.signal);
  const { number, login, before, after } = edit;
  if (!(await repository.mayWrite(login))) {
    const code = await keep(repository, await surveyBlog(words, repository, shell), [], shell, edit);
    const said =
      'may not write to this repository, so the edit was undone, and nothing that it asked for was done.';
    await repository.comment(number, `${escapeMarkdown(login)} ${said}`);
    shell.print(`${login} ${said}\n`);
    return code;
  }
  const look = (): Promise<DashboardView> => surveyBlog(words, repository, shell);
  const ticks = { asked: findAsked(before, after), checked: readChecked(after) };
  const answers = await carryOut(ticks, look, words.config, shell);
  const now = await look();
  tellAnswers(answers, shell);
  const code = await keep(repository, now, answers, shell, edit);
  return answers.every(({ isDone }) => isDone) ? code : 1;
}

function readEvent(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BroadsideError('USAGE', `${file} cannot be read, so nobody knows what was asked for.`, {
      remedy: 'GITHUB_EVENT_PATH has to name the file in which GitHub describes the edit.',
      cause,
    });
  }
}

function tellAnswers(answers: readonly Answer[], shell: Shell): void {
  const lines = answers.map(
    ({ mark: { ask, target, post }, isDone, said }) =>
      `${target} ${post}, ${ask}: ${isDone ? 'done' : 'not done'}. ${said}`,
  );
  for (const line of lines) shell.print(`${line}\n`, 'done');
  if (shell.format !== 'github') return;
  const failures = answers.flatMap(({ isDone }, index) => (isDone ? [] : [lines[index] ?? '']));
  shell.report(
    formatAnnotations(failures.map((message) => ({ level: 'error', title: 'not done', message }))),
  );
  appendSummary(
    [
      headline('Broadside was asked', answers.length === 0 ? 'No box was ticked.' : ''),
      { open: '', lines: lines.map((line) => `- ${escapeMarkdown(line)}`), close: '\n' },
    ],
    shell,
  );
}

function describeView(view: DashboardView): object {
  const { now: at, concerns, late } = view;
  const nameCopy = (action: Parameters<typeof copyOf>[0]) => {
    const { target, postId: post } = copyOf(action);
    return { target, post, reason: action.reason };
  };
  return {
    at,
    well: listNeeds(view).length === 0,
    late: late.map(({ action, dueSince }) => ({ ...nameCopy(action), dueSince })),
    held: listHeld(view).map(nameCopy),
    byHand: (view.plan?.actions ?? []).filter(({ reason }) => reason === 'by-hand').map(nameCopy),
    concerns,
  };
}
