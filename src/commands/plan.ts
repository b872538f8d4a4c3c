import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { annotateFaults, formatAnnotations, type Annotation } from '../report/annotations.ts';
import { describeSite, loadBlog, namePosts, type Blog } from '../blog/load.ts';
import { openPostRenderer, type PostRenderer } from '../blog/render-posts.ts';
import { withholdSecrets } from '../base/child-environment.ts';
import { loadConfig, type Config } from '../config/load.ts';
import { BroadsideError, suggestWord, tellError } from '../base/errors.ts';
import { isSenderGone } from '../ledger/attempt.ts';
import { foldEntries } from '../ledger/fold.ts';
import { openLedger } from '../ledger/open.ts';
import { readAddress } from '../model/address.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { emptyState, stateKey } from '../model/ledger.ts';
import type { CopyState, CopyStates, Entries, Ledger, Receipt } from '../model/ledger.ts';
import type { Action, Plan } from '../model/plan.ts';
import type { Post, PostId } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import type {
  Connection,
  CopyTarget,
  FeedDocument,
  FeedTarget,
  Observation,
  Target,
} from '../model/target.ts';
import { holdUnreadable, holdUnsupported } from '../plan/actions.ts';
import { assemblePlan } from '../plan/assemble.ts';
import { awaitPage, findNewPages } from '../plan/await-page.ts';
import type { Candidate } from '../plan/candidate.ts';
import { decideFeed, keepFeed } from '../plan/decide-feed.ts';
import { decideCandidate, keepForeseen } from '../plan/decide.ts';
import { guardActions, holdBehind } from '../plan/guard.ts';
import { keepOrder } from '../plan/keep-order.ts';
import type { PlanRequest } from '../plan/request.ts';
import { selectCopies } from '../plan/select.ts';
import { settleAction } from '../plan/settle.ts';
import { isOutAt, selectItems } from '../blog/eligibility.ts';
import { formatCalendar } from '../plan/calendar.ts';
import { describeFuture, describeLead, measureLead, takeLead } from '../plan/flight.ts';
import { countActions, describeReason, formatPlan } from '../plan/format.ts';
import { observeActions } from '../plan/observe.ts';
import { countFaults, reportDiagnostics } from '../report/diagnostics.ts';
import type { Shell } from '../base/shell.ts';
import { commentLimit, fitBlocks, reportPlan } from '../report/summary.ts';
import { cleanForTerminal, quoteLines } from '../base/terminal.ts';
import { openKeptItems } from '../plan/kept-items.ts';
import { findLackingCommits } from './posts-commit.ts';
import { explainLeftOut } from '../plan/left-out.ts';
import { digestDocuments, digestWritten, foreseeFeed, renderFeed } from '../plan/feed.ts';
import { chooseDigest } from '../transform/choose-content.ts';
import { makeFolder, writeWhole } from '../base/write-file.ts';
import { appendOutputs, appendSummary, commentMark } from '../report/tell-github.ts';

/** What the words on the command line ask of a plan. */
export interface PlanArguments {
  readonly config: string;
  readonly posts: readonly string[];
  readonly target?: string | undefined;
  readonly take?: 'source' | 'remote' | undefined;
  readonly refresh: boolean;
  /** Bring back what was retracted of the posts named. */
  readonly again: boolean;
  /** An instant to act at, ISO 8601. */
  readonly at?: string | undefined;
}

/** What a plan is made with. */
export interface Workbench {
  readonly config: Config;
  readonly blog: Blog;
  readonly ledger: Ledger;
  /** The folder the site's feeds are written to, absolute. */
  readonly siteFolder: string;
  readonly environment: Shell['environment'];
  /** For a rehearsal: no schedule, no page that has to be live, no first run that is careful. */
  readonly suspended: boolean;
}

