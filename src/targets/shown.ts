import type { Cover, Overrides, Post } from '../model/post.ts';

/** What a target shows of a post beside its body. */
export interface Shown {
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly cover: Cover | undefined;
}

/** What a post's front matter says for one target alone, by the target's name. */
export function overridesFor(post: Post, target: string): Overrides {
  const asked = post.syndicate === false ? undefined : post.syndicate[target];
  return typeof asked === 'object' ? asked : {};
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
