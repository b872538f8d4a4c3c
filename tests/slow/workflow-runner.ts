import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';
import { runGitCommand } from '../git-blog.ts';
import { openFolder, program, root } from '../workspace.ts';

/** What GitHub would know of a run. */
export interface GivenRun {
  /** The workflow's text. */
  readonly workflow: string;
  readonly event: 'pull_request' | 'push' | 'schedule' | 'workflow_dispatch' | 'workflow_run' | 'issues';
  /** The repository's address, a bare one on this machine. */
  readonly remote: string;
  /** The commit that the run was started for. */
  readonly sha: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The job's own token; without it, one that no server takes. */
  readonly token?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The whole of the reference that the run is for; without it, the branch `main`. */
  readonly ref?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  /** What the stand-in of `gh` does: a script, of whose calls the words are in `ghCalls`. */
  readonly gh?: string;
  /** Programs that are found before any others; without them, stand-ins of those that a workflow calls. */
  readonly bin?: string;
  /** What the environment holds besides what GitHub puts there. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where a reusable workflow is kept, and at which commit: a server's address, a path there, and an id. */
  readonly called?: { readonly server: string; readonly repository: string; readonly commit: string };
}

interface StepRun {
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  /** What the step would show in its log. */
  readonly log: string;
}

export interface JobRun {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly steps: readonly StepRun[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Where the job's steps ran. */
  readonly workspace: string;
  readonly summary: string;
}

export interface WorkflowRun {
  readonly jobs: Readonly<Record<string, JobRun>>;
  /** The words of each call of `gh`, a call each. */
  readonly ghCalls: readonly (readonly string[])[];
  /** The files that calls of `gh` were handed, in order. */
  readonly bodies: readonly string[];
}

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly steps: readonly Step[];
  readonly outputs?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

type Contexts = Readonly<Record<string, unknown>>;

const mainRef = 'refs/heads/main';
const compileCache = fileURLToPath(new URL('node_modules/.cache/broadside-tests', root));
const actionPath = fileURLToPath(root);

/** Runs a workflow's jobs one after the other, their `run` steps in bash; of the actions, what they would leave behind is done. */
export async function runWorkflow(given: GivenRun): Promise<WorkflowRun> {
  const workflow = parse(given.workflow) as Workflow;
  const scratch = openFolder();
  const bin = given.bin ?? writeStubs(join(scratch, 'bin'), given.gh ?? 'exit 1');
  const jobs: Record<string, JobRun> = {};
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const folder = join(scratch, name);
    mkdirSync(join(folder, 'temp'), { recursive: true });
    const needed = job.needs === undefined ? {} : { [job.needs]: jobs[job.needs] };
    const contexts: Contexts = {
      github: {
        event_name: given.event,
        ref: given.ref ?? mainRef,
        ref_name: 'main',
        token: given.token ?? 'a-github-token',
        server_url: given.called?.server ?? 'https://github.com',
        repository: 'example/blog',
        event: { repository: { default_branch: 'main' }, ...given.payload },
      },
      inputs: given.inputs ?? {},
      job: { workflow_repository: given.called?.repository, workflow_sha: given.called?.commit },
      secrets: given.secrets,
      needs: needed,
    };
    const isMet = Object.values(needed).every((one) => one?.result === 'success');
    const goes =
      job.if === undefined
        ? isMet
        : evaluate(job.if, contexts, { failed: !isMet, workspace: folder }) === 'true';
    jobs[name] = goes
      ? await runJob(given, workflow, job, contexts, { folder, bin })
      : { result: 'skipped', steps: [], outputs: {}, workspace: folder, summary: '' };
  }
  return {
    jobs,
    ghCalls: readIfThere(join(bin, 'gh-calls'))
      .split('\0\n')
      .slice(0, -1)
      .map((call) => call.split('\0')),
    bodies: readIfThere(join(bin, 'gh-bodies')).split('\0\n').slice(0, -1),
  };
}

