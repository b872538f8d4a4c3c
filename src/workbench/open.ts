import { join } from 'node:path';
import type { Shell } from '../base/shell.ts';
import { loadBlog } from '../blog/load.ts';
import { loadConfig } from '../config/load.ts';
import { openLedger } from '../ledger/open.ts';
import type { Ledger } from '../model/ledger.ts';
import type { PostId } from '../model/post.ts';
import { connectTarget } from './connect.ts';
import { placeLedger } from './place-ledger.ts';
import { findLackingCommits, readCommit } from './posts-commit.ts';
import type { PlanWords } from '../plan/gather-grounds.ts';
import { openPageLook } from './probe-page.ts';
import type { Workbench } from '../plan/workbench.ts';

/** What the words on the command line ask of a plan. */
export interface PlanArguments extends PlanWords {
  readonly config: string;
}

/** The ids under which a ledger has copies, by their originals' canonical URLs. */
export async function listRecorded(ledger: Ledger): Promise<ReadonlyMap<string, PostId>> {
  const { states } = await ledger.readStates();
  return new Map(
    [...states.values()].flatMap(({ copy, receipt }) =>
      receipt === undefined ? [] : [[receipt.canonicalUrl, copy.postId] as const],
    ),
  );
}

/** Opens what a plan is made with, as the config says. */
export async function openWorkbench(
  { config: path }: { readonly config: string },
  shell: Shell,
): Promise<Workbench> {
  const { cwd, environment, signal, now, report } = shell;
  const config = await loadConfig(path, cwd);
  const { root } = config;
  const ledger = await openLedger(config.ledger, placeLedger(config, shell));
  const look = openPageLook(signal);
  const stored = config.sources.some(({ pages }) => pages !== undefined)
    ? await ledger.readPieces()
    : undefined;
  const recorded = () => listRecorded(ledger);
  const blog = await loadBlog(config, signal, undefined, { stored, look, recorded });
  return {
    config,
    blog,
    ledger,
    siteFolder: join(root, 'out', 'site'),
    actor: environment['GITHUB_ACTOR'] ?? environment['USER'] ?? 'someone',
    suspended: false,
    connect: (target) => connectTarget(target, environment, report),
    probePage: async (url) => {
      const page = await look(url);
      return 'fault' in page ? page.fault : undefined;
    },
    findLackingCommits: (commits) => findLackingCommits(commits, config, shell),
    readCommit: () => readCommit(config, shell),
    now,
    report,
    signal,
  };
}