/** A plan, with what publishing it needs. */
export interface Preparation {
  readonly plan: Plan;
  readonly entries: Entries;
  readonly states: CopyStates;
  readonly connections: ReadonlyMap<string, Connection>;
  /** By how many milliseconds this machine's clock is ahead of a target's, by name; only where that counts. */
  readonly leads: ReadonlyMap<string, number>;
  /** Why a target could not be opened or asked, by name. */
  readonly closed: ReadonlyMap<string, BroadsideError>;
  /** Since when the schedule has let each new copy go out, by `stateKey`: ISO 8601 in UTC. */
  readonly dueSince: ReadonlyMap<string, string>;
  /** Why there is nothing to do for posts that were named, and what would change that. */
  readonly leftOut: readonly string[];
}

/** Opens what a plan is made with, as the config says. */
export async function openWorkbench(args: Pick<PlanArguments, 'config'>, shell: Shell): Promise<Workbench> {
  const config = await loadConfig(args.config, shell.cwd);
  const { root } = config;
  const blog = await loadBlog(config, shell.signal);
  const place = { root, ...withholdSecrets(shell.environment, config.targets), signal: shell.signal };
  return {
    config,
    blog,
    ledger: await openLedger(config.ledger, place),
    siteFolder: join(root, 'out', 'site'),
    environment: shell.environment,
    suspended: false,
  };
}

