import type { Overrides, Post } from '../model/post.ts';

/** What front matter says for one target alone, by the target's name. */
export function overridesFor({ syndicate }: Pick<Post, 'syndicate'>, target: string): Overrides {
  const asked = syndicate === false ? undefined : syndicate[target];
  return typeof asked === 'object' ? asked : {};
}
