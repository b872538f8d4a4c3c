import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Ask } from '../../base/ask.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import { loadConfig } from '../../config/load.ts';
import { BroadsideError } from '../../base/errors.ts';
import { chooseTemplate, type Verdict } from '../../init/addresses.ts';
import type { Finding, Note } from '../../init/define.ts';
import { readLine, readSiteUrl, readTimezone } from '../../init/facts.ts';
import { chooseFeeds } from '../../init/feeds.ts';
import { inspectSite } from '../../init/index.ts';
import { readRepositoryWord, type Origin } from '../../init/origin.ts';
import { countPosts, joinPath } from '../../init/paths.ts';
import { blogWorkflows, workflowPaths } from '../../init/workflows.ts';
import { type Answers, disclosures, writeConfig } from '../../init/write-config.ts';
import {
  findUnignored,
  hasReadmeSection,
  nameCommand,
  writeFirstPost,
  writeGitignore,
  writeReadmeSection,
} from '../../init/write-texts.ts';
import { readPostHeads } from './post-heads.ts';
import { findOrigin, ownFolder, type Found } from './program-origin.ts';
import type { Shell } from '../../base/shell.ts';
import { openSiteFolder, type Outcome, type SiteFolder, writeNewFile } from './site-folder.ts';
import { markdown } from '../../sources/markdown/index.ts';
import { cleanForTerminal, escapeWorkflowCommand } from '../../base/terminal.ts';
import { readVersion } from '../../base/version.ts';

/** How many posts the template of addresses is held against. */
const sampleSize = 5;

const guessedTemplate = '/blog/{slug}';

export interface InitArguments {
  readonly config: string;
  /** The blog's folder. */
  readonly folder: string;
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly posts?: string | undefined;
  readonly canonical?: string | undefined;
  readonly timezone?: string | undefined;
  /** Where workflows get the program from: `OWNER/REPO` or an address, with or without `@` and a commit. */
  readonly repository?: string | undefined;
  /** Ask nothing: take what was found, and defaults. */
  readonly yes: boolean;
  readonly workflows: boolean;
}

/** What the command line said, in its proper form. */
type Wishes = Pick<InitArguments, 'url' | 'title' | 'posts' | 'canonical' | 'timezone'>;

/** A file and what became of it. */
type Written = { readonly path: string } & Outcome;

/** Text for a file that exists and is left as it is. */
interface Paste {
  readonly path: string;
  readonly text: string;
}

/** What was found, asked and decided. */
interface Survey {
  readonly answers: Omit<Answers, 'url'> & { readonly url: string | undefined };
  readonly finding: Finding;
  readonly count: number;
  readonly verdict: Verdict;
  /** What nobody said, with what is assumed instead. */
  readonly guesses: readonly string[];
}

/**
 * Runs `broadside init`: writes config, workflows and, where there is no post, a first one into a blog's folder; what exists
 * is named and left. Returns the exit code. Throws `USAGE`; where the folder is none, `OUTPUT_UNWRITABLE`; and `PROGRAM_UNPINNED`,
 * after all the rest is written, where it is not known which program the workflows are to run.
 */
