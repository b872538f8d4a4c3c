import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import { blogWorkflows, ownWorkflows } from '../../src/init/workflows.ts';
import type { StandIn } from '../../src/rehearsal/stand-in.ts';
import { listUsualSecrets } from '../../src/targets/index.ts';
import { makeBlog, runGitCommand, scratch, type GitBlog } from '../git-blog.ts';
import { githubToken } from '../github-stand-in.ts';
import { openDevto, openLinkedin, secrets } from '../small-blog.ts';
import { runWorkflow, type GivenRun, type WorkflowRun } from './workflow-runner.ts';
import { writeFiles } from '../workspace.ts';

const timezone = 'Europe/London';
const targets = ['devto', 'linkedin', 'feed'];

/** A repository that stands in for Broadside's own, as a server would have it. */
export const program = makeProgram();
const options = {
  generator: 'Hugo',
  version: '0.1.0',
  origin: { kind: 'commit', repository: `${program.server}/${program.repository}`, commit: program.commit },
  timezone,
  feedFolder: 'static',
  targets,
  secrets: await listUsualSecrets(),
} as const;
const blog = blogWorkflows(options);
/** The workflows of Broadside's own repository, by path. */
export const own = ownWorkflows(options);
/** What puts a blog's feeds where its generator takes them from. */
export const feedsAction = blog['.github/actions/broadside-feeds/action.yml'] ?? '';
/** One of a blog's workflows. */
export const of = (name: string): string => blog[`.github/workflows/broadside-${name}.yml`] ?? '';

/** What publishes a blog whose site is built first, by a script. */
export const publishBuilt = (script: readonly string[]): string =>
  blogWorkflows({ ...options, build: { output: '_site', script } })[
    '.github/workflows/broadside-publish.yml'
  ] ?? '';

type TargetName = 'devto' | 'linkedin' | 'feed';

/** Front matter of a post that goes to LinkedIn, and of one that is not due in anybody's lifetime. */
export const onLinkedin = 'syndicate: { linkedin: true }\n';
export const later = 'date: 2999-03-04\n';

/** The steps of a composite action as a workflow's only job, which has checked the blog out. */
export function wrapAction(text: string): string {
  const { runs } = parse(text) as { readonly runs: { readonly steps: readonly object[] } };
  return stringify({ jobs: { use: { steps: [{ uses: 'actions/checkout@v7' }, ...runs.steps] } } });
}

function makeProgram(): NonNullable<GivenRun['called']> {
  const server = join(scratch, 'server');
  const folder = join(server, 'example', 'program');
  writeFiles(folder, { 'src/start.js': '', 'package.json': '{}' });
  runGitCommand(folder, 'init', '--quiet', '--template=', '--initial-branch=main');
  runGitCommand(folder, 'add', '.');
  runGitCommand(folder, 'commit', '--quiet', '-m', 'The program');
  const commit = runGitCommand(folder, 'rev-parse', 'HEAD');
  return { server: pathToFileURL(server).href, repository: 'example/program', commit };
}

/** A blog as GitHub keeps it, and the places it is published to. */
export interface World {
  readonly repository: GitBlog;
  readonly devto: StandIn;
  readonly linkedin: StandIn;
  /** Commits files and pushes them to main, which takes nothing from anybody else; returns the commit. */
  commit(files: Readonly<Record<string, string>>, message?: string): string;
  run(workflow: string, given: Partial<GivenRun> & Pick<GivenRun, 'event'>): Promise<WorkflowRun>;
}

/** A blog on a bare remote whose main branch takes pushes from its author alone, and stand-ins. */
export async function openWorld(
  posts: Readonly<Record<string, string>>,
  given: { readonly linkedinUrl?: string; readonly targets?: readonly TargetName[] } = {},
): Promise<World> {
  const repository = makeBlog();
  const { remote, folder } = repository;
  const devto = await openDevto();
  const linkedin = await openLinkedin();
  runGitCommand(remote, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  mkdirSync(join(remote, 'hooks'));
  const targets: Readonly<Record<TargetName, string>> = {
    devto: `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`,
    linkedin: `linkedin: { kind: linkedin, url: "${given.linkedinUrl ?? linkedin.url}", since: 2020-01-01 }`,
    feed: 'feed: { kind: feed }',
  };
  let tip = '';
  const commit: World['commit'] = (files, message = 'A commit') => {
    const hook = join(remote, 'hooks', 'update');
    rmSync(hook, { force: true });
    writeFiles(folder, files);
    runGitCommand(folder, 'add', '--all');
    runGitCommand(folder, 'commit', '--quiet', '-m', message);
    runGitCommand(folder, 'push', '--quiet', 'origin', 'main');
    writeFileSync(hook, '#!/bin/sh\ntest "$1" != refs/heads/main\n', { mode: 0o755 });
    tip = runGitCommand(folder, 'rev-parse', 'HEAD');
    return tip;
  };
  const names = given.targets ?? (['devto', 'linkedin', 'feed'] as const);
  const config = `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: ${timezone} }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]
targets:
${names.map((name) => `  ${targets[name]}`).join('\n')}
require_live: false
`;
  commit({ 'config/broadside.yaml': config, ...posts });
  return {
    repository,
    devto,
    linkedin,
    commit,
    run: (workflow, more) => runWorkflow({ workflow, remote: repository.url, sha: tip, secrets, ...more }),
  };
}

/** What a job wrote down to be read by people or by other jobs, all of it without secrets. */
export function showRun({ jobs, ghCalls, bodies }: WorkflowRun): string {
  const shown = JSON.stringify([jobs, ghCalls, bodies]);
  for (const secret of [...Object.values(secrets), 'a-github-token', githubToken])
    expect(shown).not.toContain(secret);
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.map(({ name, outcome, log }) => `${name}: ${outcome}\n${log}`))
    .join('\n');
}
