import type { CopyState } from '../model/ledger.ts';
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
  /** Bring back what was retracted of the posts named. */
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
