import type { Shell } from '../../base/shell.ts';
import { isOutAt, selectItems } from '../../blog/eligibility.ts';
import { describeSite } from '../../blog/describe-site.ts';
import { loadBlog, type Blog } from '../../blog/load.ts';
import { loadConfig, type Config } from '../../config/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Letter } from '../../model/letter.ts';
import { subjectOf } from '../../model/plan.ts';
import type { Post } from '../../model/post.ts';
import { takesPosts } from '../../model/target.ts';
import { openOutlook, unopened } from '../../plan/outlook.ts';
import { requestAt } from '../../plan/request.ts';
import { annotateFaults, formatAnnotations } from '../../report/annotations.ts';
import { countFaults, sortDiagnostics } from '../../report/diagnostics.ts';
import { formatCounts, formatFaults, formatOutlook, type CheckReport } from '../../report/show-check.ts';
import { reportCheck } from '../../report/summary.ts';
import { readStoredPieces } from '../../workbench/read-known-ledger.ts';
import { appendOutputs, appendSummary } from '../../report/tell-github.ts';
import { beginWork, rememberedBodies, workOnPosts, type Worked } from '../work-on-posts.ts';
import { findChange } from './changed-files.ts';
import { choosePosts } from './choose-posts.ts';
import type { Foresight, Ground } from './foresight.ts';
import { weighFaults } from './weigh-faults.ts';

export interface CheckArguments {
  readonly config: string;
  readonly posts: readonly string[];
  /** Every fault on its line, and every copy. */
  readonly all: boolean;
  readonly at?: string | undefined;
}

/** Runs `broadside check`: every rule of every target on every post. Returns the exit code. */
export async function runCheck(args: CheckArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const site = await loadBlog(config, shell.signal, rememberedBodies, {
    stored: await readStoredPieces(config, shell),
  });
  const { posts, letters, blog, diagnostics } = await choosePosts(args.posts, config, site, shell);
  const now = args.at ?? shell.now();
  const isNamed = args.posts.length > 0;
  const chosen = [...posts, ...letters].map(({ id }) => id);
  const named = isNamed ? chosen : [];
  const foresight = await openForesight({ config, blog, now, named }, shell);
  const work = { kind: 'audit', now } as const;
  const worked = isNamed
    ? await Promise.all(posts.map(beginWork(work, config, blog).workOn))
    : await workOnPosts(posts, work, config, blog, shell);
  const faults = [
    ...diagnostics,
    ...worked.flatMap(({ faults: own }) => own),
    ...(await lookAtLetters(config, blog, chosen, now)),
    ...(isNamed ? [] : await auditFeeds(posts, worked, config, now)),
    ...(isNamed ? [] : await tryOut(posts, config, now)),
  ];
  const change = await findChange(config, shell);
  const weighed = weighFaults(faults, {
    blog,
    judge: foresight.judge,
    changed: change?.files,
    config: config.file,
  });
  const known = new Set(blog.posts);
  const isForeseen = !isNamed || (chosen.length > 0 && posts.every((post) => known.has(post)));
  const report: CheckReport = {
    ...weighed,
    posts: posts.length,
    letters: letters.length,
    letterDrafts: letters.filter(({ status }) => status === 'draft').length,
    drafts: posts.filter((post) => post.draft).length,
    isChange: change?.files !== undefined,
    actions: isForeseen ? await foresight.foresee(posts, worked) : [],
    knowsLedger: foresight.knowsLedger,
    paused: config.paused,
    timezone: config.site.timezone,
  };
  if (change !== undefined && change.files === undefined) {
    shell.report(
      'The base of this pull request is not in the checkout, so every post counts as touched. Check out with "fetch-depth: 2".\n',
    );
  }
  tellCheck(report, { args, posts, letters }, shell);
  return countFaults(weighed.deciding).errors > 0 ? 1 : 0;
}

/** Compares the addresses of posts that are out with the site. The code that knows generators is loaded only here. */
async function tryOut(posts: readonly Post[], config: Config, now: string): Promise<readonly Diagnostic[]> {
  const { auditAddresses } = await import('./audit-addresses.ts');
  return auditAddresses(
    config,
    posts.filter((post) => isOutAt(post, now)),
  );
}

