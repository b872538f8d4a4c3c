import type { Ask } from '../../base/ask.ts';
import { readVersion } from '../../base/version.ts';
import type { Inspection } from '../../init/define.ts';
import { readLine, readSiteUrl, readTimezone } from '../../init/facts.ts';
import { chooseFeeds } from '../../init/feeds.ts';
import { inspectSite } from '../../init/index.ts';
import { countPosts } from '../../init/scan.ts';
import { weighEvidence } from '../../init/prove.ts';
import type { OwnPages } from '../../reading/match-pages.ts';
import { chooseTemplate, judgeTemplate, type Verdict } from '../../init/templates.ts';
import type { Answers, SourceAnswer } from '../../init/write-config.ts';
import { openQuestions, type Questions } from './open-questions.ts';
import { readBuiltPages, readLivePages } from './own-pages.ts';
import { readPostHeads } from './post-heads.ts';
import { isTemplate, readFolder, type Wishes } from './read-wishes.ts';
import type { SiteFolder } from './site-folder.ts';
import { startTargets } from './start-targets.ts';

const guessedTemplate = '/blog/{slug}';

/** How many posts may have an address of their own in the config. */
const addressLimit = 500;

/** What was found of one folder of posts. */
export interface SourceSurvey extends SourceAnswer {
  /** How many posts there are. */
  readonly count: number;
  readonly verdict: Verdict;
  /** What the site itself says of the addresses; absent where it was not looked at. */
  readonly proof?: Proof | undefined;
}

/** How far the site itself confirms a template. */
interface Proof {
  /** The file or address that says so. */
  readonly from: string;
  readonly posts: number;
  /** How many posts have a page there that is recognised. */
  readonly found: number;
  /** How many of these are at the address that the template makes. */
  readonly exact: number;
}

