import { digestText } from '../base/digest.ts';
import type { ShownPost } from '../blog/render-posts.ts';
import { isDeviceName } from '../model/file-name.ts';
import type { Post } from '../model/post.ts';
import type { Target } from '../model/target.ts';

/** What a target shows of a post, and its forms that a person puts there by hand, as files in a folder of the target's. */
export async function printRendition(post: Post, target: Target, { rendition, byHand }: ShownPost) {
  const name = isDeviceName(post.id)
    ? `${post.id.replace('.', '-')}-${digestText(post.id).slice(0, 8)}`
    : post.id;
  const place = (extension: string): string => `${target.name}/${name}.${extension}`;
  const forms = await Promise.all(
    Object.entries(byHand ?? {}).map(async ([extension, print]) => ({
      path: place(extension),
      text: await print(),
    })),
  );
  return {
    target,
    documents: [{ path: place(target.extension), text: rendition.body }, ...forms],
  };
}
