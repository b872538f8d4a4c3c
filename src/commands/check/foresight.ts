import type { Blog } from '../../blog/load.ts';
import type { Config } from '../../config/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CopyAction } from '../../model/plan.ts';
import type { Post, PostId } from '../../model/post.ts';
import type { Loss } from '../../plan/outlook.ts';
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
  /** What a fault costs its post; undefined where only the ledger could tell. */
  readonly judge: (post: Post, fault: Diagnostic) => Loss | undefined;
  /** What publish would do; `worked`: what came of each of the posts. */
  readonly foresee: (posts: readonly Post[], worked: readonly Worked[]) => Promise<readonly CopyAction[]>;
}
