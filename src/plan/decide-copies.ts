import { BroadsideError } from '../base/errors.ts';
import { once } from '../base/once.ts';
import type { Blog } from '../blog/load.ts';
import { listMailable } from '../blog/mailable.ts';
import { findAwaited } from '../blog/find-unknown.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { stateKey } from '../model/ledger.ts';
import type { CopyStates, Entries } from '../model/ledger.ts';
import { copyOf, idOf, type Action, type CopyAction, type CopyActionOf } from '../model/plan.ts';
import type { Writing, Post, PostId } from '../model/post.ts';
import type { Inputs, Rendition } from '../model/rendition.ts';
import type { Content } from '../model/source.ts';
import type { Site } from '../model/site.ts';
import type { LetterRenderer } from '../blog/render-letters.ts';
import type { CopyTarget, HoldingTarget } from '../model/target.ts';
import { chooseDigests } from '../transform/choose-content.ts';
import { stateOf } from './actions.ts';
import { awaitPage, awaitPieces, findNewPages } from './await-page.ts';
import type { Candidate } from './candidate.ts';
import type { KeptCopies } from './kept-copies.ts';
import { decideCandidate, holdUnsupported, keepForeseen } from './decide.ts';
import { keepOrder } from './keep-order.ts';
import type { PlanRequest } from './request.ts';
import { selectCopies } from './select.ts';

/** A post as one target shows it; without its content where no page has to be waited for. */
interface ShownCopy {
  readonly rendition: Rendition;
  readonly content?: Pick<Content, 'tree'>;
}

/** Renders a post for one target, if its copy cannot be decided otherwise. */
export type CopyRenderer = (
  post: Post,
  targets: readonly [CopyTarget],
) => Promise<{
  readonly diagnostics: readonly Diagnostic[];
  readonly shown: ReadonlyMap<string, ShownCopy>;
}>;

/** What the copies of a target are decided from. */
export interface Grounds {
  readonly blog: Blog;
  readonly site: Site;
  readonly states: CopyStates;
  readonly opened: Entries['opened'];
  readonly request: PlanRequest;
  readonly render: CopyRenderer;
  readonly renderLetter: LetterRenderer;
  /** What keeps a page from being read on the site; nothing does in a rehearsal. */
  readonly probePage: (url: string) => Promise<string | undefined>;
  /** What earlier plans kept, where that is remembered. */
  readonly kept?: KeptCopies;
  /** For a second pass: those of the actions that the first has made necessary. */
  readonly select?: ((actions: readonly CopyAction[]) => readonly CopyAction[]) | undefined;
}

/** What the copies of one target are made of, and how it shows them. */
interface Material {
  /** Those that an earlier plan kept. */
  readonly kept: ReadonlyMap<PostId, CopyAction>;
  readonly rememberKept: (writing: Writing, action: CopyActionOf<'keep'>) => void;
  readonly writings: readonly Writing[];
  /** The inputs that a copy would have, without its rendition; undefined where only that can tell. */
  readonly foresee: (writing: Writing, references: readonly PostId[]) => Inputs | undefined;
  readonly render: (writing: Writing) => Promise<{
    readonly diagnostics: readonly Diagnostic[];
    /** What is wrong beside that, and was said before. */
    readonly known?: readonly Diagnostic[] | undefined;
    readonly shown?: ShownCopy | undefined;
  }>;
}

function openMaterial(target: HoldingTarget, grounds: Grounds): Material {
  const { blog, site, opened, request } = grounds;
  if (target.granularity === 'letter') {
    const begin = target.policy.since ?? opened[target.name] ?? request.now;
    const mailable = listMailable(target, blog, begin);
    const letterOf = indexBy(mailable.map(({ letter }) => letter));
    return {
      kept: new Map(),
      rememberKept: () => undefined,
      writings: mailable.map(({ writing }) => writing),
      foresee({ id }) {
        const letter = letterOf(id);
        return target.foresee?.(letter, chooseDigests(blog.digestLetter(letter), target.name), site);
      },
      render: async ({ id }) => ({
        ...(await grounds.renderLetter(letterOf(id), target)),
        known: blog.letterFaults.get(id),
      }),
    };
  }
  const postOf = indexBy(blog.posts);
  const kept = asksNothing(request) ? grounds.kept : undefined;
  const found = blog.posts.flatMap((post): readonly (readonly [PostId, CopyAction])[] => {
    const action = kept?.find(post, target);
    return action === undefined ? [] : [[post.id, action]];
  });
  return {
    kept: new Map(found),
    rememberKept({ id }, action) {
      if ('post' in action) kept?.remember(postOf(id), target, action);
    },
    writings: blog.posts,
    foresee({ id }, references) {
      const post = postOf(id);
      return target.foresee?.(post, chooseDigests(blog.digest(post), target.name), references, site);
    },
    async render({ id }) {
      const { diagnostics, shown } = await grounds.render(postOf(id), [target]);
      return { diagnostics, shown: shown.get(target.name) };
    },
  };
}

