import { installFrom, installHere, type Install } from './install.ts';
import type { Origin } from './origin.ts';

/** What a blog's workflows are made of. */
export interface WorkflowOptions {
  /** The generator's name, as people write it. */
  readonly generator: string;
  /** The version of the program that writes them. */
  readonly version: string;
  readonly origin: Origin;
  /** IANA name. */
  readonly timezone: string;
  /** The folder that the generator copies as it is. */
  readonly feedFolder: string;
  /** Where in the site that folder's files end up: empty, or a path that ends with a slash. */
  readonly feedPrefix?: string;
  /** The targets' names, which a run by hand offers. */
  readonly targets?: readonly string[];
  /** The default branch, where that is known. */
  readonly branch?: string;
}

/** How a repository runs Broadside. */
interface Kit {
  /** What the workflows' files and names begin with. */
  readonly prefix: string;
  readonly title: string;
  readonly notice: string;
  readonly install: Install;
  readonly branches: readonly string[];
  readonly timezone: string;
  readonly targets: readonly string[];
  /** Whether the site that publishing writes is deployed to GitHub Pages. */
  readonly deploys: boolean;
}

/** The actions used, by full commit; each version was its newest in November 2026. */
const actions = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  setupNode: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  uploadPages: 'actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0',
  deployPages: 'actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0',
};

const feedsAction = '.github/actions/broadside-feeds/action.yml';

const usualTargets = ['devto', 'linkedin', 'feed'];

const runner = 'ubuntu-24.04';

/** The environment that keeps the secrets. */
const environment = 'broadside';

/**
 * Why publishing is in no concurrency group: a run has its place in one while a reviewer is awaited, in a group of the workflow
 * and in one of the job alike (https://github.com/orgs/community/discussions/17401).
 */
const noGroup = [
  '  # In no concurrency group: a run that awaits a reviewer would keep all others from their turn. Of two runs at once the',
  '  # ledger lets one send a copy, and the other waits for it.',
];

/** The secrets that publishing and looking after it take, where they are set. */
const secretNames = [
  'DEVTO_API_KEY',
  'LINKEDIN_ACCESS_TOKEN',
  'LINKEDIN_CLIENT_ID',
  'LINKEDIN_CLIENT_SECRET',
];

/** The texts of a blog's workflows, and of the action that puts its feeds where its generator takes them from, by path. */
export function blogWorkflows(options: WorkflowOptions): Readonly<Record<string, string>> {
  const { version, origin, timezone, targets = usualTargets, branch } = options;
  const kit: Kit = {
    prefix: 'broadside-',
    title: 'Broadside',
    notice: `# Written by "broadside init", version ${version}. It is yours to change.`,
    install: installFrom(origin),
    branches: branch === undefined ? ['main', 'master'] : [branch],
    timezone,
    targets,
    deploys: false,
  };
  return { ...writeWorkflows(kit), [feedsAction]: writeFeedsAction(options) };
}

/** The texts of the workflows of Broadside's own repository, by path. */
export function ownWorkflows(timezone: string): Readonly<Record<string, string>> {
  return writeWorkflows({
    prefix: '',
    title: '',
    notice: '# Written by "npm run generate" from src/init/workflows.ts. Do not edit.',
    install: installHere(),
    branches: ['main'],
    timezone,
    targets: usualTargets,
    deploys: true,
  });
}

/** The files that `blogWorkflows` makes. */
export const workflowPaths: readonly string[] = [
  ...['check', 'publish', 'watch'].map((name) => `.github/workflows/broadside-${name}.yml`),
  feedsAction,
];

function writeWorkflows(kit: Kit): Readonly<Record<string, string>> {
  const path = (name: string): string => `.github/workflows/${kit.prefix}${name}.yml`;
  return {
    [path('check')]: writeCheck(kit),
    [path('publish')]: writePublish(kit),
    [path('watch')]: writeWatch(kit),
  };
}

/** An expression as GitHub evaluates it; never in a script, where it would become part of the program. */
function say(expression: string): string {
  return `\${{ ${expression} }}`;
}

function nameWorkflow({ title }: Kit, verb: string): string {
  return `name: ${title === '' ? verb : `'${title}: ${verb}'`}`;
}

/** A cron line in the author's own zone, where it is one that GitHub knows. */
function writeCron(cron: string, timezone: string): readonly string[] {
  const isNamed = /^[A-Za-z][\w+\-/]*$/.test(timezone);
  return ['  schedule:', `    - cron: '${cron}'`, ...(isNamed ? [`      timezone: ${timezone}`] : [])];
}

function writeSetUp(kit: Kit, ref?: string): readonly string[] {
  return [
    `      - uses: ${actions.checkout}`,
    '        with:',
    ...(ref === undefined ? [] : [`          ref: ${ref}`]),
    '          persist-credentials: false',
    `      - uses: ${actions.setupNode}`,
    '        with:',
    "          node-version: '24'",
    '          package-manager-cache: false',
    ...writeInstall(kit.install),
  ];
}