export async function runInit(args: InitArguments, shell: Shell): Promise<number> {
  const root = openRoot(args, shell.cwd);
  const wishes = readWishes(args);
  const site = openSiteFolder(root);
  const isSetUp = lstatSync(join(root, defaultConfigPath), { throwIfNoEntry: false }) !== undefined;
  const ask = args.yes || isSetUp ? undefined : shell.ask;
  const existing = isSetUp ? await readExisting(root) : {};
  let survey: Survey;
  try {
    survey = await surveySite(root, site, { ...wishes, ...existing.wishes }, ask);
  } catch (error) {
    if (shell.signal.aborted && !(error instanceof BroadsideError)) return 130;
    throw error;
  }
  const { answers, finding, count } = survey;
  const texts: Record<string, string> = {};
  if (isSetUp) texts[defaultConfigPath] = '';
  else if (answers.url === undefined) throw refuseWithoutUrl(finding);
  else texts[defaultConfigPath] = writeConfig({ ...answers, url: answers.url });
  const program = await findOrigin(ownFolder, args.repository, shell);
  const { origin } = program;
  if (args.workflows && origin !== undefined) {
    const { version, timezone } = answers;
    const { feedFolder, feedPrefix } = finding;
    const generator = nameGenerator(finding);
    const branch = readDefaultBranch(site);
    const found = { ...(branch && { branch }), ...(existing.targets && { targets: existing.targets }) };
    const options = { generator, version, origin, timezone, feedFolder, feedPrefix, ...found };
    Object.assign(texts, blogWorkflows(options));
  }
  if (count === 0 && !isSetUp) {
    const day = shell.now().slice(0, 10);
    const file = finding.firstPost.file.replace('{day}', day);
    texts[joinPath(answers.posts, file)] = writeFirstPost(day, finding.firstPost);
  }
  const readme = site.list('').find(({ name }) => /^readme(\.\w+)?$/i.test(name))?.name;
  texts[readme ?? finding.readme ?? 'README.md'] = writeReadme(answers, origin);
  texts['.gitignore'] = writeGitignore();
  const written = Object.entries(texts).map(([path, text]): Written => ({
    path,
    ...writeNewFile(root, path, text),
  }));
  const pastes = written.flatMap((one) => findPaste(root, one, answers.posts, origin));
  const hasWorkflows = args.workflows && workflowPaths.every((path) => existsSync(join(root, path)));
  const notes = collectNotes(survey, site, { isSetUp, hasWorkflows, written, program });
  const report: Report = { survey, written, pastes, notes, isSetUp, hasWorkflows, program };
  if (shell.format === 'json') shell.print(`${JSON.stringify(describe(report), null, 2)}\n`);
  else printReport(report, shell);
  if (args.workflows && !hasWorkflows && program.missing !== undefined)
    throw refuseWithoutOrigin(program.missing);
  return written.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

function refuseWithoutOrigin(missing: string): BroadsideError {
  return new BroadsideError(
    'PROGRAM_UNPINNED',
    `The workflows were not written, since it is not known where they are to get Broadside from: ${missing}.`,
    {
      remedy:
        'Say it, with the whole id of a commit that is there: broadside init --repository OWNER/REPO@COMMIT. Or leave them out: --without-workflows.',
    },
  );
}

function openRoot({ folder, config }: InitArguments, cwd: string): string {
  if (config !== defaultConfigPath) {
    throw new BroadsideError('USAGE', `init always writes ${defaultConfigPath}.`, {
      remedy: 'Leave --config out; move the file afterwards if you want it elsewhere.',
    });
  }
  const root = resolve(cwd, folder);
  if (existsSync(root) && statSync(root).isDirectory()) return root;
  throw new BroadsideError('OUTPUT_UNWRITABLE', `${cleanForTerminal(folder)} is no folder that is there.`, {
    remedy: 'Name the folder of your blog, or create it first.',
  });
}

function readWishes({ url, title, posts, canonical, timezone, repository }: InitArguments): Wishes {
  const refuse = (option: string, value: string, what: string): never => {
    throw new BroadsideError('USAGE', `--${option} is ${JSON.stringify(value)}, which is ${what}.`, {
      remedy: 'See "broadside init --help".',
    });
  };
  const place = posts === undefined ? undefined : readFolder(posts);
  if (posts !== undefined && place === undefined) refuse('posts', posts, 'not inside the blog’s folder');
  const address = readSiteUrl(url);
  if (url !== undefined && address === undefined) refuse('url', url, 'no http or https address');
  if (canonical !== undefined && !isTemplate(canonical)) {
    refuse('canonical', canonical, 'no path with {slug} or {id}, such as "/blog/{slug}/"');
  }
  if (timezone !== undefined && readTimezone(timezone) === undefined) {
    refuse('timezone', timezone, 'no IANA name, such as "Europe/London"');
  }
  if (repository !== undefined && readRepositoryWord(repository) === undefined) {
    refuse(
      'repository',
      repository,
      'neither OWNER/REPO nor an address, with or without @ and a whole commit id',
    );
  }
  return { url: address, title: readLine(title), posts: place, canonical, timezone };
}

function isTemplate(text: string): boolean {
  return markdown.options.safeParse({ kind: 'markdown', canonical: text }).success;
}

/** A folder below the blog's, in its shortest form. */
function readFolder(text: string): string | undefined {
  const path = joinPath(text.replaceAll('\\', '/'));
  const leadsOut = path.startsWith('..') || /^(\/|\\|[a-z]:)/i.test(text) || /\p{Cc}/u.test(text);
  return leadsOut ? undefined : path === '' ? '.' : path;
}

/** What the config that is there says, as far as the other files need it. */
interface Existing {
  readonly wishes?: Pick<Wishes, 'url' | 'timezone'>;
  /** The targets' names. */
  readonly targets?: readonly string[];
}

/** Reads the config that is there; a faulty one says nothing. */
async function readExisting(root: string): Promise<Existing> {
  try {
    const { site, targets } = await loadConfig(defaultConfigPath, root);
    return {
      wishes: { url: site.url, timezone: site.timezone },
      targets: targets.map(({ name }) => name),
    };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return {};
  }
}

async function surveySite(
  root: string,
  site: SiteFolder,
  wishes: Wishes,
  ask: Ask | undefined,
): Promise<Survey> {
  const guesses: string[] = [];
  /** What was found, else what is answered, else what is assumed. */
  const settle = async (question: Question): Promise<string | undefined> => {
    if (question.found !== undefined) return question.found;
    const preset = question.preset;
    if (ask === undefined) {
      if (preset !== undefined) guesses.push(`${question.name} ${JSON.stringify(preset)}`);
      return preset;
    }
    for (;;) {
      const answer = question.read(await ask(question.text, preset));
      if (answer !== undefined) return answer;
    }
  };

  const first = inspectSite(site, { ...(wishes.url !== undefined && { url: wishes.url }) });
  const url = await settle({
    name: 'address',
    text: 'What is the address of your site, such as https://example.com?',
    found: wishes.url ?? first.facts.url,
    read: readSiteUrl,
  });
  const { facts } = first;
  const title = await settle({
    name: 'title',
    text: 'What is its title?',
    found: wishes.title ?? facts.title,
    preset: url === undefined ? undefined : new URL(url).host,
    read: readLine,
  });
  const author = await settle({
    name: 'author',
    text: 'Who writes it?',
    found: facts.author?.name,
    preset: title,
    read: readLine,
  });
  const isFound = countAll(site, first.posts) > 0;
  const posts = await settle({
    name: 'folder of posts',
    text: 'Which folder are the posts in?',
    found: wishes.posts ?? (isFound ? first.posts : undefined),
    preset: first.posts,
    read: readFolder,
  });
  const timezone = await settle({
    name: 'time zone',
    text: 'In which time zone do you write?',
    found: wishes.timezone ?? facts.timezone,
    preset:
      ask === undefined ? 'UTC' : (readTimezone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC'),
    read: readTimezone,
  });
  const folder = posts ?? first.posts;
  const finding = inspectSite(site, { ...(url !== undefined && { url }), posts: folder });
  const zone = timezone ?? 'UTC';
  const heads = readPostHeads(
    root,
    folder,
    { url: url ?? 'https://example.com', timezone: zone },
    sampleSize,
  );
  const verdict = chooseTemplate(finding.canonical, heads, finding.addressOf);
  const canonical = await settle({
    name: 'addresses of posts',
    text: 'What is the address of a post’s page, with {slug} for its name and {year}, {month} and {day} for its date?',
    found: wishes.canonical ?? verdict.template,
    preset: guessedTemplate,
    read: (text) => (isTemplate(text) ? text : undefined),
  });
  const disclosure = await settle({
    name: 'AI disclosure on dev.to',
    text: `What are dev.to’s readers told of AI in the writing: ${disclosures.join(', ')}?`,
    found: undefined,
    preset: 'not_disclosed',
    read: (text) => disclosures.find((one) => one === text),
  });
  return {
    finding,
    count: countAll(site, folder),
    verdict: wishes.canonical === undefined ? verdict : { ...verdict, looked: 0, misfits: [] },
    guesses,
    answers: {
      generator: finding.generator,
      version: readVersion(),
      url,
      title: title ?? '',
      description: facts.description ?? '',
      author: { ...facts.author, name: author ?? title ?? '' },
      language: facts.language ?? 'en',
      timezone: zone,
      posts: folder,
      canonical: canonical ?? guessedTemplate,
      disclosure: disclosures.find((one) => one === disclosure) ?? 'not_disclosed',
      feeds: chooseFeeds(site, finding),
    },
  };
}

/** Something to be settled: by what was found, by an answer, or by a preset. */
interface Question {
  /** What it is about, for the list of what was assumed. */
  readonly name: string;
  readonly text: string;
  readonly found: string | undefined;
  readonly preset?: string | undefined;
  /** The answer in its proper form; undefined asks again. */
  readonly read: (text: string) => string | undefined;
}

function countAll(site: SiteFolder, folder: string): number {
  const { posts, mdx } = countPosts(site, folder);
  return posts + mdx;
}

function nameGenerator({ generator }: Finding): string {
  return generator === 'plain' ? 'your generator' : generator;
}

function nameFolder(folder: string): string {
  return folder === '.' ? 'this folder itself' : folder;
}

/** The branch that a clone's remote has as its default, where git has noted it. */
function readDefaultBranch(site: SiteFolder): string | undefined {
  return /^ref: refs\/remotes\/origin\/([\w./-]+)$/.exec(
    site.read('.git/refs/remotes/origin/HEAD')?.trim() ?? '',
  )?.[1];
}

function refuseWithoutUrl({ generator, evidence }: Finding): BroadsideError {
  const where = evidence === undefined ? 'This folder does' : `${generator}’s ${evidence} does`;
  return new BroadsideError('USAGE', `${where} not say at which address the site is.`, {
    remedy: 'Give it: broadside init --url https://example.com',
  });
}

function writeReadme({ title, posts, generator }: Survey['answers'], origin: Origin | undefined): string {
  const heading = generator === 'plain' ? 'Posts' : 'The site';
  return `# ${title === '' ? heading : escapeMarkdown(title)}\n\n${writeReadmeSection(posts, origin)}`;
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!&~@]/g, (char) => `\\${char}`);
}