/** Whether a plan is for all copies, without any wish from the command line. */
function asksNothing({ named, take, refresh, suspended }: PlanRequest): boolean {
  return named.size === 0 && take === undefined && !refresh && !suspended;
}

/** Finds by id what a target's copies are made of. */
function indexBy<Kind extends { readonly id: string }>(all: readonly Kind[]): (id: string) => Kind {
  const byId = once(() => new Map(all.map((one) => [one.id, one])));
  return (id) => {
    const one = byId().get(id);
    if (one === undefined) throw new TypeError(`there is no ${id}`);
    return one;
  };
}

/** An action, and the faults of the post that bear on it. */
export interface Decided<Kind extends Action = CopyAction> {
  readonly action: Kind;
  readonly faults: readonly Diagnostic[];
}

/** What is to be done with the copies of one target, before it is asked. */
export interface DecidedCopies {
  readonly decided: readonly Decided[];
  /** Since when the schedule has let each new copy go out, by `stateKey`: ISO 8601 in UTC. */
  readonly dueSince: ReadonlyMap<string, string>;
}

/** Decides the copies of each target, in the order of the config. */
export async function decideAll(targets: readonly HoldingTarget[], grounds: Grounds): Promise<DecidedCopies> {
  const decided: Decided[] = [];
  const dueSince = new Map<string, string>();
  for (const target of targets) {
    const own = await decideCopies(target, grounds);
    decided.push(...own.decided);
    for (const [key, since] of own.dueSince) dueSince.set(key, since);
  }
  return { decided, dueSince };
}

/**
 * Decides the copies of one target. A copy that is due but cannot go uses up no slot, so all are decided anew until no other turns
 * out to be stuck.
 */
async function decideCopies(target: HoldingTarget, grounds: Grounds): Promise<DecidedCopies> {
  const { request, select } = grounds;
  const material = openMaterial(target, grounds);
  const { writings } = material;
  const known = new Map<PostId, Decided>();
  const stuck = new Map<PostId, string>();
  const dueSince = new Map<string, string>();
  for (;;) {
    const selection = selectCopies(target, writings, grounds, stuck, material.kept);
    const { actions: settled, candidates } = selection;
    for (const { state, dueSince: since } of candidates) {
      if (since !== undefined) dueSince.set(stateKey(state.copy), since);
    }
    const own = [...settled, ...(await decideCandidates(candidates, known, material, request))];
    const wanted = select?.(own) ?? own;
    const live = await lookAtPages(wanted, new Set(settled), dueSince, grounds);
    const ordered = keepOrder(live, writings, [target], grounds);
    const more = select === undefined ? findStuck(candidates, ordered, stuck) : [];
    if (more.length === 0) {
      return { decided: ordered.map((action) => ({ action, faults: findFaults(action, known) })), dueSince };
    }
    for (const { writing, dueSince: since } of more) stuck.set(writing.id, since ?? writing.publishAt);
  }
}

/** Decides the candidates of a target that have a copy. Of these, only posts that changed are rendered. */
export async function decideTaken(
  target: HoldingTarget,
  candidates: readonly Candidate[],
  grounds: Grounds,
): Promise<readonly CopyAction[]> {
  const taken = candidates.filter(({ need }) => need === 'compare');
  return decideCandidates(taken, new Map(), openMaterial(target, grounds), grounds.request);
}

/** `known`: what was decided before, which only a copy whose slot has come does not keep to. */
async function decideCandidates(
  candidates: readonly Candidate[],
  known: Map<PostId, Decided>,
  material: Material,
  request: PlanRequest,
): Promise<readonly CopyAction[]> {
  const actions: CopyAction[] = [];
  for (const candidate of candidates) {
    const unchanged = foreseeUnchanged(candidate, material, request);
    if (unchanged !== undefined) {
      // One whose target has asked to wait is kept after that alone.
      if (candidate.state.deferred === undefined) material.rememberKept(candidate.writing, unchanged);
      actions.push(unchanged);
      continue;
    }
    const { id } = candidate.writing;
    const before = known.get(id);
    const isSettled = before !== undefined && before.action.reason !== 'scheduled';
    const decided = isSettled ? before : await decideOne(candidate, material, request);
    known.set(id, decided);
    actions.push(decided.action);
  }
  return insertKept(actions, candidates, material);
}