/** The targets in play: all, or the one named. Throws `TARGET_UNKNOWN`. */
export function chooseTargets(config: Config, name: string | undefined): readonly Target[] {
  if (name === undefined) return config.targets;
  const target = config.targets.find((one) => one.name === name);
  if (target !== undefined) return [target];
  const known = config.targets.map((one) => one.name);
  const near = suggestWord(name, known);
  throw new BroadsideError('TARGET_UNKNOWN', `No target is called "${name}".`, {
    remedy: near === undefined ? `The config has ${known.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
  });
}

/** Opens a target's account with the secrets in the environment. Throws `CREDENTIAL_MISSING`. */
export async function connectTarget(
  target: CopyTarget,
  environment: Shell['environment'],
  warn: (message: string) => void,
): Promise<Connection> {
  const secrets: Record<string, string> = {};
  for (const { role, variable, required } of target.secrets) {
    const value = environment[variable];
    if (value !== undefined && value !== '') secrets[role] = value;
    else if (required) {
      const { host } = new URL(target.url);
      throw new BroadsideError(
        'CREDENTIAL_MISSING',
        variable === '' ? `No secret is named for ${host}.` : `${variable} is not set.`,
        {
          remedy:
            variable === ''
              ? `Name one in the config: targets.${target.name}.secrets.${role}.`
              : `Set it in the environment; ${target.name} needs it.`,
        },
      );
    }
  }
  const told = (message: string): void => warn(`${target.name}: ${cleanForTerminal(message)}\n`);
  return checkAddresses(await target.connect(secrets, told));
}

/** A connection that gives no address that may not be shown and linked, whatever the target answers. */
function checkAddresses(connection: Connection): Connection {
  const check = <Told extends { readonly url: string }>(told: Told): Told => ({
    ...told,
    url: readAddress(told.url),
  });
  return {
    ...connection,
    observe: async (...given) => {
      const seen = await connection.observe(...given);
      return seen.map((one) => (one.seen === 'present' ? check(one) : one));
    },
    create: async (...given) => check(await connection.create(...given)),
    update: async (...given) => check(await connection.update(...given)),
    restore: async (...given) => check(await connection.restore(...given)),
    retract: async (...given) => check(await connection.retract(...given)),
  };
}

/** Who is at work, for the ledger's decisions. */
export function nameActor(environment: Shell['environment']): string {
  return environment['GITHUB_ACTOR'] ?? environment['USER'] ?? 'someone';
}

/** Whether the process that was about to send a copy is known to have ended. */
export function hasSenderEnded({ pending }: CopyState): boolean {
  return pending !== undefined && isSenderGone(pending.attempt);
}

/**
 * What differs between the body a target holds and the one it last took; undefined where either is not known. Of an
 * adopted copy it is the body it was adopted with, kept under its echo.
 */
export async function compareBodies(
  ledger: Ledger,
  receipt: Receipt,
  observation: Observation,
): Promise<string | undefined> {
  if (observation.seen !== 'present' || observation.body === undefined) return undefined;
  const adopted = receipt.verb === 'adopt' ? await ledger.readBody(receipt.echo) : undefined;
  const sent = adopted ?? (await ledger.readBody(receipt.fingerprint));
  if (sent === undefined) return undefined;
  const { describeDrift } = await import('../plan/drift.ts');
  return describeDrift(sent, observation.body);
}

/** What a second pass plans: only what the first has made necessary. */
export interface FollowUp {
  readonly select: (actions: readonly Action[]) => readonly Action[];
  /** How many updates the first pass sent. */
  readonly updatesBefore: number;
}

/** Plans what publish would do now. Asks only the targets whose copies would be created, changed or are doubtful. */
export async function preparePlan(
  bench: Workbench,
  args: Omit<PlanArguments, 'config'>,
  shell: Shell,
  followUp?: FollowUp,
): Promise<Preparation> {
  const { config, blog, ledger } = bench;
  const chosen = chooseTargets(config, args.target).filter(
    ({ linksToCopies }) => followUp === undefined || linksToCopies === true,
  );
  demandAgain(args);
  const named = namePosts(args.posts, blog);
  const entries = await ledger.read();
  const states = foldEntries(entries);
  const future = followUp === undefined ? describeFuture(entries, shell.now()) : undefined;
  if (future !== undefined) shell.report(`${future}\n`);
  const now = args.at ?? shell.now();
  const isOut = (post: Post): boolean => (bench.suspended ? !post.draft : isOutAt(post, now));
  const site = describeSite(config, blog.posts, isOut, states);
  const render = openPostRenderer(blog, config, site);
  const request: PlanRequest = {
    now,
    named: new Set(named.map((post) => post.id)),
    targetNamed: args.target !== undefined,
    take: args.take,
    refresh: args.refresh,
    again: args.again,
    suspended: bench.suspended,
    backfill: config.series.backfill,
    maxUpdates: config.maxUpdates,
    ...(followUp && { updatesBefore: followUp.updatesBefore }),
    timezone: config.site.timezone,
    isSenderGone: hasSenderEnded,
  };
  const diagnostics: Diagnostic[] = followUp === undefined ? [...blog.diagnostics] : [];
  const copyTargets = chosen.filter((target) => target.granularity === 'copy');
  const actions: Action[] = [];
  const dueSince = new Map<string, string>();
  const looks: PageLooks = new Map();
  for (const target of copyTargets) {
    const decided = new Map<PostId, Decided>();
    const stuck = new Map<PostId, string>();
    const decide = async (): Promise<readonly Action[]> => {
      const opened = entries.opened[target.name];
      const { actions: settled, candidates } = selectCopies(
        target,
        blog.posts,
        states,
        opened,
        request,
        stuck,
      );
      const own = [...settled];
      const waiting = new Set(settled);
      for (const candidate of candidates) {
        const { id } = candidate.post;
        if (candidate.dueSince !== undefined)
          dueSince.set(stateKey(candidate.state.copy), candidate.dueSince);
        const unchanged = foreseeUnchanged(candidate, blog, site, request);
        if (unchanged !== undefined) {
          own.push(unchanged);
          continue;
        }
        const before = decided.get(id);
        const decision =
          before === undefined || before.action.reason === 'scheduled'
            ? await decideOne(candidate, render, request)
            : before;
        decided.set(id, decision);
        own.push(decision.action);
      }
      const wanted = followUp === undefined ? own : followUp.select(own);
      const live =
        config.requireLive && !bench.suspended
          ? await waitForPages(
              wanted,
              (action) => (waiting.has(action) ? [] : findNewPages(action, states, site)),
              blog.posts,
              dueSince,
              request,
              looks,
              shell,
            )
          : wanted;
      const ordered = keepOrder(live, blog.posts, states, [target], request, entries.opened);
      const due = candidates.filter(({ need, post }) => need === 'create' && !stuck.has(post.id));
      const able = new Set(
        ordered
          .filter(({ verb, reason }) => verb === 'create' || reason === 'scheduled')
          .map(({ postId }) => postId),
      );
      const kept = due.filter(({ post }) => !able.has(post.id));
      for (const { post, dueSince: since } of kept) stuck.set(post.id, since ?? post.publishAt);
      return kept.length > 0 && followUp === undefined ? decide() : ordered;
    };
    for (const action of await decide()) {
      actions.push(action);
      const faults = action.verb === 'keep' ? [] : (decided.get(action.postId)?.faults ?? []);
      if (followUp === undefined) diagnostics.push(...faults);
    }
  }
  blog.remember();
  const current = bench.suspended
    ? actions
    : holdBehind(
        actions,
        states,
        await findLackingCommits(listCommits(actions, states), config, shell),
        request,
      );
  const guarded = guardActions(current, states, copyTargets, request);
  const observed = await observeTargets(bench, copyTargets, guarded, states, request, shell);
  const feeds = chosen.filter((target) => target.granularity === 'feed');
  const feedActions: Action[] = [];
  if (named.length === 0 || args.target !== undefined) {
    for (const target of feeds) {
      const { action, faults } = await planFeed(bench, target, render, site, states, isOut);
      feedActions.push(action);
      diagnostics.push(...faults);
    }
  }
  const planned = new Set(actions.map(({ postId }) => postId));
  return {
    plan: assemblePlan({
      createdAt: shell.now(),
      config: config.digest,
      ledger: ledger.description,
      paused: config.paused,
      actions: [...observed.actions, ...feedActions],
      diagnostics,
    }),
    entries,
    states,
    connections: observed.connections,
    leads: observed.leads,
    closed: observed.closed,
    dueSince,
    leftOut: named.flatMap((post) => (planned.has(post.id) ? [] : explainLeftOut(post, copyTargets))),
  };
}

/** The commits that the copies which a plan would change were last made from. */
function listCommits(actions: readonly Action[], states: CopyStates): ReadonlySet<string> {
  const changing = actions.filter(({ verb }) => verb === 'update');
  return new Set(changing.flatMap((action) => states.get(stateKey(action))?.commit ?? []));
}

/** What is brought back is named, and comes back as its post is now. Throws `USAGE`. */
function demandAgain({ again, posts, take }: Omit<PlanArguments, 'config'>): void {
  if (again && posts.length === 0) {
    throw new BroadsideError('USAGE', 'It is not said what to bring back.', {
      remedy: 'Name the posts, such as "broadside publish my-post --target devto --again".',
    });
  }
  if (again && take === 'remote') {
    throw new BroadsideError(
      'USAGE',
      'What comes back is the post as it is now, not what the target holds.',
      {
        remedy: 'Leave out "--take remote".',
      },
    );
  }
}

/** An action, and the faults of the post that bear on it. */
interface Decided {
  readonly action: Action;
  readonly faults: readonly Diagnostic[];
}

async function decideOne(candidate: Candidate, render: PostRenderer, request: PlanRequest): Promise<Decided> {
  const { post, target, state } = candidate;
  const { diagnostics, shown } = await render(post, [target]);
  const rendition = shown.get(target.name)?.rendition;
  const [unreadable] = diagnostics;
  if (rendition !== undefined)
    return { action: decideCandidate(candidate, rendition, diagnostics, request), faults: diagnostics };
  if (unreadable === undefined) throw new TypeError(`${post.id} was not rendered`);
  return { action: holdUnsupported(state, unreadable), faults: diagnostics };
}

/** Keeps a copy without rendering it where its post, its links and its series are as they were when it was last sent. */
function foreseeUnchanged(
  candidate: Candidate,
  blog: Blog,
  site: Site,
  request: PlanRequest,
): Action | undefined {
  const { post, target, state } = candidate;
  const { receipt } = state;
  if (candidate.need !== 'compare' || receipt === undefined || target.foresee === undefined) return undefined;
  try {
    const digest = chooseDigest(blog.digest(post), target.name);
    return keepForeseen(candidate, target.foresee(post, digest, receipt.references, site), request);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}

/** What is wrong with each page that was looked at, by its address. */
type PageLooks = Map<string, Promise<string | undefined>>;

/** Turns what would lead to a page that cannot be read on the site into waits, and after three days into holds. */
async function waitForPages(
  actions: readonly Action[],
  findPages: (action: Action) => readonly PostId[],
  posts: readonly Post[],
  dueSince: Preparation['dueSince'],
  request: PlanRequest,
  looks: PageLooks,
  shell: Shell,
): Promise<readonly Action[]> {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return Promise.all(
    actions.map(async (action) => {
      for (const { canonicalUrl, publishAt } of findPages(action).flatMap((id) => byId.get(id) ?? [])) {
        const look = looks.get(canonicalUrl) ?? findPageFault(canonicalUrl, shell.signal);
        looks.set(canonicalUrl, look);
        const fault = await look;
        const due = action.verb === 'update' ? publishAt : dueSince.get(stateKey(action));
        if (fault !== undefined) return awaitPage(action, due ?? request.now, fault, request);
      }
      return action;
    }),
  );
}

async function findPageFault(url: string, signal: AbortSignal): Promise<string | undefined> {
  const { fetchDocument } = await import('../base/http/client.ts');
  try {
    const { status } = await fetchDocument(url, { signal, maxBytes: 20_000_000, timeoutMs: 15_000 });
    return status >= 200 && status < 300 ? undefined : `${url} answers ${status}`;
  } catch (error) {
    return `${url} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** By how many milliseconds this machine's clock is ahead of that of a target that has just answered; told where it counts. */
export function compareClocks(target: CopyTarget, connection: Connection, shell: Shell): number {
  const told = connection.tellTime?.();
  const lead = told === undefined ? 0 : measureLead(shell.now(), told);
  if (lead !== 0) shell.report(`${describeLead(lead, target.name)}\n`);
  return lead;
}

async function observeTargets(
  bench: Workbench,
  targets: readonly CopyTarget[],
  actions: readonly Action[],
  states: CopyStates,
  request: PlanRequest,
  shell: Shell,
) {
  const connections = new Map<string, Connection>();
  const closed = new Map<string, BroadsideError>();
  const leads = new Map<string, number>();
  const settled = await Promise.all(
    targets.map(async (target) => {
      const own = actions.filter((action) => action.target === target.name);
      const acting = own.filter((action) => action.verb === 'create' || action.verb === 'update');
      if (acting.length === 0) return own;
      try {
        const connection = await connectTarget(target, bench.environment, shell.report);
        connections.set(target.name, connection);
        if (!target.capabilities.observe) return own;
        const observations = await observeActions(connection, acting, shell.signal);
        const lead = compareClocks(target, connection, shell);
        leads.set(target.name, lead);
        const asked = { ...request, now: takeLead(request.now, lead) };
        return await Promise.all(
          own.map(async (action) => {
            const key = stateKey(action);
            const observation = observations.get(key);
            if (observation === undefined) return action;
            const copy = { target: action.target, postId: action.postId };
            const state = states.get(key) ?? emptyState(copy);
            const intent = state.pending ?? state.unknown?.intent;
            const intended = intent && (await bench.ledger.readBody(intent.fingerprint));
            const settled = settleAction(action, state, observation, asked, intended);
            if (settled.reason !== 'drifted' || state.receipt === undefined) return settled;
            const diff = await compareBodies(bench.ledger, state.receipt, observation);
            return { ...settled, ...(diff !== undefined && { diff }) };
          }),
        );
      } catch (error) {
        if (!(error instanceof BroadsideError)) throw error;
        closed.set(target.name, error);
        if (!target.capabilities.observe) return own;
        return own.map((action) => (acting.includes(action) ? { ...action, unobserved: true } : action));
      }
    }),
  );
  return { actions: settled.flat(), connections, closed, leads };
}

async function planFeed(
  bench: Workbench,
  target: FeedTarget,
  render: PostRenderer,
  site: Site,
  states: CopyStates,
  isOut: (post: Post) => boolean,
): Promise<Decided> {
  const copy = { target: target.name, postId: 'feed' };
  const state = states.get(stateKey(copy)) ?? emptyState(copy);
  if (state.unreadable !== undefined) return { action: holdUnreadable(state), faults: [] };
  const posts = selectItems(target, bench.blog.posts, isOut);
  const inputs = foreseeFeed(target, bench.blog, site, posts);
  const unchanged = keepFeed(state, inputs, digestWritten(target, bench.siteFolder));
  if (unchanged !== undefined) return { action: unchanged, faults: [] };
  const kept = openKeptItems(target, inputs, { ...bench, site });
  const rendered = await renderFeed(target, bench.blog.posts, render, site, isOut, kept);
  if ('fault' in rendered) {
    return { action: holdUnsupported(state, rendered.fault), faults: [rendered.fault] };
  }
  const { documents } = rendered;
  const made = {
    documents,
    fingerprint: digestDocuments(documents),
    onDisk: documents.every((document) => isWritten(bench.siteFolder, document)),
  };
  const items = posts.map(({ id }) => id);
  const action = decideFeed(target, state, inputs, made, items);
  return { action, faults: await target.auditFiles(documents, bench.config.file) };
}

function isWritten(folder: string, document: FeedDocument): boolean {
  const path = join(folder, document.path);
  return existsSync(path) && readFileSync(path, 'utf8') === document.text;
}

/** Runs `broadside plan`; returns the exit code. */
export async function runPlan(
  args: PlanArguments & {
    /** Where the plan is kept. */
    readonly out?: string | undefined;
    /** Where the schedule is written to as an iCalendar file. */
    readonly calendar?: string | undefined;
    readonly detailedExitcode: boolean;
  },
  shell: Shell,
): Promise<number> {
  const bench = await openWorkbench(args, shell);
  const preparation = await preparePlan(bench, args, shell);
  const { plan } = preparation;
  const now = args.at ?? shell.now();
  showPlan(plan, preparation, bench.config, shell, { weekFrom: now });
  if (shell.format === 'github') await tellGithub(bench, preparation, now, shell);
  if (args.out !== undefined) writePlan(plan, args.out, shell);
  if (args.calendar !== undefined) {
    const { title, url } = bench.config.site;
    const calendar = formatCalendar(plan, { title, url, posts: bench.blog.posts });
    writeOutput('calendar', calendar, args.calendar, shell);
    shell.report(`The schedule is written to ${args.calendar}.\n`);
  }
  const wrong = isWrong(plan);
  if (wrong) return 1;
  const { create, change, adopt } = countActions(plan.actions);
  return args.detailedExitcode && create + change + adopt > 0 ? 2 : 0;
}

/** Whether a plan has something that a person must see to. */
export function isWrong(plan: Plan): boolean {
  return countActions(plan.actions).held > 0 || countFaults(plan.diagnostics).errors > 0;
}

/** How a plan is shown on its way. */
export interface Showing {
  /** Whether publishing follows at once. */
  readonly publishing?: boolean;
  /** The instant from which a week of the schedule is shown. */
  readonly weekFrom?: string;
}

/** What GitHub is to show of a plan beside the run: its faults and what is held. */
export function annotatePlan(plan: Plan, { site }: Config): readonly Annotation[] {
  const held = plan.actions.filter(({ verb, reason }) => verb === 'hold' && reason !== 'old');
  return [
    ...annotateFaults(plan.diagnostics),
    ...held.map((action): Annotation => ({
      level: 'warning',
      title: 'held',
      message: `${action.target}  ${action.postId}  ${describeReason(action, site)}`,
    })),
  ];
}

/**
 * Prints a plan to standard output and its faults to standard error; for GitHub they are annotations, which a publish
 * adds its own to at its end.
 */
export function showPlan(
  plan: Plan,
  { closed, leftOut }: Pick<Preparation, 'closed' | 'leftOut'>,
  config: Config,
  shell: Shell,
  { publishing = false, weekFrom }: Showing = {},
): void {
  if (shell.format !== 'github') reportDiagnostics(plan.diagnostics, shell);
  else if (!publishing) shell.report(formatAnnotations(annotatePlan(plan, config)));
  for (const [target, error] of closed) {
    shell.report(`No access to ${target}: ${tellError(error)}\n`);
  }
  for (const text of leftOut) shell.report(`${cleanForTerminal(text)}\n`);
  if (plan.paused)
    shell.report('Publishing is paused by the config (paused: true); publish would send nothing.\n');
  shell.report(`The ledger was read from ${plan.ledger}.\n`);
  shell.print(
    shell.format === 'json'
      ? `${JSON.stringify(plan, null, 2)}\n`
      : formatPlan(quoteDiffs(plan), {
          timezone: config.site.timezone,
          color: shell.color,
          publishing,
          weekFrom,
        }),
  );
}

/** A plan whose diffs are fit to be printed: they hold what strangers may have written. */
export function quoteDiffs(plan: Plan): Plan {
  const quote = (action: Action): Action =>
    action.diff === undefined ? action : { ...action, diff: quoteLines(action.diff) };
  return { ...plan, actions: plan.actions.map(quote) };
}

/** Puts what GitHub shows of a plan into the job's files. */
async function tellGithub(
  bench: Workbench,
  { plan, states, leftOut }: Preparation,
  now: string,
  shell: Shell,
): Promise<void> {
  const { posts } = bench.blog;
  const { timezone } = bench.config.site;
  const context = { posts, timezone, leftOut, renditions: await renderCopies(bench, { plan, states }, now) };
  const blocks = reportPlan(quoteDiffs(plan), context);
  appendSummary(blocks, shell);
  const { held, waiting } = countActions(plan.actions);
  const { create, change } = countActions(plan.actions.filter(({ postId }) => postId !== 'feed'));
  appendOutputs(
    {
      created: create,
      updated: change,
      held,
      waiting,
      failed: 0,
      'site-changed': plan.actions.some(changesSite),
      comment: `${commentMark}\n${fitBlocks(blocks, commentLimit)}`,
    },
    shell,
  );
}

/** Whether an action changes what a feed shows. */
export function changesSite({ verb, documents }: Action): boolean {
  return documents !== undefined && verb !== 'keep';
}

/** What is, or will later be, shown of each copy that a plan creates or changes, or that waits for its time. */
export async function renderCopies(
  { config, blog }: Workbench,
  { plan, states }: Pick<Preparation, 'plan' | 'states'>,
  now: string,
): Promise<readonly Rendition[]> {
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, now), states);
  const render = openPostRenderer(blog, config, site);
  const renditions = new Map<string, Rendition>();
  for (const { verb, reason, target: name, postId, rendition } of plan.actions) {
    const key = stateKey({ target: name, postId });
    if (rendition !== undefined && verb !== 'adopt') renditions.set(key, rendition);
    if (verb !== 'wait' || reason === 'in-flight' || rendition !== undefined) continue;
    const target = config.targets.find((one) => one.name === name);
    const post = blog.posts.find((one) => one.id === postId);
    if (target === undefined || post === undefined) continue;
    const own = (await render(post, [target])).shown.get(name);
    if (own !== undefined) renditions.set(key, own.rendition);
  }
  return [...renditions.values()];
}

/** Writes a file that a person named on the command line, in a folder that is there. */
function writeOutput(what: string, text: string, given: string, { cwd }: Shell): void {
  const path = resolve(cwd, given);
  try {
    const found = statSync(dirname(path)) && statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile()) return writeFileSync(path, text);
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) throw new Error('a link');
    makeFolder(dirname(path), cwd);
    writeWhole(dirname(path), basename(path), text);
  } catch (cause) {
    if (cause instanceof BroadsideError) throw cause;
    throw new BroadsideError(
      'OUTPUT_UNWRITABLE',
      `The ${what} cannot be written to ${given}${nameFault(cause)}.`,
      {
        remedy: 'Name a file, not a link to one, in a folder that exists and can be written to.',
        cause,
      },
    );
  }
}

/** The code of a file system's fault, in brackets. */
function nameFault(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
}

function writePlan(plan: Plan, shown: string, shell: Shell): void {
  writeOutput('plan', `${JSON.stringify(plan, null, 2)}\n`, shown, shell);
  shell.report(`Written to ${shown}; apply it with "broadside publish --plan ${shown}" within seven days.\n`);
}
