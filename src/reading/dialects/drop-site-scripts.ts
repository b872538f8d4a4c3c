import type { Root } from 'mdast';
import { walk } from '../walk.ts';

const script = /^\s*<script\b(?<attributes>[^>]*)>(?<body>[^]*)<\/script>\s*$/i;

/** Takes out the scripts of Svelte and Vue, which bring components into the post and show nothing themselves; no browser runs them. */
export function dropSiteScripts(tree: Root, _: unknown, text: string): void {
  if (!/<script\b/i.test(text)) return;
  walk(tree, (node, index, parent) => {
    const { attributes = '', body = '' } = (node.type === 'html' && script.exec(node.value)?.groups) || {};
    const isOfSite = /(?:^|\s)(?:setup|module|context=|lang=)/i.test(attributes) || /^\s*import\s/.test(body);
    if (!isOfSite || /(?:^|\s)(?:src|type)\s*=/i.test(attributes)) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
}