async function runJob(
  given: GivenRun,
  workflow: Workflow,
  job: Job,
  base: Contexts,
  place: { readonly folder: string; readonly bin: string },
): Promise<JobRun> {
  const workspace = join(place.folder, 'workspace');
  mkdirSync(workspace);
  const steps: StepRun[] = [];
  const ids: Record<string, { outputs: Record<string, string>; outcome: string }> = {};
  let summary = '';
  let failed = false;
  for (const [index, step] of job.steps.entries()) {
    const contexts = { ...base, steps: ids };
    const name = step.name ?? step.uses ?? `step ${index}`;
    const goes =
      step.if === undefined ? !failed : evaluate(step.if, contexts, { failed, workspace }) === 'true';
    if (!goes) {
      steps.push({ name, outcome: 'skipped', log: '' });
      if (step.id !== undefined) ids[step.id] = { outputs: {}, outcome: 'skipped' };
      continue;
    }
    const done =
      step.run === undefined
        ? useAction(given, step, contexts, workspace)
        : await runScript(given, workflow, step, contexts, { ...place, workspace, index });
    steps.push({ name, outcome: done.outcome, log: done.log });
    summary += done.summary;
    if (step.id !== undefined) ids[step.id] = { outputs: done.outputs, outcome: done.outcome };
    if (done.outcome === 'failure' && step['continue-on-error'] !== true) failed = true;
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, text]) => [
    name,
    interpolate(text, { ...base, steps: ids }, workspace),
  ]);
  return {
    result: failed ? 'failure' : 'success',
    steps,
    outputs: Object.fromEntries(outputs),
    workspace,
    summary,
  };
}

interface Done {
  readonly outcome: 'success' | 'failure';
  readonly log: string;
  readonly outputs: Record<string, string>;
  readonly summary: string;
}

/** Where what a job keeps can be had. */
export const artifactUrl = 'https://github.com/example/blog/actions/runs/42/artifacts/7';

/**
 * What an action leaves behind: `checkout` the files of the commit, or of the branch when it is told its name; `upload-artifact` and
 * `download-artifact` the site, for a later job.
 */
function useAction({ remote, sha }: GivenRun, step: Step, contexts: Contexts, workspace: string): Done {
  if (step.uses?.startsWith('actions/checkout@') === true) {
    const wanted =
      step.with?.['ref'] === undefined ? sha : interpolate(step.with['ref'], contexts, workspace);
    runGitCommand(workspace, 'init', '--quiet', '--template=', '--initial-branch=main');
    runGitCommand(workspace, 'remote', 'add', 'origin', remote);
    runGitCommand(workspace, 'fetch', '--quiet', '--depth=1', 'origin', wanted);
    runGitCommand(workspace, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  }
  const isKept = step.uses?.startsWith('actions/upload-artifact@') === true;
  const isFetched = step.uses?.startsWith('actions/download-artifact@') === true;
  const { name = '', path = '' } = step.with ?? {};
  const artifact = join(workspace, '..', '..', 'artifacts', name);
  const from = isKept ? join(workspace, path) : artifact;
  if (name === 'site' && (isKept || isFetched)) {
    if (!existsSync(from)) return { outcome: 'failure', log: `no ${from}`, outputs: {}, summary: '' };
    cpSync(from, isKept ? artifact : join(workspace, path), { recursive: true });
  }
  return { outcome: 'success', log: '', outputs: isKept ? { 'artifact-url': artifactUrl } : {}, summary: '' };
}

async function runScript(
  given: GivenRun,
  workflow: Workflow,
  step: Step,
  contexts: Contexts,
  place: {
    readonly folder: string;
    readonly bin: string;
    readonly workspace: string;
    readonly index: number;
  },
): Promise<Done> {
  const { folder, bin, workspace, index } = place;
  const [output, summary, script] = ['output', 'summary', 'script'].map((name) =>
    join(folder, 'temp', `${index}-${name}`),
  ) as [string, string, string];
  writeFileSync(output, '');
  writeFileSync(summary, '');
  writeFileSync(script, step.run ?? '');
  const own = Object.entries({ ...workflow.env, ...step.env }).map(([name, text]) => [
    name,
    interpolate(text, contexts, workspace),
  ]);
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    NODE_COMPILE_CACHE: compileCache,
    CI: 'true',
    GITHUB_ACTION_PATH: actionPath,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'author',
    GITHUB_API_URL: 'http://127.0.0.1:1',
    GITHUB_EVENT_NAME: given.event,
    GITHUB_OUTPUT: output,
    GITHUB_REF: given.event === 'pull_request' ? 'refs/pull/7/merge' : (given.ref ?? mainRef),
    GITHUB_REPOSITORY: 'example/blog',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: given.sha,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: join(folder, 'temp'),
    ...given.environment,
    ...Object.fromEntries(own),
  };
  const { code, log } = await runBash(script, workspace, env);
  return {
    outcome: code === 0 ? 'success' : 'failure',
    log,
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  };
}

