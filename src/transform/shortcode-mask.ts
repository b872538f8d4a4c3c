import type { Node, Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** Characters that would end the target of a link, and a noncharacter of Unicode for each, as long as it. */
const ending = ' \t"\'()<>|\\&`*_[]~';
const firstMask = 0xfdd0;
const anyMask = /[\uFDD0-\uFDEF]/;
const masks = new RegExp(anyMask, 'g');

const tag = String.raw`(?:\{\{[<%][^{}\n]*[>%]\}\}|\{%[^{}\n]*%\}|\{\{[^{}\n]*\}\})`;
const target = new RegExp(
  String.raw`(?<=\]\([ \t]*<?|\]:[ \t]*<?|\b(?:href|src|poster)[ \t]*=[ \t]*["']?)[^\s()<>{}"']*(?:${tag}[^\s()<>{}"']*)+`,
  'g',
);

/**
 * Hides from markdown what in a tag or a Liquid output would end the target of a link: the author's site replaces both
 * before it reads markdown. The text keeps its length; text that holds noncharacters of its own is left alone.
 */
export function maskTargets(text: string): string {
  if (!text.includes('{') || anyMask.test(text)) return text;
  return text.replaceAll(target, (found) =>
    found.replaceAll(/[ \t"'()<>|\\&`*_[\]~]/g, (character) =>
      String.fromCharCode(firstMask + ending.indexOf(character)),
    ),
  );
}

/** Puts back what `maskTargets` hid, in a tree that was parsed from `masked`. */
export function unmaskTree(tree: Root, masked: string, text: string): void {
  if (masked === text) return;
  visit(tree, (node: Node) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string' && key !== 'type') Object.assign(node, { [key]: unmask(value) });
    }
  });
}

function unmask(text: string): string {
  return text.replaceAll(masks, (mask) => ending.charAt(mask.charCodeAt(0) - firstMask));
}
