import { setImmediate as pause } from 'node:timers/promises';
import { chooseItems, listItems, namesOf, openAudit } from '../blog/audit-posts.ts';
import { describeSite } from '../blog/describe-site.ts';
import type { Blog } from '../blog/load.ts';
import { openPostRenderer } from '../blog/render-posts.ts';
import type { Config } from '../config/load.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Rendition } from '../model/rendition.ts';
import { findExclusion, isOutAt } from '../blog/eligibility.ts';
import { printRendition } from './print-rendition.ts';
import { openProgress } from '../report/progress.ts';
import type { Shell } from '../base/shell.ts';
import { writeDocuments } from '../base/write-documents.ts';

/** What is to be done with every post of a blog. */
export interface Work {
  /** `audit` tries the rules, `build` writes the renditions as well. */
  readonly kind: 'audit' | 'build';
  /** The instant it is done at, ISO 8601 in UTC. */
  readonly now: string;
  /** For a build: the folder renditions are written to, absolute; without it, they are not. */
  readonly folder?: string | undefined;
}

/** What came of one post. */
export interface Worked {
  readonly faults: readonly Diagnostic[];
  /** The renditions written, by target: their paths relative to the folder. */
  readonly written: Readonly<Record<string, readonly string[]>>;
  /** The post as an item of each feed that shows it. */
  readonly items: Readonly<Record<string, Rendition>>;
}

const nothing: Worked = { faults: [], written: {}, items: {} };

/** Each post is worked on once, for all targets: only the bodies that many posts link into are wanted again. */
export const rememberedBodies = 8;

/** Works on posts, in their order. Throws the signal's reason. */
export async function workOnPosts(
  posts: readonly Post[],
  work: Work,
  config: Config,
  blog: Blog,
  shell: Pick<Shell, 'signal' | 'interactive' | 'format' | 'report'>,
): Promise<readonly Worked[]> {
  const { workOn, remember } = beginWork(work, config, blog);
  const progress = openProgress(posts.length, shell);
  const results: Worked[] = [];
  try {
    for (const post of posts) {
      // Otherwise a signal, such as that of Ctrl-C, would only be heard at the end.
      await pause();
      shell.signal.throwIfAborted();
      results.push(await workOn(post));
      progress.step(results.length);
    }
  } finally {
    progress.clear();
  }
  remember();
  return results;
}

/** Work that has begun. */
export interface Workplace {
  /** Does the work with one post, and keeps no tree of it. */
  readonly workOn: (post: Post) => Promise<Worked>;
  /** Remembers what was found for the next run, once every post was worked on. */
  readonly remember: () => void;
}

/** Makes ready for work. An audit does not look again at a post of which an earlier run knows what it would find. */
export function beginWork(work: Work, config: Config, blog: Blog): Workplace {
  if (work.kind === 'audit') {
    const audit = openAudit(config, blog, work.now);
    const remember = (): void => {
      audit.save();
      blog.remember();
    };
    return { workOn: async (post) => ({ ...nothing, ...(await audit.look(post)) }), remember };
  }
  const isOut = (post: Post): boolean => isOutAt(post, work.now);
  const site = describeSite(config, blog.posts, isOut);
  const listed = listItems(config, blog.posts, isOut);
  const render = openPostRenderer(blog, config, site);
  const { folder } = work;
  const workOn = async (post: Post): Promise<Worked> => {
    const showing = namesOf(post, listed);
    const targets = config.postTargets.filter((target) =>
      target.granularity === 'copy'
        ? findExclusion(post, target) === undefined
        : showing.includes(target.name),
    );
    if (targets.length === 0) return nothing;
    const { diagnostics, shown } = await render(post, targets);
    const items = chooseItems(shown, showing);
    if (folder === undefined) return { faults: diagnostics, written: {}, items };
    const renditions = await Promise.all(
      targets.flatMap((target) => {
        const own = shown.get(target.name);
        return own === undefined ? [] : [printRendition(post, target, own)];
      }),
    );
    for (const { documents } of renditions) writeDocuments({ folder, root: config.root }, documents);
    return {
      faults: diagnostics,
      written: Object.fromEntries(
        renditions.map(({ target, documents }) => [target.name, documents.map(({ path }) => path)]),
      ),
      items,
    };
  };
  return { workOn, remember: () => blog.remember() };
}
