import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { compareSite, type ComparedPost } from '../../blog/compare-site.ts';
import { isOutAt } from '../../blog/eligibility.ts';
import { loadBlog } from '../../blog/load.ts';
import { namePosts } from '../../blog/name-posts.ts';
import { loadConfig } from '../../config/load.ts';
import { formatComparison, isFaithful } from '../../report/compared-site.ts';
import { rememberedBodies } from '../work-on-posts.ts';

export interface AgainstArguments {
  readonly config: string;
  readonly posts: readonly string[];
  /** The folder that the site was built into, relative to the working directory. */
  readonly against: string;
  readonly at?: string | undefined;
}

/** Runs `broadside check --against DIR`: what readers of the copies would miss of what the built site shows. Returns the exit code. */
export async function runAgainst(args: AgainstArguments, shell: Shell): Promise<number> {
  const folder = resolve(shell.cwd, args.against);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new BroadsideError('USAGE', `There is no folder ${args.against}.`, {
      remedy: 'Build the site, and name the folder that your generator writes it to.',
    });
  }
  const config = await loadConfig(args.config, shell.cwd);
  const blog = await loadBlog(config, shell.signal, rememberedBodies);
  const now = args.at ?? shell.now();
  const named = args.posts.length === 0 ? blog.posts : namePosts(args.posts, blog);
  const posts = named.filter((post) => !post.draft && isOutAt(post, now));
  const compared = await compareSite(posts, folder, { config, blog, signal: shell.signal });
  const isAll = compared.every(isFaithful);
  if (shell.format === 'json') shell.print(`${JSON.stringify(describe(compared), null, 2)}\n`);
  else shell.print(formatComparison(compared, relative(shell.cwd, folder) || '.'));
  return isAll ? 0 : 1;
}

function describe(compared: readonly ComparedPost[]) {
  return {
    posts: compared.map(({ post, address, fault, comparison }) => ({
      id: post.id,
      file: post.origin.path,
      canonicalUrl: post.canonicalUrl,
      address: address ?? null,
      fault: fault ?? null,
      share: comparison?.share ?? null,
      differences: comparison?.differences ?? [],
    })),
  };
}
