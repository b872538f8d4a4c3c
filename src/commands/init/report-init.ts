import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal, escapeWorkflowCommand } from '../../base/terminal.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import type { Inspection, Note } from '../../init/define.ts';
import type { Origin } from '../../init/origin.ts';
import type { SiteBuild } from '../../init/site-build.ts';
import { workflowPaths } from '../../init/workflows.ts';
import { nameCommand } from '../../init/write-texts.ts';
import type { PlannedRuns } from '../../init/plan-runs.ts';
import type { PagesChoice } from './choose-pages.ts';
import type { Paste } from './compose-files.ts';
import type { Found } from './program-origin.ts';
import type { WrittenFile } from './site-folder.ts';
import type { SourceSurvey, Survey } from './survey-site.ts';

/** What init found, what it did, and what is left to do. */
export interface Report {
  readonly survey: Survey;
  /** Where pages are looked at, where posts need them. */
  readonly pages: PagesChoice | undefined;
  /** How the workflows build the site first. */
  readonly build: SiteBuild | undefined;
  readonly written: readonly WrittenFile[];
  readonly pastes: readonly Paste[];
  readonly notes: readonly Note[];
  /** There was a config already. */
  readonly isSetUp: boolean;
  /** The blog has every workflow, from this run or from before. */
  readonly hasWorkflows: boolean;
  readonly program: Found;
  /** When publishing runs, where this run has written its workflow. */
  readonly runs?: PlannedRuns | undefined;
  /** The names of the secrets without which publishing cannot work. */
  readonly secrets: readonly string[];
}

/** Whether this run has written a workflow. */
export function writesWorkflows({ written }: Pick<Report, 'written'>): boolean {
  return written.some(({ path, outcome }) => outcome === 'written' && workflowPaths.includes(path));
}

/** A folder of the blog, for a sentence. */
export function nameFolder(folder: string): string {
  return folder === '.' ? 'this folder itself' : folder;
}

/** Some of the posts that a template was tried on, for a sentence. */
export function nameTried(count: number, tried: number): string {
  if (count < tried) return `${count} of ${tried} posts tried`;
  return tried === 1 ? 'the one post tried' : `all ${tried} posts tried`;
}

function nameAll(count: number): string {
  return count === 1 ? 'the one post' : `all ${count} posts`;
}

/** Prints the report in the form that was asked for. */
export function printReport(report: Report, shell: Shell): void {
  if (shell.format === 'json') {
    shell.print(`${JSON.stringify(describeReport(report), null, 2)}\n`);
    return;
  }
  const print = (text: string): void => shell.print(`${cleanForTerminal(text)}\n`);
  for (const line of [...describeFound(report), '', ...listFiles(report)]) print(line);
  if (report.written.some(({ path, outcome }) => path === defaultConfigPath && outcome === 'failed')) {
    print('');
    print(
      `Nothing is set up without ${defaultConfigPath}. Let this user write there, and run the command again.`,
    );
    return;
  }
  for (const { message, remedy } of report.notes) {
    if (shell.format === 'github') {
      shell.print(`::warning::${escapeWorkflowCommand(cleanForTerminal(`${message} ${remedy}`))}\n`);
    } else {
      print('');
      print(`${message} ${remedy}`);
    }
  }
  for (const { path, text } of report.pastes) {
    print('');
    print(`${path} is yours. Add this to it:`);
    shell.print(`\n${text}`);
  }
  print('');
  print('Three things are left to do:');
  for (const [index, text] of listNext(report).entries()) print(`${index + 1}. ${text}`);
}

function describeReport(report: Report): object {
  const { survey, pages, build, written, pastes, notes, program } = report;
  const { answers, inspection } = survey;
  const { url, title, description, author, language, timezone, sources, others, feeds } = answers;
  return {
    generator: inspection.generator,
    evidence: inspection.evidence ?? null,
    site: { url: url ?? null, title, description, author, language, timezone },
    sources: sources.map(({ posts, count, canonical, lang, addresses, verdict, proof }) => ({
      folder: posts,
      count,
      canonical,
      ...(lang !== undefined && { lang }),
      looked: verdict.looked,
      fitting: verdict.looked - verdict.misfits.length,
      addresses,
      proof: proof ?? null,
    })),
    others: others.map(({ posts, canonical }) => ({ folder: posts, canonical })),
    pages: pages === undefined ? null : { from: nameFrom(pages), posts: pages.posts, names: pages.names },
    build: build?.script ?? null,
    feeds: { folder: inspection.feedFolder, ...feeds },
    program: program.origin ?? null,
    schedule: describeRuns(report) ?? null,
    files: written,
    pastes,
    notes,
    next: listNext(report),
  };
}

