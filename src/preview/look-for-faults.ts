import { setImmediate as pause } from 'node:timers/promises';
import { auditLetters } from '../blog/audit-letters.ts';
import { openAudit } from '../blog/audit-posts.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { PostId } from '../model/post.ts';
import type { Overview } from './define.ts';
import type { Snapshot } from './gather.ts';

/** How often, in milliseconds, it is told how many posts were looked at. */
const tellEvery = 1000;

/** What is known to be wrong with posts, and what looks for it. */
export interface Faults {
  readonly known: () => Pick<Overview, 'looking'> & {
    readonly faults: ReadonlyMap<PostId, readonly Diagnostic[]>;
  };
  readonly look: (base: Snapshot, isOver: () => boolean, tell: () => void) => Promise<void>;
}

/** Makes what looks for the faults of so many posts, and remembers what is known until all were looked at. */
export function openFaults(posts: number): Faults {
  let known: ReturnType<Faults['known']> = { faults: new Map(), looking: { done: 0, of: posts } };
  return {
    known: () => known,
    async look(base, isOver, tell) {
      const found = await lookAtAll(base, isOver, (some, done) => {
        known = { faults: new Map([...known.faults, ...some]), looking: { done, of: base.posts.length } };
        tell();
      });
      if (found === undefined) return;
      const write = (): string => JSON.stringify([[...known.faults], known.looking]);
      const before = write();
      known = { faults: found };
      if (write() !== before) tell();
    },
  };
}

/** Looks at every post for what is wrong with it, and tells now and then what was found; undefined if it is over before that. */
async function lookAtAll(
  { bench, now, posts }: Snapshot,
  isOver: () => boolean,
  tell: (found: ReadonlyMap<PostId, readonly Diagnostic[]>, done: number) => void,
): Promise<ReadonlyMap<PostId, readonly Diagnostic[]> | undefined> {
  const audit = openAudit(bench.config, bench.blog, now);
  const found = new Map<PostId, readonly Diagnostic[]>();
  let told = performance.now();
  for (const post of posts) {
    await pause();
    if (isOver()) return undefined;
    found.set(post.id, (await audit.look(post)).faults);
    if (performance.now() - told < tellEvery) continue;
    told = performance.now();
    tell(found, found.size);
  }
  const { config, blog } = bench;
  for (const { id } of blog.letters) {
    await pause();
    if (isOver()) return undefined;
    found.set(id, await auditLetters(config, blog, new Set([id]), now));
  }
  audit.save();
  return found;
}