/** Runs a script as GitHub does where no shell is named. */
function runBash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, log }));
  });
}

/** Reads a file of outputs as GitHub does: `name=value`, or `name<<end`, lines, `end`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n').slice(0, -1);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, name, end] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && end !== undefined) {
      const last = lines.indexOf(end, at + 1);
      if (last === -1) throw new Error(`the output ${name} has no end`);
      outputs[name] = lines.slice(at + 1, last).join('\n');
      at = last;
    } else {
      const [key = '', ...value] = line.split('=');
      if (value.length === 0) throw new Error(`"${line}" is no output`);
      outputs[key] = value.join('=');
    }
  }
  return outputs;
}

function interpolate(text: unknown, contexts: Contexts, workspace: string): string {
  return String(text).replaceAll(/\$\{\{(.*?)\}\}/gs, (_whole, expression: string) =>
    evaluate(expression, contexts, { failed: false, workspace }),
  );
}

/** Evaluates an expression with GitHub's own evaluator. */
function evaluate(
  text: string,
  contexts: Contexts,
  state: { readonly failed: boolean; readonly workspace: string },
): string {
  const expression = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(text)?.[1] ?? text;
  const known = (name: string, call: () => string | boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 9,
    call: () => toData(call()),
  });
  const folder = join(state.workspace, 'out', 'site');
  const functions = [
    known('cancelled', () => false),
    known('success', () => !state.failed),
    known('failure', () => state.failed),
    known('hashFiles', () => (existsSync(folder) ? 'a-hash' : '')),
  ];
  const names = ['github', 'inputs', 'job', 'secrets', 'needs', 'steps'];
  const tree = new Parser(new Lexer(expression.trim()).lex().tokens, names, functions).parse();
  const all = toData(Object.fromEntries(names.map((name) => [name, contexts[name] ?? {}])));
  const byName = new Map(functions.map((one) => [one.name.toLowerCase(), one]));
  return new Evaluator(tree, all as data.Dictionary, byName).evaluate().coerceString();
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}

/** The programs that a workflow calls and that are not tried here: each is this checkout's own program or writes down its call. */
function writeStubs(bin: string, gh: string): string {
  mkdirSync(bin);
  const own = `exec "${process.execPath}" "${program}"`;
  const stubs: Readonly<Record<string, string>> = {
    npx: 'exit 1',
    node: `case "$1" in src/start.js | "$GITHUB_ACTION_PATH/src/start.js") ;; "$RUNNER_TEMP"/broadside/program/*) test -f "$1" || exit 1;; *) exit 1;; esac\nshift\n${own} "$@"`,
    npm: `test "$1" = ci && test -z "$GITHUB_ACTIONS"`,
    gh: [
      `for word in "$@"; do printf '%s\\0' "$word"; done >> "${bin}/gh-calls"; echo >> "${bin}/gh-calls"`,
      `for word in "$@"; do case "$word" in body=@*) { cat "\${word#body=@}"; printf '\\0\\n'; } >> "${bin}/gh-bodies";; */report.md) { cat "$word"; printf '\\0\\n'; } >> "${bin}/gh-bodies";; esac; done`,
      gh,
    ].join('\n'),
  };
  for (const [name, text] of Object.entries(stubs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  return bin;
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