/** What the author should add to a file that was there before, if anything. */
function findPaste(
  root: string,
  { path, outcome }: Written,
  posts: string,
  origin: Origin | undefined,
): readonly Paste[] {
  if (outcome !== 'kept') return [];
  const text = readText(join(root, path));
  if (path === '.gitignore') {
    const missing = findUnignored(text);
    return missing.length === 0 ? [] : [{ path, text: `${missing.join('\n')}\n` }];
  }
  if (/^(\.github\/)?readme(\.\w+)?$/i.test(path) && !hasReadmeSection(text)) {
    return [{ path, text: writeReadmeSection(posts, origin) }];
  }
  return [];
}

function readText(file: string): string {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}

function collectNotes(
  { answers, finding, verdict, guesses }: Survey,
  site: SiteFolder,
  {
    isSetUp,
    hasWorkflows,
    written,
    program,
  }: Pick<Report, 'isSetUp' | 'hasWorkflows' | 'written' | 'program'>,
): readonly Note[] {
  const { mdx } = countPosts(site, answers.posts);
  const notes: Note[] = [...site.refused].map(([path, why]) => ({
    message: `${path} was not read: it ${why}.`,
    remedy: 'Check that what it says of the site is in config/broadside.yaml.',
  }));
  if (!isSetUp && guesses.length > 0) {
    notes.push({
      message: `These were not found, and are assumed: ${guesses.join(', ')}.`,
      remedy: `Correct them in ${defaultConfigPath}.`,
    });
  }
  if (!isSetUp && verdict.misfits.length > 0) {
    const [one] = verdict.misfits;
    notes.push({
      message:
        `${answers.canonical} does not make the address of ${verdict.misfits.length} of ${verdict.looked} posts looked at: ` +
        `${one?.path} is at ${one?.address}.`,
      remedy:
        'Give such posts a canonical_url in their front matter before the first publish, or correct "canonical" in the config.',
    });
  }
  const others = finding.otherPosts ?? [];
  if (!isSetUp && others.length > 0) {
    notes.push({
      message: `There are posts in ${others.join(' and ')} too.`,
      remedy: `If they are to be published, add a source for each, with its own canonical, to ${defaultConfigPath}.`,
    });
  }
  if (mdx > 0) {
    notes.push({
      message: `${mdx === 1 ? 'One post is' : `${mdx} posts are`} MDX, and what its components show elsewhere is for you to say.`,
      remedy: `Run "broadside check", and name them in "syntax.components" of the source in ${defaultConfigPath}.`,
    });
  }
  if (!isSetUp && hasWorkflows && finding.generator !== 'plain') {
    notes.push({
      message: `The feeds have to be in ${nameFolder(finding.feedFolder)} before ${finding.generator} builds the site.`,
      remedy: 'Add the step "uses: ./.github/actions/broadside-feeds" to the workflow that builds it.',
    });
  }
  if (written.some(isNewWorkflow) && program.isChanged === true) {
    notes.push({
      message:
        'The program that wrote the workflows has changes that are in no commit, and the workflows run it without them.',
      remedy: 'If they are meant, commit and push them, remove the workflows, and run init again.',
    });
  }
  return [...notes, ...finding.notes];
}

