import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../src/commands/program.ts';
import { defaultConfigPath } from '../src/config/default-path.ts';
import { loadConfig } from '../src/config/load.ts';
import { describeConfig } from '../src/config/schema.ts';
import { errorCodes } from '../src/base/errors.ts';
import { ownWorkflows } from '../src/init/workflows.ts';
import { mailRules } from '../src/mailing/rules.ts';
import type { Rules } from '../src/model/diagnostic.ts';
import { auditRules, importRules } from '../src/sources/feed/rules.ts';
import { sourceKinds } from '../src/sources/index.ts';
import { letterRules } from '../src/sources/letter-rules.ts';
import { postRules } from '../src/sources/rules.ts';
import { listUsualSecrets, targetKinds } from '../src/targets/index.ts';
import { bundleApp } from './bundle-app.ts';
import { listKnownNames } from './list-known-names.ts';
import { listRenditions } from './list-renditions.ts';

const notice = '<!-- Written by "npm run generate" from the code. Do not edit. -->';

/** The files made from the code, by path relative to the project. */
export async function generateFiles(): Promise<Readonly<Record<string, string>>> {
  const { script } = await bundleApp();
  return {
    'src/preview/bundle/app.js': script,
    'config/schema.json': `${JSON.stringify(await describeConfig(), null, 2)}\n`,
    'docs/commands.md': describeCommands(),
    'docs/kinds.md': await describeKinds(),
    'docs/errors.md': describeErrors(),
    'docs/known-names.md': listKnownNames(notice),
    'docs/rules.md': await describeRules(),
    'tests/renditions/README.md': listRenditions(notice),
    ...(await composeOwnWorkflows()),
  };
}

/** The workflows of this project, whose own posts config/broadside.yaml is for. */
export async function composeOwnWorkflows(): Promise<Readonly<Record<string, string>>> {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const { site, targets } = await loadConfig(defaultConfigPath, root);
  return ownWorkflows({
    timezone: site.timezone,
    targets: targets.map(({ name }) => name),
    secrets: await listUsualSecrets(),
  });
}

function describeCommands(): string {
  const shell = {
    cwd: '.',
    environment: {},
    signal: new AbortController().signal,
    now: () => '',
    format: 'human',
    print: () => undefined,
    report: () => undefined,
    interactive: false,
    color: false,
  } as const;
  const program = buildProgram('', shell, () => undefined);
  const pages = program.commands.map(
    (command) =>
      `## ${command.name()}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n\n` +
      `${/Example:\n {2}\$ (.+)/.exec(readHelp(command))?.[1]?.replace(/^/, '```sh\n').concat('\n```') ?? ''}\n`,
  );
  return (
    `# Commands\n\n${notice}\n\n` +
    'Exit codes: 0 all is well (waiting is well), 1 something is wrong, refused or held, 2 only from `plan --detailed-exitcode` ' +
    'when there is something to send and nothing is wrong, 130 after Ctrl-C. Results go to standard output, progress and ' +
    'diagnostics to standard error.\n\n' +
    pages.join('\n')
  );
}

function readHelp(command: ReturnType<typeof buildProgram>): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

async function describeKinds(): Promise<string> {
  const rows = async (
    kinds: Readonly<Record<string, () => Promise<{ kind: string; summary: string }>>>,
    folder: string,
  ) =>
    Promise.all(
      Object.values(kinds).map(async (load) => {
        const { kind, summary } = await load();
        return `| [\`${kind}\`](../src/${folder}/${kind}/README.md) | ${summary} |`;
      }),
    );
  const table = (lines: readonly string[]): string =>
    ['| kind | what it is |', '| --- | --- |', ...lines].join('\n');
  return (
    `# Sources and targets\n\n${notice}\n\nEach kind's page says what it shows, its options and its limits.\n\n` +
    `## Sources\n\n${table(await rows(sourceKinds, 'sources'))}\n\n## Targets\n\n${table(await rows(targetKinds, 'targets'))}\n`
  );
}

function describeErrors(): string {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return (
    `# Error codes\n\n${notice}\n\nA code never changes its meaning. Every error also says what to do next.\n\n` +
    `${['| code | meaning |', '| --- | --- |', ...rows].join('\n')}\n`
  );
}

/** Every rule there is, by where it is looked for. */
export async function listRules(): Promise<readonly { readonly title: string; readonly rules: Rules }[]> {
  const sources = await Promise.all(Object.values(sourceKinds).map((load) => load()));
  const targets = await Promise.all(Object.values(targetKinds).map((load) => load()));
  return [
    { title: 'Every post', rules: postRules },
    { title: 'Every letter', rules: letterRules },
    ...targets.map(({ kind, rules }) => ({ title: `Posts that go to a \`${kind}\` target`, rules })),
    ...sources.map(({ kind, rules }) => ({ title: `Posts that come from a \`${kind}\` source`, rules })),
    { title: 'Letters, wherever they are mailed from', rules: mailRules },
    { title: 'What `import` writes', rules: importRules },
    { title: 'Copies that `audit` finds in a feed', rules: auditRules },
  ].filter(({ rules }) => Object.keys(rules).length > 0);
}

const severities = { error: 'error', warning: 'warning', either: 'error or warning' } as const;

async function describeRules(): Promise<string> {
  const sections = (await listRules()).map(({ title, rules }) => {
    const rows = Object.entries(rules).map(
      ([id, { severity, wrong, remedy, optional }]) =>
        `| \`${id}\` | ${severities[severity]}${optional === true ? ', can be silenced' : ''} | ${wrong} | ${remedy} |`,
    );
    return `## ${title}\n\n${['| rule | severity | what is wrong | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`;
  });
  return (
    `# Rules\n\n${notice}\n\n` +
    'What `broadside check` looks for. An error keeps a post from the places it concerns, since readers would miss ' +
    'something or the platform would refuse it; a warning never does. Each is reported with file, line and column.\n\n' +
    'A warning, and an error that says so here, can be silenced for one post, with the reason, in its front matter:\n\n' +
    '```yaml\nsilence:\n  devto-code-plain: its colours do not matter here\n```\n\n' +
    sections.join('\n')
  );
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(await generateFiles())) {
    const file = new URL(`../${path}`, import.meta.url);
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
  }
}