/** The one step that puts the program where the others call it. */
function writeInstall({ script, environment }: Install): readonly string[] {
  const given = Object.entries(environment).map(([name, value]) => `          ${name}: ${quote(value)}`);
  return [
    '      - name: Install Broadside',
    '        run: |',
    ...script.map((line) => `          ${line}`),
    ...(given.length > 0 ? ['        env:', ...given] : []),
  ];
}

/** The command, to which words are added. */
function call({ install }: Pick<Kit, 'install'>): string {
  return `node ${install.program}`;
}

function writeSecrets(): readonly string[] {
  return secretNames.map((name) => `          ${name}: ${say(`secrets.${name}`)}`);
}

function writeCheck(kit: Kit): string {
  return lines(
    kit.notice,
    nameWorkflow(kit, 'check'),
    '',
    'on:',
    '  pull_request:',
    '',
    'permissions: {}',
    '',
    'concurrency:',
    `  group: broadside-check-${say('github.event.pull_request.number')}`,
    '  cancel-in-progress: true',
    '',
    'jobs:',
    '  check:',
    `    runs-on: ${runner}`,
    '    timeout-minutes: 15',
    '    permissions:',
    '      contents: read',
    '    outputs:',
    `      comment: ${say('steps.plan.outputs.comment')}`,
    '    steps:',
    ...writeSetUp(kit),
    '      - name: Check every post',
    `        run: ${call(kit)} check --format github`,
    '      # What is held is for the publishing run to go red about, not for this pull request.',
    '      - name: Plan',
    '        id: plan',
    `        if: ${say('!cancelled()')}`,
    '        continue-on-error: true',
    `        run: ${call(kit)} plan --format github`,
    '        env:',
    `          GITHUB_TOKEN: ${say('github.token')}`,
    '',
    "  # A job of its own: nothing of the pull request's runs where a comment may be written.",
    '  comment:',
    '    needs: check',
    `    if: ${say("!cancelled() && needs.check.outputs.comment != ''")}`,
    `    runs-on: ${runner}`,
    '    timeout-minutes: 5',
    '    permissions:',
    '      pull-requests: write',
    '    steps:',
    '      - name: Keep one comment up to date',
    '        run: |',
    ...script(`
      mark='<!-- broadside plan -->'
      file="$RUNNER_TEMP/comment.md"
      printf '%s\\n' "$COMMENT" > "$file"
      comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
      find=".[] | select(.user.type == \\"Bot\\" and (.body | startswith(\\"$mark\\"))) | .id"
      if ids="$(gh api --paginate "$comments" --jq "$find")"; then
        id="\${ids%%$'\\n'*}"
        if [ -n "$id" ]; then
          set -- --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id"
        else
          set -- --method POST "$comments"
        fi
        if gh api --silent "$@" --field "body=@$file"; then exit 0; fi
      fi
      echo 'This token may not comment, as on a pull request from a fork: the plan is in the job summary.'
    `),
    '        env:',
    `          GH_TOKEN: ${say('github.token')}`,
    `          NUMBER: ${say('github.event.pull_request.number')}`,
    `          COMMENT: ${say('needs.check.outputs.comment')}`,
  );
}