function isNewWorkflow({ path, outcome }: Written): boolean {
  return outcome === 'written' && workflowPaths.includes(path);
}

function describeOrigin(origin: Origin): string {
  return origin.kind === 'commit'
    ? `Broadside from ${origin.repository} at commit ${origin.commit}`
    : `Broadside ${origin.version}, with the digest ${origin.integrity}`;
}

interface Report {
  readonly survey: Survey;
  readonly written: readonly Written[];
  readonly pastes: readonly Paste[];
  readonly notes: readonly Note[];
  readonly isSetUp: boolean;
  readonly hasWorkflows: boolean;
  readonly program: Found;
}

/** The three things that only the author can do. */
function listNext({ program, hasWorkflows }: Report): readonly string[] {
  const run = nameCommand(program.origin);
  const place = hasWorkflows
    ? 'in the environment "broadside" in your repository’s settings on GitHub, and in your shell when you publish by hand'
    : 'in the environment of whatever runs it';
  return [
    `Keep the secrets DEVTO_API_KEY and LINKEDIN_ACCESS_TOKEN ${place}; take a target you do not want out of ${defaultConfigPath}.`,
    `Run "${run} adopt", which records the copies that exist already and sends nothing.`,
    `Run "${run} plan", and read what publish would do.`,
  ];
}

