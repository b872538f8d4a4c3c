import { join, relative } from 'node:path';
import { countOf } from '../../base/count-of.ts';
import type { Shell } from '../../base/shell.ts';
import { describeSite } from '../../blog/describe-site.ts';
import { openPostRenderer } from '../../blog/render-posts.ts';
import type { Action } from '../../model/plan.ts';
import type { Workbench } from '../../plan/workbench.ts';
import { writeDocuments } from '../../base/write-documents.ts';
import { printRendition } from '../print-rendition.ts';

/**
 * Writes what people would paste into the rehearsal's folder, since there is no stand-in of a person, and tells where it is. Nothing
 * counts as posted by that.
 */
export async function showHandWork(
  { blog, config }: Workbench,
  actions: readonly Action[],
  folder: string,
  shell: Shell,
): Promise<void> {
  const site = describeSite(config, blog.posts, (post) => !post.draft);
  const render = openPostRenderer(blog, config, site);
  for (const target of config.targets) {
    if (target.granularity !== 'copy' || target.by !== 'hand') continue;
    const own = actions.filter((one) => one.target === target.name && one.reason === 'by-hand');
    const ids = new Set(own.flatMap((one) => ('post' in one ? [one.post] : [])));
    if (ids.size === 0) continue;
    for (const post of blog.posts.filter(({ id }) => ids.has(id))) {
      const shown = (await render(post, [target])).shown.get(target.name);
      if (shown === undefined) continue;
      const { documents } = await printRendition(post, target, shown);
      writeDocuments({ folder, root: config.root }, documents);
    }
    const count = countOf(ids.size, 'copy', 'copies');
    const place = relative(shell.cwd, join(folder, target.name));
    shell.report(`You would make ${count} on ${target.title} by hand, from the files in ${place}/.\n`);
  }
}
