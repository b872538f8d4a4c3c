import type { Link, Root } from 'mdast';
import { holdsText } from './link-embeds.ts';
import { readMedia } from '../reading/html/read-media.ts';
import { walk } from '../reading/walk.ts';

/** Shows sounds as links to their files, where nothing plays them; addresses are absolute. */
export function linkSounds(tree: Root): void {
  walk(tree, (node, index, parent) => {
    const media = node.type === 'html' ? readMedia(node.value) : undefined;
    if (media?.kind !== 'audio') return;
    const { url, title = url } = media;
    const place = node.position && { position: node.position };
    const link: Link = { type: 'link', url, ...place, children: [{ type: 'text', value: title, ...place }] };
    parent.children[index] = holdsText(parent) ? link : { type: 'paragraph', ...place, children: [link] };
  });
}
