import type { Html, Image, Nodes, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import type { Dialect } from '../dialects/dialect.ts';
import { standsAlone } from './lift-components.ts';
import { liftBlocks, liftText } from './lift-elements.ts';
import { toParagraphs } from './lift-lines.ts';
import { joinVerbatim } from './join-verbatim.ts';
import { groupSiblings, weaveHtml } from './lift-weave.ts';
import { findOpenParagraphs } from './open-paragraphs.ts';
import { listLines, type Lines } from './source-lines.ts';
import { readPieces } from './read-tags.ts';
import { isScriptAddress } from './script-address.ts';
import { blockHolders } from '../block-holders.ts';
import { walk } from '../walk.ts';

const holdsLines: ReadonlySet<string> = new Set(['list', 'table', 'tableRow']);

/** What the lifting of a file's HTML knows of the file. */
interface SourceText {
  readonly dialect: Dialect;
  readonly text: string;
  readonly lines: Lines;
}

/**
 * Turns raw HTML into nodes that every target can show. What markdown has no words for stays HTML, whole or in the tags
 * around other nodes; comments and what runs scripts in an address or a handler are gone. What is no element of HTML is a component.
 * `text` is the whole file, where the tree has places in it.
 */
export function liftHtml(tree: Root, dialect: Dialect = {}, text = ''): void {
  if (needsLifting(tree)) liftChildren(tree, { dialect, text, lines: listLines(text) });
}

function needsLifting(tree: Root): boolean {
  let needs = false;
  walk(tree, (node) => {
    needs ||= node.type === 'html' || ('url' in node && isScriptAddress(node.url));
  });
  return needs;
}

function liftChildren(parent: Parents, source: SourceText): void {
  const holdsBlocks = blockHolders.has(parent.type);
  if (!holdsBlocks) {
    const children = liftInside(parent, parent.children, none, source);
    const isLine = children.some(isHtml) && !holdsLines.has(parent.type);
    setChildren(parent, isLine ? liftAmongText(children as PhrasingContent[], source) : children);
    return;
  }
  const given = parent.children as RootContent[];
  const joined = source.text === '' ? given : joinVerbatim(given, source.text, source.lines);
  const open = findOpenParagraphs(joined);
  const children = liftInside(parent, joined, open, source) as RootContent[];
  const holdsHtml = children.some(isHtml) || open.size > 0;
  setChildren(parent, holdsHtml ? liftAmongBlocks(children, open, source) : children);
}

function setChildren(parent: Parents, children: readonly Nodes[]): void {
  (parent as { children: readonly Nodes[] }).children = children;
}

const none: ReadonlySet<Nodes> = new Set();

/** Lifts the HTML that is in siblings; what is in the paragraphs that are `open` waits for what is around them. */
function liftInside(
  parent: Parents,
  siblings: readonly Nodes[],
  open: ReadonlySet<Nodes>,
  source: SourceText,
): readonly Nodes[] {
  return siblings.flatMap((child: Nodes): readonly Nodes[] => {
    if (child.type === 'definition' && isScriptAddress(child.url)) return [{ ...child, url: '#' }];
    if (child.type === 'image' && isScriptAddress(child.url)) return describeImage(child, parent);
    if (!('children' in child)) return [child];
    if (child.type === 'paragraph' && child.children.some(isHtml)) {
      setChildren(child, liftInside(child, child.children, none, source));
      return open.has(child) ? [child] : liftParagraph(child, source);
    }
    liftChildren(child, source);
    return child.type === 'link' && isScriptAddress(child.url) ? child.children : [child];
  });
}

/** A paragraph with HTML in it; what is nothing but components stands on lines of its own. */
function liftParagraph({ children }: Paragraph, { dialect, lines }: SourceText): readonly RootContent[] {
  const woven = weaveHtml(children, 'text', lines);
  if (woven === undefined) return toParagraphs(children.filter((node) => !isHtml(node)));
  return standsAlone(woven) ? liftBlocks(woven, dialect) : toParagraphs(liftText(woven, dialect));
}

/** The words for a picture that cannot be shown, where words can stand. */
function describeImage({ alt, position }: Image, { type }: Parents): readonly Nodes[] {
  const isAmongWords = alt !== null && alt !== undefined && alt !== '' && !blockHolders.has(type);
  return isAmongWords ? [{ type: 'text', value: alt, ...(position && { position }) }] : [];
}

function isHtml(node: Nodes): boolean {
  return node.type === 'html';
}

function liftAmongBlocks(
  siblings: readonly RootContent[],
  open: ReadonlySet<Nodes>,
  source: SourceText,
): readonly RootContent[] {
  return joinTabs(groupSiblings(siblings, open)).flatMap((group) => {
    if (!group.some((node) => isHtml(node) || open.has(node))) return group;
    const woven = weaveHtml(group, 'blocks', source.lines, open);
    if (woven !== undefined) return liftBlocks(woven, source.dialect);
    return group.flatMap((node) => {
      if (node.type === 'html') return liftAlone(node, source);
      return node.type === 'paragraph' && open.has(node) ? liftParagraph(node, source) : [node];
    });
  });
}

const tabBar = /\srole\s*=\s*["']?tablist\b|\sclass\s*=\s*(?:"[^"]*|'[^']*)\bnav-(?:tabs|pills)\b/i;
const tabPanels = /\srole\s*=\s*["']?tabpanel\b|\sclass\s*=\s*(?:"[^"]*|'[^']*)\btab-(?:content|pane)\b/i;

/** Makes one group of a row of tabs and of the panels right behind it. */
function joinTabs(groups: readonly (readonly RootContent[])[]): readonly (readonly RootContent[])[] {
  const joined: (readonly RootContent[])[] = [];
  for (const group of groups) {
    const [last, first] = [joined.at(-1), group[0]];
    const isBar =
      last?.every(isHtml) === true && last.some((node) => 'value' in node && tabBar.test(node.value));
    if (isBar && first?.type === 'html' && tabPanels.test(first.value))
      joined.splice(-1, 1, [...last, ...group]);
    else joined.push(group);
  }
  return joined;
}

/** What raw HTML says by itself; only its words where it is nested beyond reason. */
function liftAlone(node: Html, { dialect, lines }: SourceText): readonly RootContent[] {
  const woven = weaveHtml([node], 'blocks', lines);
  if (woven !== undefined) return liftBlocks(woven, dialect);
  const words = readPieces(node.value).pieces.map((one) => (one.kind === 'text' ? one.text : ' '));
  const value = words.join('').replaceAll(/\s+/g, ' ');
  return toParagraphs([{ ...node, type: 'text', value }]);
}

function liftAmongText(
  siblings: readonly PhrasingContent[],
  { dialect, lines }: SourceText,
): readonly PhrasingContent[] {
  const woven = weaveHtml(siblings, 'text', lines);
  return woven === undefined ? siblings.filter((node) => !isHtml(node)) : liftText(woven, dialect);
}