function describe(report: Report): object {
  const { survey, written, pastes, notes, program } = report;
  const { answers, finding, count, verdict } = survey;
  const { url, title, description, author, language, timezone, posts, canonical, feeds } = answers;
  return {
    generator: finding.generator,
    evidence: finding.evidence ?? null,
    site: { url: url ?? null, title, description, author, language, timezone },
    posts: {
      folder: posts,
      count,
      canonical,
      looked: verdict.looked,
      fitting: verdict.looked - verdict.misfits.length,
    },
    feeds: { folder: finding.feedFolder, ...feeds },
    program: program.origin ?? null,
    files: written,
    pastes,
    notes,
    next: listNext(report),
  };
}

const signs: Readonly<Record<Outcome['outcome'], string>> = { written: '+', kept: '.', failed: '!' };

function printReport(report: Report, shell: Shell): void {
  const { survey, written, pastes, notes, isSetUp, program } = report;
  const { answers, finding, count } = survey;
  const print = (text: string): void => shell.print(`${cleanForTerminal(text)}\n`);
  const { generator, evidence } = finding;
  print(
    evidence === undefined
      ? 'A folder of posts, of no generator known.'
      : `${generator}, by its ${evidence}.`,
  );
  if (!isSetUp) {
    print(`  site   ${answers.url ?? ''}  ${JSON.stringify(answers.title)}, ${answers.timezone}`);
    print(`  posts  ${answers.posts}, ${count} there, at ${answers.canonical}${describeVerdict(survey)}`);
    print(`  feeds  ${Object.values(answers.feeds).join(', ')}, in ${nameFolder(finding.feedFolder)}`);
  }
  print('');
  for (const one of written) {
    const note =
      one.outcome === 'failed'
        ? `: ${one.why}`
        : one.outcome === 'kept'
          ? ': there already, left as it is'
          : '';
    print(`${signs[one.outcome]} ${one.path}${note}`);
  }
  if (program.origin !== undefined && written.some(isNewWorkflow)) {
    print('');
    print(`The workflows run ${describeOrigin(program.origin)}.`);
  }
  for (const { message, remedy } of notes) {
    if (shell.format === 'github') {
      shell.print(`::warning::${escapeWorkflowCommand(cleanForTerminal(`${message} ${remedy}`))}\n`);
    } else {
      print('');
      print(`${message} ${remedy}`);
    }
  }
  for (const { path, text } of pastes) {
    print('');
    print(`${path} is yours. Add this to it:`);
    shell.print(`\n${text}`);
  }
  print('');
  print('Three things are left to do:');
  for (const [index, text] of listNext(report).entries()) print(`${index + 1}. ${text}`);
}

function describeVerdict({ verdict, finding }: Survey): string {
  const { looked, misfits } = verdict;
  if (looked > 0) return `, as ${looked - misfits.length} of ${looked} looked at are`;
  return finding.canonical === undefined ? '' : `, as ${finding.generator} makes them`;
}