/** Lines that say what was found; where there was a config, only by whom the site is made. */
function describeFound({ survey, pages, isSetUp }: Report): readonly string[] {
  const { answers, inspection } = survey;
  const { generator, evidence, feedFolder } = inspection;
  const { url = '', title, timezone, sources, feeds } = answers;
  const found =
    evidence === undefined
      ? 'A folder of posts. No site generator was recognised.'
      : `${generator}, by its ${evidence}.`;
  if (isSetUp) return [found];
  return [
    found,
    `  site   ${url}${nameAddressFrom(inspection, url)}  ${JSON.stringify(title)}, ${timezone}`,
    ...sources.map(
      (source) =>
        `  posts  ${source.posts}, ${source.count} there, at ${source.canonical}${describeVerdict(source, inspection)}`,
    ),
    ...(pages === undefined ? [] : [`  pages  ${nameFrom(pages)}${pages.build ? ', once it is built' : ''}`]),
    `  feeds  ${Object.values(feeds).join(', ')}, in ${nameFolder(pages?.into ?? feedFolder)}`,
  ];
}

function nameAddressFrom({ addressFile, facts }: Inspection, url: string): string {
  return addressFile === undefined || facts.url !== url ? '' : ` (by ${addressFile})`;
}

/** Where pages are looked at, for a line. */
function nameFrom({ place }: PagesChoice): string {
  return place === 'live' ? 'live, as the site serves them' : place.from;
}

function describeVerdict({ verdict, canonical, proof }: SourceSurvey, inspection: Inspection): string {
  const { looked, misfits, template } = verdict;
  if (template !== canonical) return '';
  if (proof !== undefined && proof.found > 0) {
    const { from, posts, exact } = proof;
    return `, which ${from} has for ${exact === posts ? nameAll(posts) : `${exact} of ${posts} posts`}`;
  }
  const by =
    inspection.evidence === undefined ? 'as posts themselves say' : `by the rules of ${inspection.generator}`;
  if (looked > 0) {
    const count = misfits.length === looked ? 0 : looked - misfits.length;
    return `, ${by} for ${nameTried(count, looked)}, not compared with any page`;
  }
  return inspection.canonical === undefined ? '' : `, ${by}, not compared with any page`;
}

const signs: Readonly<Record<WrittenFile['outcome'], string>> = { written: '+', kept: '.', failed: '!' };

function listFiles(report: Report): readonly string[] {
  const { origin } = report.program;
  const lines = report.written.map((file) => `${signs[file.outcome]} ${file.path}${describeFile(file)}`);
  return origin !== undefined && writesWorkflows(report)
    ? [...lines, '', `The workflows run ${describeOrigin(origin)}.`, ...tellRuns(report)]
    : lines;
}

/** How often publishing runs by its schedule, and what GitHub counts for that at least: each started minute of each job. */
function describeRuns({ runs, build }: Pick<Report, 'runs' | 'build'>) {
  if (runs === undefined) return undefined;
  const { lines: cron, monthly } = runs;
  return { cron, runsPerMonth: monthly, minutesPerMonth: monthly * (build === undefined ? 1 : 2) };
}

function tellRuns(report: Report): readonly string[] {
  const described = describeRuns(report);
  if (described === undefined) return [];
  const { cron, runsPerMonth, minutesPerMonth } = described;
  return [
    `Publishing runs by its schedule ${runsPerMonth} times a month (cron: ${cron.join('; ')}), and on each push.`,
    `In a private repository, GitHub counts at least ${minutesPerMonth} minutes a month for the schedule. In a public one it is free.`,
  ];
}

function describeFile(file: WrittenFile): string {
  if (file.outcome === 'failed') return `: ${file.why}`;
  return file.outcome === 'kept' ? ': there already, left as it is' : '';
}

function describeOrigin(origin: Origin): string {
  return origin.kind === 'commit'
    ? `Broadside from ${origin.repository} at commit ${origin.commit}`
    : `${origin.name} ${origin.version}, with the digest ${origin.integrity}`;
}

function tellSecrets(names: readonly string[], place: string): string {
  const last = names.at(-1);
  if (last === undefined) return 'No target needs a secret.';
  if (names.length === 1) return `Store the secret ${last} ${place}.`;
  return `Store the secrets ${names.slice(0, -1).join(', ')} and ${last} ${place}.`;
}

/** The three things that only the author can do. */
function listNext({ program, hasWorkflows, secrets }: Report): readonly string[] {
  const run = nameCommand(program.origin);
  const place = hasWorkflows
    ? 'in the environment "broadside" in your repository’s settings on GitHub, and in your shell when you publish by hand'
    : 'in the environment of whatever runs it';
  return [
    `${tellSecrets(secrets, place)} If you do not want a target, remove it from ${defaultConfigPath}.`,
    `Run "${run} adopt". It records the copies that exist already, and sends nothing.`,
    `Run "${run} plan", and read what publish would do.`,
  ];
}
