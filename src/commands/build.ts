import { join, resolve } from 'node:path';
import { auditPost, describeSite, loadBlog, openPost } from '../blog.ts';
import { loadConfig } from '../config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { FeedDocument } from '../model/target.ts';
import { findExclusion, isOutAt, selectItems } from '../plan/assemble.ts';
import { countFaults, reportDiagnostics } from '../report.ts';
import type { Shell } from '../shell.ts';
import { writeDocuments } from './publish.ts';

export interface BuildArguments {
  readonly config: string;
  readonly out: string;
  readonly at?: string | undefined;
}

/** Runs `broadside build`: the feeds to `out/site/`, every rendition to `out/renditions/`. Returns the exit code. */
export async function runBuild(args: BuildArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const blog = await loadBlog(config, shell.signal);
  const now = args.at ?? shell.now();
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, now));
  const out = resolve(shell.cwd, args.out);
  const faults: Diagnostic[] = [...blog.diagnostics];
  const files: FeedDocument[] = [];
  const renditions: FeedDocument[] = [];
  for (const target of config.targets) {
    const posts =
      target.granularity === 'feed'
        ? selectItems(target, blog.posts, (post) => isOutAt(post, now))
        : blog.posts.filter((post) => findExclusion(post, target) === undefined);
    const rendered = [];
    for (const post of posts) {
      const opened = await openPost(post, blog, async (content) => ({
        found: await auditPost(post, content, [target], site, config, blog),
        rendition: target.render(post, content, site),
        byHand: Object.entries(target.byHand ?? {}).map(([extension, print]) => ({
          path: `${target.name}/${post.id}.${extension}`,
          type: 'text/plain',
          text: print(post, content, site),
        })),
      }));
      if ('fault' in opened) {
        faults.push(opened.fault);
        continue;
      }
      const { found, rendition, byHand } = opened.result;
      faults.push(...found);
      rendered.push(rendition);
      const path = `${target.name}/${post.id}.${target.extension}`;
      renditions.push({ path, type: 'text/plain', text: rendition.body }, ...byHand);
    }
    if (target.granularity === 'feed') {
      const documents = target.assemble(rendered, site);
      faults.push(...target.auditFiles(documents, config.file));
      files.push(...documents);
    }
  }
  writeDocuments(join(out, 'site'), files);
  writeDocuments(join(out, 'renditions'), renditions);
  reportDiagnostics(faults, shell);
  const { errors, warnings } = countFaults(faults);
  const written = {
    site: [...new Set(files.map((file) => file.path))],
    renditions: renditions.map((rendition) => rendition.path),
    errors,
    warnings,
  };
  if (shell.format === 'json') shell.print(`${JSON.stringify(written, null, 2)}\n`);
  else {
    shell.print(
      `${join(args.out, 'site')}: ${written.site.join(', ') || 'no feeds'}\n` +
        `${join(args.out, 'renditions')}: ${renditions.length} renditions of ${blog.posts.length} posts\n`,
    );
  }
  return errors > 0 ? 1 : 0;
}
