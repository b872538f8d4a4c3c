import { readFileSync } from 'node:fs';
import { installFrom, installHere, type Install } from './install.ts';
import type { Origin } from './origin.ts';
import type { SiteBuild } from './site-build.ts';

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
  readonly targets: readonly string[];
  /** The default branch, where that is known. */
  readonly branch?: string;
  /** How the site is built, where posts are shown as its pages show them. */
  readonly build?: SiteBuild;
  /** The folder that the site is built into, where the feeds go there. */
  readonly into?: string;
  /** When publishing runs, as lines of cron; every hour without them. */
  readonly cron?: readonly string[] | undefined;
  /** The names of the secrets that publishing reads. */
  readonly secrets: readonly string[];
}

/**
 * The workflows as they are written, with places to fill such as `__PROGRAM__`. What stands between `# [own]` and `# [end]` is
 * for Broadside's own repository, between `# [blog]` and `# [end]` for a blog's, after `# [zone]` for a zone that GitHub knows, and
 * after `# [pages]` for a blog whose site is built first. What stands after `# [secret]` is written once for each secret.
 * Publishing is in no concurrency group: a run has its place in one while a reviewer is awaited, in a group of the workflow and
 * in one of the job alike (https://github.com/orgs/community/discussions/17401).
 */
const texts = {
  check: readFileSync(new URL('./workflows/check.yml', import.meta.url), 'utf8'),
  comment: readFileSync(new URL('./workflows/comment.yml', import.meta.url), 'utf8'),
  publish: readFileSync(new URL('./workflows/publish.yml', import.meta.url), 'utf8'),
  dashboard: readFileSync(new URL('./workflows/dashboard.yml', import.meta.url), 'utf8'),
  blog: readFileSync(new URL('./workflows/blog.yml', import.meta.url), 'utf8'),
  feeds: readFileSync(new URL('./workflows/feeds/action.yml', import.meta.url), 'utf8'),
};

/** What the places of a text hold, by their names. */
type Places = Readonly<Record<string, string>>;

/** What the workflows of a repository have in common. */
interface Repository {
  readonly kind: 'own' | 'blog';
  readonly files: readonly Exclude<keyof typeof texts, 'feeds'>[];
  /** What the names of the workflows' files begin with. */
  readonly prefix: string;
  /** A workflow's name, as YAML. */
  readonly nameOf: (verb: string) => string;
  readonly timezone: string;
  readonly branches: readonly string[];
  readonly targets: readonly string[];
  readonly build?: SiteBuild | undefined;
  readonly cron?: readonly string[] | undefined;
  readonly secrets: readonly string[];
  readonly places: Places;
}

const verbs = ['check', 'comment', 'publish', 'dashboard'] as const;

const feedsAction = '.github/actions/broadside-feeds/action.yml';

/** The workflow that publishes a blog. */
export const publishPath = '.github/workflows/broadside-publish.yml';

/** The files that `blogWorkflows` makes. */
export const workflowPaths: readonly string[] = [
  ...verbs.map((verb) => `.github/workflows/broadside-${verb}.yml`),
  feedsAction,
];

/** The texts of a blog's workflows, and of the action that puts its feeds where its generator takes them from, by path. */
export function blogWorkflows(options: WorkflowOptions): Readonly<Record<string, string>> {
  const { version, origin, timezone, targets, branch, build, cron, secrets } = options;
  const notice = `Written by "broadside init", version ${version}. It is yours to change.`;
  const places = nameProgram(notice, installFrom(origin));
  const workflows = fillWorkflows({
    kind: 'blog',
    files: verbs,
    prefix: 'broadside-',
    nameOf: (verb) => quote(`Broadside: ${verb}`),
    timezone,
    branches: branch === undefined ? ['main', 'master'] : [branch],
    targets,
    build,
    cron,
    secrets,
    places,
  });
  return { ...workflows, [feedsAction]: fillFeedsAction(options, places) };
}

