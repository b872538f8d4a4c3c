import type { CopyStateWord, PostLine } from '../../define.ts';

/** What of the posts a person wants to see. */
export interface Filter {
  readonly words: string;
  readonly state?: CopyStateWord;
  readonly target?: string;
  /** The posts that break a rule. */
  readonly only?: ReadonlySet<string>;
}

/** Whether a post is one of those that are sought: every word is in its title, path, series, tags or id. */
export function matches(post: PostLine, { words, state, target, only }: Filter): boolean {
  if (only !== undefined && !only.has(post.id)) return false;
  const own = Object.entries(post.states).filter(([name]) => target === undefined || name === target);
  if (state !== undefined && !own.some(([, copy]) => copy.state === state)) return false;
  if (target !== undefined && state === undefined && own.every(([, copy]) => copy.state === 'off')) return false;
  const text = [post.title, post.path, post.id, post.series?.name ?? '', ...post.tags].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** How many posts have a copy in each state. */
export function countStates(posts: readonly PostLine[], target?: string): ReadonlyMap<CopyStateWord, number> {
  const counts = new Map<CopyStateWord, number>();
  for (const { states } of posts) {
    const own = target === undefined ? Object.values(states) : Object.values(states).filter((one) => one === states[target]);
    for (const state of new Set(own.map((copy) => copy.state))) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
