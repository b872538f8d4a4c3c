import type { Link, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { holdsText } from './link-embeds.ts';
import { readMedia } from '../reading/html/read-media.ts';

/** Shows sounds as links to their files, where nothing plays them; addresses are absolute. */
export function linkSounds(tree: Root): void {
  visit(tree, 'html', ({ value, position }, index, parent) => {
    const media = readMedia(value);
    if (media?.kind !== 'audio' || parent === undefined || index === undefined) return;
    const { url, title = url } = media;
    const place = position && { position };
    const link: Link = { type: 'link', url, ...place, children: [{ type: 'text', value: title, ...place }] };
    parent.children[index] = holdsText(parent) ? link : { type: 'paragraph', ...place, children: [link] };
  });
}