function writePublish(kit: Kit): string {
  // An event of the schedule is always of the default branch, and does not say which that is. A tag can have a branch's name,
  // so the whole of the reference is compared.
  const isDefault =
    "github.event_name == 'schedule' || github.ref == format('refs/heads/{0}', github.event.repository.default_branch)";
  return lines(
    kit.notice,
    nameWorkflow(kit, 'publish'),
    '',
    'on:',
    '  # An odd minute, since GitHub drops runs at the full hour. Which run it is decides nothing: each catches up.',
    ...writeCron('17 * * * *', kit.timezone),
    '  push:',
    `    branches: [${kit.branches.map(word).join(', ')}]`,
    '  workflow_dispatch:',
    '    inputs:',
    '      post:',
    "        description: A post's id or file; every post when this is empty",
    '        type: string',
    "        default: ''",
    '      target:',
    '        description: Where to',
    '        type: choice',
    `        options: [all, ${kit.targets.map(word).join(', ')}]`,
    '        default: all',
    '      mode:',
    '        description: Show what would be done, or do it',
    '        type: choice',
    '        options: [plan, publish]',
    '        default: plan',
    '      take:',
    '        description: What counts where a copy was edited by hand',
    '        type: choice',
    '        options: [neither, source, remote]',
    '        default: neither',
    '',
    'permissions: {}',
    '',
    'jobs:',
    ...noGroup,
    '  publish:',
    `    if: ${say(`inputs.mode == 'plan' || ${isDefault}`)}`,
    `    runs-on: ${runner}`,
    '    timeout-minutes: 30',
    `    environment: ${environment}`,
    '    # To push the ledger, which has a branch of its own.',
    '    permissions:',
    '      contents: write',
    '    outputs:',
    ...['created', 'updated', 'held', 'failed', 'waiting', 'site-changed'].map(
      (name) => `      ${name}: ${say(`steps.publish.outputs.${name}`)}`,
    ),
    ...(kit.deploys ? [`      site: ${say('steps.site.outcome')}`] : []),
    '    steps:',
    "      # The branch as it is now, not as it was when the run was queued: a run again must not undo a later run's work.",
    ...writeSetUp(kit, say('github.ref')),
    '      - name: Publish',
    '        id: publish',
    '        run: |',
    ...script(`
      set -- "$MODE" --format github
      if [ "$TARGET" != all ]; then set -- "$@" --target "$TARGET"; fi
      if [ "$TAKE" != neither ]; then set -- "$@" --take "$TAKE"; fi
      if [ -n "$POST" ]; then set -- "$@" -- "$POST"; fi
      ${call(kit)} "$@"
    `),
    '        env:',
    `          POST: ${say('inputs.post')}`,
    `          TARGET: ${say("inputs.target || 'all'")}`,
    `          MODE: ${say("inputs.mode || 'publish'")}`,
    `          TAKE: ${say("inputs.take || 'neither'")}`,
    `          GITHUB_TOKEN: ${say('github.token')}`,
    ...writeSecrets(),
    ...(kit.deploys ? writeDeployment(kit) : writeAnnouncement(kit)),
  );
}

/** A step after publishing, where the site is deployed by a workflow that is not ours. */
function writeAnnouncement(kit: Kit): readonly string[] {
  return [
    '      # The site is deployed by another workflow, which a push has just started. What is not served yet, a later run tells.',
    "      - name: Tell the feeds' hub",
    `        if: ${say("!cancelled() && inputs.mode != 'plan'")}`,
    '        continue-on-error: true',
    `        run: ${call(kit)} announce --max-wait "$MAX_WAIT" --format github`,
    '        env:',
    `          MAX_WAIT: ${say("github.event_name == 'push' && 300 || 0")}`,
    `          GITHUB_TOKEN: ${say('github.token')}`,
  ];
}

function writeDeployment(kit: Kit): readonly string[] {
  return [
    '      # Also when something is held or failed, and when nothing changed: a deployment that failed is made good.',
    '      - name: Keep the site for the deployment',
    '        id: site',
    `        if: ${say("!cancelled() && hashFiles('out/site/**') != ''")}`,
    `        uses: ${actions.uploadPages}`,
    '        with:',
    '          path: out/site',
    '',
    '  deploy:',
    '    needs: publish',
    `    if: ${say("!cancelled() && needs.publish.outputs.site == 'success'")}`,
    `    runs-on: ${runner}`,
    '    timeout-minutes: 10',
    '    # GitHub Pages takes one deployment at a time.',
    '    concurrency:',
    '      group: pages',
    '      queue: max',
    '      cancel-in-progress: false',
    '    permissions:',
    '      pages: write',
    '      id-token: write',
    '    environment:',
    '      name: github-pages',
    `      url: ${say('steps.deploy.outputs.page_url')}`,
    '    steps:',
    '      - id: deploy',
    `        uses: ${actions.deployPages}`,
    '',
    '  announce:',
    '    needs: deploy',
    `    if: ${say("!cancelled() && needs.deploy.result == 'success'")}`,
    `    runs-on: ${runner}`,
    '    timeout-minutes: 15',
    '    # To push the ledger, which has a branch of its own.',
    '    permissions:',
    '      contents: write',
    '    steps:',
    ...writeSetUp(kit, say('github.ref')),
    "      - name: Tell the feeds' hub",
    `        run: ${call(kit)} announce --format github`,
    '        env:',
    `          GITHUB_TOKEN: ${say('github.token')}`,
  ];
}

