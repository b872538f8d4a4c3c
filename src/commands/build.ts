import { join, relative, resolve } from 'node:path';
import { describeSite } from '../blog/describe-site.ts';
import { loadBlog } from '../blog/load.ts';
import { loadConfig, type Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { FeedDocument } from '../model/target.ts';
import { isOutAt, selectItems } from '../blog/eligibility.ts';
import { countFaults } from '../report/diagnostics.ts';
import { reportGroups } from '../report/fault-groups.ts';
import type { Shell } from '../base/shell.ts';
import { rememberedBodies, workOnPosts } from './work-on-posts.ts';
import { writeDocuments } from '../base/write-documents.ts';

export interface BuildArguments {
  readonly config: string;
  readonly out: string;
  /** The folder that the site is built into: the feeds alone are written there, and no renditions. */
  readonly into?: string | undefined;
  readonly at?: string | undefined;
}

/** A config for the feeds of a site that was just built: its pages are those in the folder, which the live site may not have yet. */
function narrowToSite(config: Config, folder: string): Config {
  const from = relative(config.root, folder);
  return {
    ...config,
    targets: config.targets.filter((one) => one.granularity === 'feed'),
    sources: config.sources.map((source) =>
      source.pages === 'live' ? { ...source, pages: { from } } : source,
    ),
  };
}

/**
 * Runs `broadside build`: the feeds to `out/site/`, every rendition to `out/renditions/`; or the feeds into the site that was just
 * built. Returns the exit code.
 */
export async function runBuild(args: BuildArguments, shell: Shell): Promise<number> {
  const loaded = await loadConfig(args.config, shell.cwd);
  const isIntoSite = args.into !== undefined;
  const config = args.into === undefined ? loaded : narrowToSite(loaded, resolve(shell.cwd, args.into));
  const blog = await loadBlog(config, shell.signal, rememberedBodies);
  const now = args.at ?? shell.now();
  const isOut = (post: Post): boolean => isOutAt(post, now);
  const site = describeSite(config, blog.posts, isOut);
  const out = resolve(shell.cwd, args.out);
  const folder = join(out, 'renditions');
  const work = { kind: 'build', now, ...(!isIntoSite && { folder }) } as const;
  const worked = await workOnPosts(blog.posts, work, config, blog, shell);
  const faults: Diagnostic[] = [...blog.diagnostics, ...worked.flatMap((one) => one.faults)];
  const files: FeedDocument[] = [];
  for (const target of config.targets) {
    if (target.granularity !== 'feed') continue;
    const items = new Map(
      worked.flatMap(({ items: own }) => own[target.name] ?? []).map((item) => [item.postId, item]),
    );
    const shown = selectItems(target, blog.posts, isOut).flatMap(({ id }) => items.get(id) ?? []);
    const documents = await target.assemble(shown, site);
    faults.push(...(await target.auditFiles(documents, config.file)));
    files.push(...documents);
  }
  const renditions = config.targets.flatMap(({ name }) =>
    worked.flatMap(({ written }) => written[name] ?? []),
  );
  const siteFolder = args.into ?? join(args.out, 'site');
  writeDocuments({ folder: resolve(shell.cwd, siteFolder), root: config.root }, files);
  reportGroups(faults, shell);
  const { errors, warnings } = countFaults(faults);
  const written = {
    site: [...new Set(files.map((file) => file.path))],
    renditions,
    errors,
    warnings,
  };
  if (shell.format === 'json') shell.print(`${JSON.stringify(written, null, 2)}\n`);
  else {
    shell.print(
      `${siteFolder}: ${written.site.join(', ') || 'no feeds'}\n` +
        (isIntoSite
          ? ''
          : `${join(args.out, 'renditions')}: ${renditions.length} renditions of ${blog.posts.length} posts\n`),
    );
  }
  return errors > 0 ? 1 : 0;
}