/** Where the site itself can be looked at. */
export interface Looks {
  /** A folder with the built site, relative to the blog's. */
  readonly built?: string | undefined;
  /** The live site is left alone. */
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

/** What was found, asked and assumed. */
export interface Survey {
  readonly answers: Omit<Answers, 'url' | 'sources'> & {
    readonly url: string | undefined;
    readonly sources: readonly [SourceSurvey, ...SourceSurvey[]];
  };
  readonly inspection: Inspection;
  /** What the site itself says of its pages. */
  readonly own?: OwnPages | undefined;
  /** What nobody said, with what is assumed instead. */
  readonly guesses: readonly string[];
}

/** Finds out what the config needs: from the command line, else from the blog's files, else from whoever can be asked. */
export async function surveySite(
  root: string,
  site: SiteFolder,
  wishes: Wishes,
  ask: Ask | undefined,
  looks: Looks,
): Promise<Survey> {
  const questions = openQuestions(ask);
  const first = inspectSite(site, { ...(wishes.url !== undefined && { url: wishes.url }) });
  const { facts } = first;
  const { url, title, author } = await askAboutSite(questions, first, wishes);
  const posts = await askForFolder(questions, first, wishes, site);
  const timezone = await askForTimezone(questions, first, wishes);
  const language = facts.language ?? 'en';
  const own = url === undefined ? undefined : await readOwnPages(root, url, first, looks);
  const known = { url: url ?? 'https://example.com', timezone, language, own };
  const lookAt = (folder: string, template?: string): Promise<Looked> =>
    lookAtFolder(root, site, folder, known, template);
  const main = await lookAt(posts, wishes.canonical);
  const canonical = await askForAddresses(questions, main.verdict, wishes);
  const feeds = chooseFeeds(site, main.inspection);
  const targets = await startTargets(questions, feeds);
  const isAlone = wishes.posts !== undefined || posts !== first.posts;
  const further = async (folders: readonly string[] = []): Promise<readonly SourceSurvey[]> => {
    const looked = await Promise.all(isAlone ? [] : folders.map((folder) => lookAt(folder)));
    return looked.flatMap((one) => {
      const { template } = one.verdict;
      return template === undefined ? [] : [describeSource(one, template, site)];
    });
  };
  return {
    inspection: main.inspection,
    own,
    guesses: questions.guesses,
    answers: {
      generator: main.inspection.generator,
      version: readVersion(),
      url,
      title: title ?? '',
      description: facts.description ?? '',
      author: { ...facts.author, name: author ?? title ?? '' },
      language,
      timezone,
      sources: [describeSource(main, canonical, site), ...(await further(first.alsoPosts))],
      others: await further(first.otherPosts),
      targets,
      feeds,
    },
  };
}

/** What the built site says of its pages, or else the live one. */
async function readOwnPages(
  root: string,
  url: string,
  { ownFeeds, feedPrefix }: Inspection,
  { built, offline, signal }: Looks,
): Promise<OwnPages | undefined> {
  const found = await readBuiltPages(root, built, url);
  if (found !== undefined || offline || built !== undefined) return found;
  return readLivePages(
    url,
    ownFeeds.map((name) => `${feedPrefix}${name}`),
    signal,
  );
}

/** What was found by looking at one folder. */
interface Looked {
  readonly posts: string;
  readonly inspection: Inspection;
  readonly verdict: Verdict;
  readonly proof: Proof | undefined;
}

/** What is known of the site before its posts are looked at. */
interface KnownSite {
  readonly url: string;
  readonly timezone: string;
  readonly language: string;
  readonly own: OwnPages | undefined;
}

async function lookAtFolder(
  root: string,
  site: SiteFolder,
  posts: string,
  known: KnownSite,
  wished: string | undefined,
): Promise<Looked> {
  const { own } = known;
  const inspection = inspectSite(site, { url: known.url, posts });
  const heads = await readPostHeads(root, posts, known, site);
  const { real, addressOf } = weighEvidence(heads, inspection, own, known);
  const verdict =
    wished === undefined
      ? chooseTemplate([inspection.canonical], heads, addressOf, known)
      : judgeTemplate(wished, heads, addressOf, known);
  const wrong = new Set(verdict.misfits.map(({ path }) => path));
  const proof = own && {
    from: own.from,
    posts: heads.length,
    found: real.size,
    exact: [...real.keys()].filter((path) => !wrong.has(path)).length,
  };
  return { posts, inspection, verdict, proof };
}

function describeSource(
  { posts, inspection, verdict, proof }: Looked,
  canonical: string,
  site: SiteFolder,
): SourceSurvey {
  const { lang, syntax } = inspection;
  const exceptions = canonical === verdict.template ? verdict.misfits.slice(0, addressLimit) : [];
  return {
    posts,
    canonical,
    ...(lang !== undefined && { lang }),
    ...(syntax !== undefined && { syntax }),
    addresses: Object.fromEntries(exceptions.map(({ path, address }) => [path, address])),
    count: countAll(site, posts),
    verdict,
    proof,
  };
}

async function askAboutSite({ answer }: Questions, { facts }: Inspection, wishes: Wishes) {
  const url = await answer({
    name: 'address',
    text: 'What is the address of your site, such as https://example.com?',
    found: wishes.url ?? facts.url,
    read: readSiteUrl,
  });
  const title = await answer({
    name: 'title',
    text: 'What is its title?',
    found: wishes.title ?? facts.title,
    preset: url === undefined ? undefined : new URL(url).host,
    read: readLine,
  });
  const author = await answer({
    name: 'author',
    text: 'Who writes it?',
    found: facts.author?.name,
    preset: title,
    read: readLine,
  });
  return { url, title, author };
}

async function askForFolder(
  { answer }: Questions,
  { posts }: Inspection,
  wishes: Wishes,
  site: SiteFolder,
): Promise<string> {
  const folder = await answer({
    name: 'folder of posts',
    text: 'Which folder are the posts in?',
    found: wishes.posts ?? (countAll(site, posts) > 0 ? posts : undefined),
    preset: posts,
    read: readFolder,
  });
  return folder ?? posts;
}

async function askForTimezone(
  { answer, isAsked }: Questions,
  { facts }: Inspection,
  wishes: Wishes,
): Promise<string> {
  const own = isAsked ? readTimezone(Intl.DateTimeFormat().resolvedOptions().timeZone) : undefined;
  const timezone = await answer({
    name: 'time zone',
    text: 'In which time zone do you write?',
    found: wishes.timezone ?? facts.timezone,
    preset: own ?? 'UTC',
    read: readTimezone,
  });
  return timezone ?? 'UTC';
}

async function askForAddresses({ answer }: Questions, verdict: Verdict, wishes: Wishes): Promise<string> {
  const canonical = await answer({
    name: 'addresses of posts',
    text: 'What is the address of a post’s page, with {slug} for its name and {year}, {month} and {day} for its date?',
    found: wishes.canonical ?? verdict.template,
    preset: guessedTemplate,
    read: (text) => (isTemplate(text) ? text : undefined),
  });
  return canonical ?? guessedTemplate;
}

function countAll(site: SiteFolder, folder: string): number {
  const { posts, mdx } = countPosts(site, folder);
  return posts + mdx;
}
