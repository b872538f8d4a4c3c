import type { Html, Image, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { liftBlocks, liftText } from './lift-elements.ts';
import { toParagraphs } from './lift-lines.ts';
import { groupSiblings, listLines, weaveHtml, type Lines } from './lift-weave.ts';
import { readPieces } from './read-tags.ts';
import { isScriptAddress } from './script-address.ts';
import { blockHolders } from '../block-holders.ts';
import { walk } from '../walk.ts';

const holdsLines: ReadonlySet<string> = new Set(['list', 'table', 'tableRow']);

/**
 * Turns raw HTML into nodes that every target can show. What markdown has no words for stays HTML, whole or in the tags
 * around other nodes; comments and what runs scripts in an address or a handler are gone. `text` is the whole
 * file, where the tree has places in it.
 */
export function liftHtml(tree: Root, _dialect?: unknown, text = ''): void {
  if (needsLifting(tree)) liftChildren(tree, listLines(text));
}

function needsLifting(tree: Root): boolean {
  let needs = false;
  walk(tree, (node) => {
    needs ||= node.type === 'html' || ('url' in node && isScriptAddress(node.url));
  });
  return needs;
}

function liftChildren(parent: Parents, lines: Lines): void {
  const children = parent.children.flatMap((child: Nodes): readonly Nodes[] => {
    if (child.type === 'definition' && isScriptAddress(child.url)) return [{ ...child, url: '#' }];
    if (child.type === 'image' && isScriptAddress(child.url)) return describeImage(child, parent);
    if (!('children' in child)) return [child];
    const hadHtml = child.type === 'paragraph' && child.children.some(isHtml);
    liftChildren(child, lines);
    if (child.type === 'link' && isScriptAddress(child.url)) return child.children;
    return hadHtml ? toParagraphs(child.children) : [child];
  });
  (parent as { children: readonly Nodes[] }).children =
    !children.some(isHtml) || holdsLines.has(parent.type)
      ? children
      : blockHolders.has(parent.type)
        ? liftAmongBlocks(children as RootContent[], lines)
        : liftAmongText(children as PhrasingContent[], lines);
}

/** The words for a picture that cannot be shown, where words can stand. */
function describeImage({ alt, position }: Image, { type }: Parents): readonly Nodes[] {
  const isAmongWords = alt !== null && alt !== undefined && alt !== '' && !blockHolders.has(type);
  return isAmongWords ? [{ type: 'text', value: alt, ...(position && { position }) }] : [];
}

function isHtml(node: Nodes): boolean {
  return node.type === 'html';
}

function liftAmongBlocks(siblings: readonly RootContent[], lines: Lines): readonly RootContent[] {
  return groupSiblings(siblings).flatMap((group) => {
    if (!group.some(isHtml)) return group;
    const woven = weaveHtml(group, 'blocks', lines);
    if (woven !== undefined) return liftBlocks(woven);
    return group.flatMap((node) => (node.type === 'html' ? liftAlone(node, lines) : [node]));
  });
}

/** What raw HTML says by itself; only its words where it is nested beyond reason. */
function liftAlone(node: Html, lines: Lines): readonly RootContent[] {
  const woven = weaveHtml([node], 'blocks', lines);
  if (woven !== undefined) return liftBlocks(woven);
  const words = readPieces(node.value).pieces.map(({ kind, start, end }) =>
    kind === 'text' ? node.value.slice(start, end) : ' ',
  );
  const value = words.join('').replaceAll(/\s+/g, ' ');
  return toParagraphs([{ ...node, type: 'text', value }]);
}

function liftAmongText(siblings: readonly PhrasingContent[], lines: Lines): readonly PhrasingContent[] {
  const woven = weaveHtml(siblings, 'text', lines);
  return woven === undefined ? siblings.filter((node) => !isHtml(node)) : liftText(woven);
}