/** Finds the faults of letters. The code that mails letters is loaded only if the blog has any, or has a target for them. */
async function lookAtLetters(
  config: Config,
  blog: Blog,
  chosen: readonly string[],
  now: string,
): Promise<readonly Diagnostic[]> {
  if (blog.letters.length === 0 && config.targets.every(takesPosts)) return [];
  const { auditLetters } = await import('../../blog/audit-letters.ts');
  return auditLetters(config, blog, new Set(chosen), now);
}

/** Opens the outlook on copies, if the blog has any. */
async function openForesight(ground: Ground, shell: Shell): Promise<Foresight> {
  if (ground.config.targets.some(({ granularity }) => granularity !== 'feed'))
    return (await import('./foresee-copies.ts')).foreseeCopies(ground, shell);
  const { config, blog, now, named } = ground;
  const request = requestAt(now, config, () => false, named);
  return {
    knowsLedger: true,
    judge: openOutlook({ ...blog, targets: config.targets, standing: unopened, request }),
    foresee: () => Promise.resolve([]),
  };
}

interface Told {
  readonly args: CheckArguments;
  readonly posts: readonly Post[];
  readonly letters: readonly Letter[];
}

function tellCheck(report: CheckReport, { args, posts, letters }: Told, shell: Shell): void {
  const { errors, warnings } = countFaults(report.deciding);
  const faults = [...report.deciding, ...report.elsewhere, ...report.leftOut];
  if (shell.format === 'json') {
    shell.print(`${JSON.stringify(describeCheck(report, faults, { posts, letters }), null, 2)}\n`);
    return;
  }
  if (shell.format === 'github') {
    shell.print(formatAnnotations(annotateFaults(report.deciding)));
    appendSummary(reportCheck(report), shell);
    appendOutputs({ errors, warnings }, shell);
  } else shell.report(formatFaults(report, args.all));
  for (const { origin } of args.posts.length > 0 ? letters.filter(({ status }) => status === 'draft') : [])
    shell.print(`${origin.path} is a draft: it is never mailed.\n`);
  for (const post of args.posts.length > 0 ? posts.filter(({ draft }) => draft) : []) {
    shell.print(`${post.origin.path} is a draft: it is never published.\n`);
  }
  const style = { color: shell.color, all: args.all };
  for (const line of [...formatCounts(report), ...formatOutlook(report, style)]) shell.print(`${line}\n`);
}

/** All that was found, for programs. */
function describeCheck(
  report: CheckReport,
  faults: readonly Diagnostic[],
  { posts, letters }: Pick<Told, 'posts' | 'letters'>,
) {
  return {
    posts: posts.map(({ id, origin, draft }) => ({ id, file: origin.path, draft })),
    ...(letters.length > 0 && {
      letters: letters.map(({ id, origin, status }) => ({ id, file: origin.path, status })),
    }),
    ...countFaults(faults),
    deciding: countFaults(report.deciding),
    diagnostics: sortDiagnostics(faults),
    copies: report.actions.map((action) => ({
      target: action.target,
      ...subjectOf(action),
      verb: action.verb,
      reason: action.reason,
      ...('note' in action && { note: action.note }),
      ...('at' in action && { at: action.at }),
    })),
  };
}

/** What is wrong with the feeds as a whole; a post that keeps one from being made is a fault of its own. */
async function auditFeeds(
  posts: readonly Post[],
  worked: readonly Worked[],
  config: Config,
  now: string,
): Promise<readonly Diagnostic[]> {
  const isOut = (post: Post): boolean => isOutAt(post, now);
  const site = describeSite(config, posts, isOut);
  const workOf = new Map(posts.map((post, index) => [post, worked[index]]));
  const faults: Diagnostic[] = [];
  for (const target of config.targets) {
    if (target.granularity !== 'feed') continue;
    const shown = selectItems(target, posts, isOut).flatMap((post) => workOf.get(post) ?? []);
    const isWrong = ({ severity, target: of = target.name }: Diagnostic): boolean =>
      severity === 'error' && of === target.name;
    if (shown.some((work) => work.faults.some(isWrong))) continue;
    const items = shown.flatMap(({ items: own }) => own[target.name] ?? []);
    faults.push(...(await target.auditFiles(await target.assemble(items, site), config.file)));
  }
  return faults;
}
