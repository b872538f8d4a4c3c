import { digestText } from '../base/digest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import { undated, type Post, type PostId } from '../model/post.ts';
import type { Target } from '../model/target.ts';
import { countRules } from './count-rules.ts';
import type { LetterLine, Overview, PostLine, TargetLine } from './define.ts';
import type { Snapshot } from './gather.ts';
import { listCalendar } from './list-calendar.ts';

/** What an overview is made of beside the snapshot. */
export interface OverviewParts {
  readonly from: Overview['from'];
  /** The instant the clock was moved to, ISO 8601 in UTC. */
  readonly at?: string | undefined;
  /** What is wrong with each post, as far as it was looked at. */
  readonly faults: ReadonlyMap<PostId, readonly Diagnostic[]>;
  /** How many posts have been looked at for faults, where not all have. */
  readonly looking?: Overview['looking'];
  /** How many copies were rendered, where not all were yet. */
  readonly rendering?: Overview['rendering'] | undefined;
  /** The posts that have a view; all of them, where it is missing. */
  readonly shown?: ReadonlySet<PostId> | undefined;
}

/** Everything that the preview shows beside the posts themselves. */
export function showOverview(snapshot: Snapshot, parts: OverviewParts): Overview {
  const { bench, now, toLocal, posts, states } = snapshot;
  const { config } = bench;
  const { url, title, timezone } = config.site;
  const left = parts.shown === undefined ? 0 : posts.filter(({ id }) => parts.shown?.has(id) !== true).length;
  return {
    site: { title, url, timezone },
    from: parts.from,
    now,
    local: toLocal(now),
    ...(parts.at !== undefined && { at: parts.at }),
    banner: writeBanner(snapshot, parts),
    targets: config.postTargets.map((target) => showTarget(target, parts.from)),
    mailing: config.targets.flatMap((target) =>
      target.granularity === 'letter' ? [showTarget(target, parts.from)] : [],
    ),
    letters: bench.blog.letters.map((letter) => showLetterLine(letter, snapshot, parts)),
    posts: posts.map((post) => showLine(post, snapshot, parts)),
    rules: countRules([...parts.faults.values()].flat(), bench.blog.diagnostics).map((one) => {
      const wrong = config.rules[one.rule]?.wrong;
      return { ...one, ...(wrong !== undefined && { wrong }) };
    }),
    calendar: listCalendar({
      posts,
      states,
      targets: config.postTargets.filter(({ granularity }) => granularity === 'copy').map(({ name }) => name),
      now,
      toLocal,
    }),
    ...(parts.from === 'server' && bench.ledgerPlaces.isElsewhere && { isLedgerElsewhere: true as const }),
    ...(parts.looking && { looking: parts.looking }),
    ...(parts.rendering && { rendering: parts.rendering }),
    ...(left > 0 && { leftOut: left }),
  };
}

/** The name of a post's data: its id where that can be a file's name on any system, else a digest of it. */
export function nameData(id: PostId): string {
  const isPlain = /^[a-z\d][a-z\d-]{0,80}$/.test(id) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(id);
  return `posts/${isPlain ? id : `_${digestText(id)}`}`;
}

function writeBanner({ bench }: Snapshot, { from, at }: OverviewParts): readonly string[] {
  return [
    from === 'server'
      ? 'This is a preview: nothing is sent from here.'
      : 'This is a preview: nothing was sent to make it.',
    ...(at === undefined ? [] : ['The clock was moved.']),
    ...(bench.config.paused ? ['Publishing is paused by the config.'] : []),
    ...(bench.knowsLedger
      ? []
      : [
          `This machine does not know the ledger yet, so it cannot tell what went out.${from === 'server' ? ' Read it with the button beside this.' : ''}`,
        ]),
  ];
}

function showTarget({ name, kind, granularity, ...target }: Target, from: Overview['from']): TargetLine {
  const asks = from === 'server' && 'capabilities' in target && target.capabilities.observe;
  return { name, kind, granularity, asks };
}

function showLine(post: Post, { states, toLocal }: Snapshot, { faults, shown }: OverviewParts): PostLine {
  const own = faults.get(post.id) ?? [];
  const { series } = post;
  return {
    id: post.id,
    ...((shown === undefined || shown.has(post.id)) && { data: nameData(post.id) }),
    title: post.title,
    path: post.origin.path,
    ...(post.publishAt !== undated && { date: post.publishAt, local: toLocal(post.publishAt) }),
    draft: post.draft,
    tags: post.tags,
    ...(series && {
      series: { name: series.name, ...(series.part !== undefined && { part: series.part }) },
    }),
    states: states.get(post.id) ?? {},
    faults: countFaults(own),
  };
}

function showLetterLine(
  letter: Letter,
  { bench, mailed, toLocal }: Snapshot,
  { faults, shown }: OverviewParts,
): LetterLine {
  const { id, origin, title, subject, preview, sequence, delay, day, status, publishAt } = letter;
  const own = [...(faults.get(id) ?? []), ...(bench.blog.letterFaults.get(id) ?? [])];
  return {
    id,
    ...((shown === undefined || shown.has(id)) && { data: nameData(id) }),
    title,
    subject,
    ...(preview !== undefined && { preview }),
    path: origin.path,
    ...(publishAt !== undefined && { date: publishAt, local: toLocal(publishAt) }),
    draft: status === 'draft',
    tags: [],
    ...(sequence && {
      sequence: {
        ...sequence,
        ...(day !== undefined && { day }),
        ...(delay && { delay: `${delay.value} ${delay.value === 1 ? delay.unit.slice(0, -1) : delay.unit}` }),
      },
    }),
    states: mailed.get(id) ?? {},
    faults: countFaults(own),
  };
}

function countFaults(own: readonly Diagnostic[]): PostLine['faults'] {
  return {
    errors: own.filter(({ severity }) => severity === 'error').length,
    warnings: own.filter(({ severity }) => severity === 'warning').length,
  };
}
