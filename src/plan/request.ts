import type { CopyState, Standing } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';

/** What was asked for, beside the posts and the ledger. */
export interface PlanRequest {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** The posts named on the command line; empty when none was. */
  readonly named: ReadonlySet<PostId>;
  readonly targetNamed: boolean;
  readonly take: 'source' | 'remote' | undefined;
  /** Also update copies that only a new version of Broadside would render differently. */
  readonly refresh: boolean;
  /** Bring back the retracted copies of the named posts. */
  readonly again: boolean;
  /** Lifts the schedule, the order of days and law 6, for a rehearsal. */
  readonly suspended: boolean;
  readonly backfill: boolean;
  readonly maxUpdates: number;
  /** How many updates the same run has sent before. */
  readonly updatesBefore?: number;
  readonly timezone: string;
  /** Whether an attempt's process is known to have ended. */
  readonly isSenderGone: (state: CopyState) => boolean;
}

/** What is asked, and how all copies stand as it is asked. */
export interface Occasion extends Standing {
  readonly request: PlanRequest;
}

/** The parts of a config that matter to a run. */
interface ConfiguredRun {
  readonly series: { readonly backfill: boolean };
  readonly maxUpdates: number;
  readonly site: { readonly timezone: string };
}

/** What a run without options asks for at an instant, ISO 8601 in UTC; `named`: the posts that it is limited to. */
export function requestAt(
  now: string,
  { series, maxUpdates, site }: ConfiguredRun,
  isSenderGone: PlanRequest['isSenderGone'],
  named: readonly PostId[] = [],
): PlanRequest {
  return {
    now,
    named: new Set(named),
    targetNamed: false,
    take: undefined,
    refresh: false,
    again: false,
    suspended: false,
    backfill: series.backfill,
    maxUpdates,
    timezone: site.timezone,
    isSenderGone,
  };
}