function writeWatch(kit: Kit): string {
  return lines(
    kit.notice,
    nameWorkflow(kit, 'watch'),
    '',
    'on:',
    ...writeCron('43 5 * * *', kit.timezone),
    '  workflow_dispatch:',
    '',
    'permissions: {}',
    '',
    'jobs:',
    '  watch:',
    `    runs-on: ${runner}`,
    '    timeout-minutes: 15',
    `    environment: ${environment}`,
    '    permissions:',
    '      contents: read',
    '      issues: write',
    '      actions: read',
    '    steps:',
    ...writeSetUp(kit),
    '      - name: Find out when publishing last ran by itself',
    '        id: last',
    '        run: |',
    ...script(`
      query='.[0].createdAt // ""'
      last="$(gh run list --workflow "$WORKFLOW" --event schedule --limit 1 --json createdAt --jq "$query" || true)"
      visibility="$(gh repo view "$GITHUB_REPOSITORY" --json visibility --jq .visibility || true)"
      echo "run=$last" >> "$GITHUB_OUTPUT"
      echo "visibility=$visibility" >> "$GITHUB_OUTPUT"
    `),
    '        env:',
    `          GH_TOKEN: ${say('github.token')}`,
    `          GH_REPO: ${say('github.repository')}`,
    `          WORKFLOW: ${kit.prefix}publish.yml`,
    '      - name: Look',
    '        id: look',
    '        run: |',
    ...script(`
      set -- watch --format github
      if [ -n "$LAST_RUN" ]; then set -- "$@" --last-run "$LAST_RUN"; fi
      if [ "$VISIBILITY" = PUBLIC ]; then set -- "$@" --public; fi
      well=true
      ${call(kit)} "$@" > "$RUNNER_TEMP/report.md" || well=false
      if [ ! -s "$RUNNER_TEMP/report.md" ]; then
        echo "Nobody could look: see $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" > "$RUNNER_TEMP/report.md"
      fi
      cat "$RUNNER_TEMP/report.md" >> "$GITHUB_STEP_SUMMARY"
      echo "well=$well" >> "$GITHUB_OUTPUT"
    `),
    '        env:',
    `          LAST_RUN: ${say('steps.last.outputs.run')}`,
    `          VISIBILITY: ${say('steps.last.outputs.visibility')}`,
    `          GITHUB_TOKEN: ${say('github.token')}`,
    ...writeSecrets(),
    '      - name: Keep one issue up to date',
    '        run: |',
    ...script(`
      title='Broadside needs a person'
      own='[.[] | select(.title == "Broadside needs a person" and .author.is_bot)][0].number // ""'
      number="$(gh issue list --state open --limit 500 --json number,title,author --jq "$own")"
      if [ "$WELL" = true ]; then
        if [ -n "$number" ]; then gh issue close "$number" --comment 'All is well again.'; fi
      elif [ -n "$number" ]; then
        gh issue edit "$number" --body-file "$RUNNER_TEMP/report.md"
      else
        gh issue create --title "$title" --body-file "$RUNNER_TEMP/report.md"
      fi
    `),
    '        env:',
    `          GH_TOKEN: ${say('github.token')}`,
    `          GH_REPO: ${say('github.repository')}`,
    `          WELL: ${say('steps.look.outputs.well')}`,
  );
}

function writeFeedsAction({
  generator,
  version,
  origin,
  feedFolder,
  feedPrefix = '',
}: WorkflowOptions): string {
  const name = generator.replaceAll(/\s+/g, ' ');
  const install = installFrom(origin);
  return lines(
    `# Written by "broadside init", version ${version}. It is yours to change.`,
    `# In the workflow that builds the site, before ${name} does:`,
    '#   - uses: ./.github/actions/broadside-feeds',
    'name: Broadside feeds',
    `description: Writes the feeds to where ${quoteless(name)} takes them from.`,
    'runs:',
    '  using: composite',
    '  steps:',
    `    - uses: ${actions.setupNode}`,
    '      with:',
    "        node-version: '24'",
    '        package-manager-cache: false',
    ...writeInstall(install).flatMap((line) => [
      line.slice(2),
      ...(line.includes('- name:') ? ['      shell: bash'] : []),
    ]),
    '    - shell: bash',
    '      run: |',
    ...script(`
      ${call({ install })} build --out "$RUNNER_TEMP/broadside/out"
      mkdir -p "$FEED_FOLDER"
      cp -R "$RUNNER_TEMP/broadside/out/site/$FEED_PREFIX." "$FEED_FOLDER/"
    `).map((line) => line.slice(2)),
    '      env:',
    `        FEED_FOLDER: ${quote(feedFolder)}`,
    `        FEED_PREFIX: ${quote(feedPrefix)}`,
  );
}

/** Text as YAML that is nothing but text, to GitHub too. */
function quote(text: string): string {
  return `'${text.replaceAll(/\s+/g, ' ').replaceAll('${{', '$ {{').replaceAll("'", "''")}'`;
}

/** A name in a YAML list: in quotes where it could be read as something else. */
function word(name: string): string {
  return /^(?!(true|false|null|yes|off)$)[a-z][a-z\d/-]{2,}$/.test(name) ? name : quote(name);
}

/** A name that can stand in plain YAML. */
function quoteless(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} .-]/gu, '');
}

/** A script's lines, moved in under `run: |`. */
function script(text: string): readonly string[] {
  return text
    .split('\n')
    .slice(1, -1)
    .map((line) => (line.trim() === '' ? '' : `    ${line}`));
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
