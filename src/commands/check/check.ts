import { annotateFaults, formatAnnotations } from '../../report/annotations.ts';
import { describeSite, loadBlog } from '../../blog/load.ts';
import { loadConfig, type Config } from '../../config/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Post } from '../../model/post.ts';
import { isOutAt, selectItems } from '../../blog/eligibility.ts';
import { countFaults, reportDiagnostics, sortDiagnostics } from '../../report/diagnostics.ts';
import type { Shell } from '../../base/shell.ts';
import { reportCheck } from '../../report/summary.ts';
import { appendOutputs, appendSummary } from '../../report/tell-github.ts';
import { choosePosts } from './choose-posts.ts';
import { beginWork, keptBodies, workOnPosts, type Worked } from '../work-on-posts.ts';

export interface CheckArguments {
  readonly config: string;
  readonly posts: readonly string[];
  readonly at?: string | undefined;
}

/** Runs `broadside check`: every rule of every target on every post. Returns the exit code. */
export async function runCheck(args: CheckArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const site = await loadBlog(config, shell.signal, keptBodies);
  const { posts, blog, diagnostics } = await choosePosts(args.posts, config, site, shell);
  const now = args.at ?? shell.now();
  const work = { kind: 'audit', now } as const;
  const worked =
    args.posts.length === 0
      ? await workOnPosts(posts, work, config, blog, shell)
      : await Promise.all(posts.map(beginWork(work, config, blog).workOn));
  const faults = [
    ...diagnostics,
    ...worked.flatMap(({ faults: own }) => own),
    ...(args.posts.length === 0 ? await auditFeeds(posts, worked, config, now) : []),
  ];
  const { errors, warnings } = countFaults(faults);
  if (shell.format === 'json') {
    shell.print(
      `${JSON.stringify({ posts: posts.map(({ id, origin, draft }) => ({ id, file: origin.path, draft })), errors, warnings, diagnostics: sortDiagnostics(faults) }, null, 2)}\n`,
    );
    return errors > 0 ? 1 : 0;
  }
  if (shell.format === 'github') {
    shell.print(formatAnnotations(annotateFaults(faults)));
    appendSummary(reportCheck(faults, { posts: posts.length, errors, warnings }), shell);
    appendOutputs({ errors, warnings }, shell);
  } else reportDiagnostics(faults, shell);
  const drafts = posts.filter((post) => post.draft);
  for (const post of args.posts.length > 0 ? drafts : []) {
    shell.print(`${post.origin.path} is a draft: it is never published.\n`);
  }
  shell.print(
    `${plural(posts.length, 'post')} checked${drafts.length > 0 ? ` (${plural(drafts.length, 'draft')})` : ''}: ` +
      `${plural(errors, 'error')}, ${plural(warnings, 'warning')}.\n`,
  );
  return errors > 0 ? 1 : 0;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
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
