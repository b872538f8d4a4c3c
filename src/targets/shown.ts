import type { Cover, Post } from '../model/post.ts';
import { overridesFor } from '../transform/overrides-for.ts';

/** What a target shows of a post beside its body. */
export interface Shown {
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly cover: Cover | undefined;
}

/** Chooses what is shown of a post: what it says for this target, else what it says for all. */
export function chooseShown(post: Post, target: string): Shown {
  const own = overridesFor(post, target);
  return {
    title: own.title ?? post.title,
    description: (own.description ?? post.summary)?.trim() || undefined,
    tags: own.tags ?? post.tags,
    cover: own.cover === false ? undefined : (own.cover ?? post.cover),
  };
}
