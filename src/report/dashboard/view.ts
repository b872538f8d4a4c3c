import type { CopyStates } from '../../model/ledger.ts';
import type { Plan } from '../../model/plan.ts';
import type { Post } from '../../model/post.ts';
import type { Finding } from '../../model/target.ts';
import type { ScheduleReport } from './judge-runs.ts';
import type { Late } from './late.ts';
import type { Mark } from './marks.ts';

/** A finding, and what it is about. */
export interface Concern extends Finding {
  readonly about: string;
}

/** What became of something that was asked for by a box. */
export interface Answer {
  readonly mark: Mark;
  readonly isDone: boolean;
  /** Words from outside, on one line. */
  readonly said: string;
}

/** What the dashboard is made of. */
export interface DashboardView {
  /** What tells the blog apart from others in its repository: 16 hexadecimal digits. */
  readonly blog: string;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** IANA name; instants are shown in it. */
  readonly timezone: string;
  /** Undefined where none could be made; a concern says why. */
  readonly plan: Plan | undefined;
  readonly posts: readonly Post[];
  /** Of the targets that hold copies. */
  readonly states: CopyStates;
  readonly late: readonly Late[];
  /** What needs a person beside the copies. */
  readonly concerns: readonly Concern[];
  /** What is well with the targets' accounts, and until when. */
  readonly accounts: readonly Concern[];
  readonly schedule: ScheduleReport | undefined;
  /** The address of the run that looked. */
  readonly run: string | undefined;
}
