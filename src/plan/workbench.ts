import type { Blog } from '../blog/load.ts';
import type { Config } from '../config/load.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Site } from '../model/site.ts';
import type { Connection, SendingTarget } from '../model/target.ts';
import type { CopyRenderer } from './decide-copies.ts';

/** What plans are made with and made from. */
export interface Workbench {
  readonly config: Config;
  readonly blog: Blog;
  readonly ledger: Ledger;
  /** The folder the site's feeds are written to, absolute. */
  readonly siteFolder: string;
  /** Who is at work, for the ledger's decisions. */
  readonly actor: string;
  /** For a rehearsal: no schedule, no page that has to be live, no care on a first run. */
  readonly suspended: boolean;
  /** Opens a target's account. Throws `CREDENTIAL_MISSING`. */
  readonly connect: (target: SendingTarget) => Promise<Connection>;
  /** What keeps a page from being read on the site; undefined where it can be. */
  readonly probePage: (url: string) => Promise<string | undefined>;
  /** Those of some commits that the history of what is checked out lacks. */
  readonly findLackingCommits: (commits: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  /** The commit of the posts, where they are in git. */
  readonly readCommit: () => Promise<string | undefined>;
  /** Opens what renders the copies that only their renditions can decide; by default each is rendered for the plan. */
  readonly openRenderer?: (blog: Blog, config: Config, site: Site) => CopyRenderer;
  /** The real clock, ISO 8601 in UTC. */
  readonly now: () => string;
  /** Tells the person who is watching. */
  readonly report: (text: string) => void;
  readonly signal: AbortSignal;
}
