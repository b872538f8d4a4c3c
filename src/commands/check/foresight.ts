import type { Blog } from '../../blog/load.ts';
import type { Config } from '../../config/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { PostAction } from '../../model/plan.ts';
import type { Post, PostId } from '../../model/post.ts';
import type { Worked } from '../work-on-posts.ts';

/** What is checked, and when: ISO 8601 in UTC. */
export interface Ground {
  readonly config: Config;
  readonly blog: Blog;
  readonly now: string;
  /** The posts named on the command line; empty when none was. */
  readonly named: readonly PostId[];
}

/** What can be said of the copies of a blog before anybody is asked. */
export interface Foresight {
  /** Whether this machine knows the blog's ledger. */
  readonly knowsLedger: boolean;
  /** Whether a fault could stand in the way of a copy of its post; undefined where only the ledger could tell. */
  readonly mayGoOut: (post: Post, fault: Diagnostic) => boolean | undefined;
  /** What publish would do; `worked`: what came of each of the posts. */
  readonly foresee: (posts: readonly Post[], worked: readonly Worked[]) => Promise<readonly PostAction[]>;
}