/** Inserts what an earlier plan kept in the order of the posts, before the new copies, which are in the order in which they go. */
function insertKept(
  actions: readonly CopyAction[],
  candidates: readonly Candidate[],
  { kept, writings }: Material,
): readonly CopyAction[] {
  if (kept.size === 0) return actions;
  const isNew = (index: number): boolean => candidates[index]?.need === 'create';
  const known = new Map(actions.flatMap((action, index) => (isNew(index) ? [] : [[idOf(action), action]])));
  return [
    ...writings.flatMap(({ id }) => kept.get(id) ?? known.get(id) ?? []),
    ...actions.filter((_, index) => isNew(index)),
  ];
}

/** Keeps a copy without rendering it where its post, its links and its series are as they were when it was last sent. */
function foreseeUnchanged(
  candidate: Candidate,
  { foresee }: Material,
  request: PlanRequest,
): CopyActionOf<'keep'> | undefined {
  const { receipt } = candidate.state;
  if (candidate.need !== 'compare' || receipt === undefined) return undefined;
  try {
    const inputs = foresee(candidate.writing, receipt.references);
    return inputs && keepForeseen(candidate, inputs, request);
  } catch (error) {
    if (error instanceof BroadsideError) return undefined;
    throw error;
  }
}

async function decideOne(candidate: Candidate, { render }: Material, request: PlanRequest): Promise<Decided> {
  const { subject, writing, state } = candidate;
  const { diagnostics, known = [], shown } = await render(writing);
  const awaited = shown?.content && findAwaited(shown.content.tree);
  if (awaited !== undefined) return { action: awaitPieces(candidate, awaited, request), faults: diagnostics };
  const rendition = shown?.rendition;
  const [unreadable] = diagnostics;
  if (rendition !== undefined) {
    const problems = [...known, ...diagnostics];
    return { action: decideCandidate(candidate, rendition, problems, request), faults: diagnostics };
  }
  if (unreadable === undefined) throw new TypeError(`${writing.id} was not rendered`);
  return { action: holdUnsupported(subject, state, unreadable), faults: diagnostics };
}

/** Turns what would lead to a page that cannot be read on the site into waits, and after three days into holds. */
async function lookAtPages(
  actions: readonly CopyAction[],
  settled: ReadonlySet<CopyAction>,
  dueSince: ReadonlyMap<string, string>,
  { blog, states, site, request, probePage }: Grounds,
): Promise<readonly CopyAction[]> {
  const byId = once(() => new Map(blog.posts.map((post) => [post.id, post])));
  const lookFor = async (action: CopyAction, pages: readonly PostId[]): Promise<CopyAction> => {
    for (const { canonicalUrl, publishAt } of pages.flatMap((id) => byId().get(id) ?? [])) {
      const fault = await probePage(canonicalUrl);
      const due = dueSince.get(stateKey(copyOf(action))) ?? publishAt;
      if (fault !== undefined) return awaitPage(action, stateOf(states, copyOf(action)), due, fault, request);
    }
    return action;
  };
  const pages = actions.map((action) => (settled.has(action) ? [] : findNewPages(action, states, site)));
  if (pages.every((ids) => ids.length === 0)) return actions;
  return Promise.all(actions.map((action, index) => lookFor(action, pages[index] ?? [])));
}

/** The copies that are due and, as it turns out, cannot go. */
function findStuck(
  candidates: readonly Candidate[],
  actions: readonly CopyAction[],
  stuck: ReadonlyMap<PostId, string>,
): readonly Candidate[] {
  const able = new Set(
    actions.filter(({ verb, reason }) => verb === 'create' || reason === 'scheduled').map(idOf),
  );
  return candidates.filter(
    ({ need, writing: { id } }) => need === 'create' && !stuck.has(id) && !able.has(id),
  );
}

function findFaults(action: CopyAction, known: ReadonlyMap<PostId, Decided>): readonly Diagnostic[] {
  return action.verb === 'keep' ? [] : (known.get(idOf(action))?.faults ?? []);
}
