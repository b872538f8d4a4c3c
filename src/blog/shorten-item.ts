import type { Root } from 'mdast';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { findOpening } from '../transform/find-opening.ts';
import { findUnknown } from './find-unknown.ts';

/** A post as a feed's item that cannot be whole: its description, and a link to its page. */
export function shortenItem(
  { summary, canonicalUrl }: Post,
  content: Content,
  { title }: Pick<Site, 'title'>,
): Content {
  const { tree, digest } = content;
  const opening = summary ?? findOpening(tree);
  const children: Root['children'] = [
    {
      type: 'paragraph',
      children: [
        { type: 'text', value: 'Read the whole post on ' },
        { type: 'link', url: canonicalUrl, children: [{ type: 'text', value: title }] },
        { type: 'text', value: '.' },
      ],
    },
  ];
  if (opening !== '') children.unshift({ type: 'paragraph', children: [{ type: 'text', value: opening }] });
  return { tree: { type: 'root', children }, digest: `${digest} short` };
}

/** Says that an item of a feed is not whole, and why: an error in the post, or something that its page does not show yet. */
export function tellShort(
  post: Post,
  { tree, path = post.origin.path }: Content,
  target: string,
  error?: Diagnostic,
): Diagnostic {
  const { message = '', line = 1, column = 1 } = error ?? findUnknown(tree)[0] ?? {};
  return {
    rule: 'post-item-short',
    severity: 'warning',
    message: `The item in "${target}" shows the description and a link to the page, because it cannot be whole. ${message}`,
    remedy:
      error === undefined
        ? 'It is whole, under the same id, as soon as nothing is missing.'
        : `${error.remedy} Then it is whole, under the same id.`,
    file: path,
    line,
    column,
    postId: post.id,
    target,
  };
}
