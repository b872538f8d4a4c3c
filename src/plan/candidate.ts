import type { CopyState } from '../model/ledger.ts';
import type { CopyAction, CopySubject, OwnWait } from '../model/plan.ts';
import type { Writing } from '../model/post.ts';
import type { HoldingTarget } from '../model/target.ts';

/** A copy that cannot be decided without its rendition. */
export interface Candidate {
  readonly subject: CopySubject;
  /** What it is made of. */
  readonly writing: Writing;
  readonly target: HoldingTarget;
  readonly state: CopyState;
  /** `create`: not there yet. `compare`: there, perhaps out of date. `settle`: sent, outcome unknown. */
  readonly need: 'create' | 'compare' | 'settle';
  /** For `create`: since when the schedule has let it go out, ISO 8601 in UTC. */
  readonly dueSince?: string;
  /** For `create`: the slot in which it should have gone out, ISO 8601 in UTC. */
  readonly missed?: string;
  /** For `create`: what it does where nothing hinders it, since its slot is not open yet. */
  readonly wait?: OwnWait;
}

/** What can be said of every copy before any body is read. */
export interface Selection {
  readonly actions: readonly CopyAction[];
  readonly candidates: readonly Candidate[];
}