/** The texts of the workflows of Broadside's own repository, by path; `secrets` are those of every kind of target. */
export function ownWorkflows({
  timezone,
  targets,
  secrets,
}: Pick<Repository, 'timezone' | 'targets' | 'secrets'>): Readonly<Record<string, string>> {
  const notice = 'Written by "npm run generate" from src/init/workflows/. Do not edit.';
  return fillWorkflows({
    kind: 'own',
    files: [...verbs, 'blog'],
    prefix: '',
    nameOf: (verb) => verb,
    timezone,
    branches: ['main'],
    targets,
    secrets,
    places: nameProgram(notice, installHere()),
  });
}

function fillWorkflows(repository: Repository): Readonly<Record<string, string>> {
  const { kind, files, prefix, nameOf, timezone, branches, targets, build, cron, secrets, places } =
    repository;
  const isNamedZone = /^[A-Za-z][\w+\-/]*$/.test(timezone);
  const parts = [kind, ...(isNamedZone ? ['zone'] : []), ...(build === undefined ? [] : ['pages'])];
  return Object.fromEntries(
    files.map((file) => [
      `.github/workflows/${prefix}${file}.yml`,
      fill(nameSecrets(planCron(endLines(texts[file]), cron), secrets), parts, {
        ...places,
        TITLE: nameOf(file),
        TIMEZONE: timezone,
        BRANCHES: branches.map(word).join(', '),
        TARGETS: targets.map(word).join(', '),
        PUBLISH: `${prefix}publish.yml`,
        CHECK: nameOf('check'),
        COMMENT: `${prefix}comment.yml`,
        ...(build && { BUILD: writeScript(build.script), OUTPUT: quote(build.output) }),
      }),
    ]),
  );
}

/** Puts other lines of cron, each with the zone, in the place of the hourly one. */
function planCron(text: string, cron: readonly string[] = []): string {
  const [hourly = ''] = /^ +- cron: .*\n(?: +# \[zone\]\n.*\n +# \[end\]\n)?/m.exec(text) ?? [];
  if (cron.length === 0 || hourly === '') return text;
  return text.replace(hourly, () =>
    cron.map((line) => hourly.replace(/cron: .*/, () => `cron: ${quote(line)}`)).join(''),
  );
}

/** Writes the part for a secret once for each. */
function nameSecrets(text: string, secrets: readonly string[]): string {
  return text.replaceAll(/^ *# \[secret\]\n([^]*?)^ *# \[end\]\n/gm, (_all, inside: string) =>
    secrets.map((name) => inside.replaceAll('__SECRET__', () => name)).join(''),
  );
}

function fillFeedsAction(options: WorkflowOptions, places: Places): string {
  const { generator, feedFolder, feedPrefix = '', into } = options;
  const name = generator.replaceAll(/\s+/g, ' ');
  return fill(endLines(texts.feeds), ['blog', into === undefined ? 'before' : 'after'], {
    ...places,
    GENERATOR: name,
    NAME: quoteless(name),
    FEED_FOLDER: quote(feedFolder),
    FEED_PREFIX: quote(feedPrefix),
    ...(into !== undefined && { OUTPUT: quote(into) }),
  });
}

/** The places that say which program runs: what its only step of installation does, and the word it is called by. */
function nameProgram(notice: string, { script, environment, program }: Install): Places {
  const given = Object.entries(environment).map(([name, value]) => `  ${name}: ${quote(value)}`);
  const install = [writeScript(script), ...(given.length > 0 ? ['env:', ...given] : [])];
  return { NOTICE: notice, INSTALL: install.join('\n'), PROGRAM: program };
}

/** Lines of bash as the value of a step's `run`. */
function writeScript(lines: readonly string[]): string {
  return ['|', ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Ends lines alike, also of a checkout that git has ended otherwise. */
function endLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Keeps the parts of a text that are named, and fills its places; further lines are moved in as far as the place's own. */
function fill(text: string, parts: readonly string[], places: Places): string {
  return text
    .replaceAll(/^ *# \[(\w+)\]\n([^]*?)^ *# \[end\]\n/gm, (_all, part: string, inside: string) =>
      parts.includes(part) ? inside : '',
    )
    .replaceAll(/^( *)(.*__[A-Z_]+__.*)$/gm, (_all, indent: string, line: string) => {
      const filled = line.replaceAll(/__([A-Z_]+?)__/g, (place, name: string) => places[name] ?? place);
      return indent + filled.replaceAll('\n', `\n${indent}`);
    });
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
