import type { Code, List, ListItem, Nodes, Parents, RootContent } from 'mdast';
import { chooseCodeForm } from './code.ts';
import { isMath } from './fit-forem.ts';
import { walk } from '../../../reading/walk.ts';

/**
 * Whether Forem's markdown keeps a list together: numbers start at 1, items open with a paragraph, anything else
 * than lists stands at the outermost level, fences and quotes only in lists that stand in nothing else, a list of the other kind comes right after its paragraph and last, and
 * nothing in it changes when it is read as markdown twice.
 */
export function fitsMarkdown(list: List, isWithin = false): boolean {
  if (isWithin && (holdsCode(list) || holdsQuote(list))) return false;
  return levelFitsMarkdown(list, 1) && !(holdsSameKind(list) && changesWhenReadTwice(list));
}

/** Whether a node is a list of the other kind: numbered in a list that is not, or the other way round. */
export function isOtherList(node: RootContent, list: List): boolean {
  return node.type === 'list' && (node.ordered === true) !== (list.ordered === true);
}

/**
 * Whether a list holds one of its own kind at any depth. Forem reads its own HTML as markdown once more, and what
 * follows the end of such an inner list is then read as text.
 */
export function holdsSameKind(list: List): boolean {
  let holds = false;
  walk(list, (inner) => {
    holds ||= inner.type === 'list' && (inner.ordered === true) === (list.ordered === true);
  });
  return holds;
}

/** Whether an item holds more than its first paragraph and lists. */
export function holdsBlocks({ children }: ListItem): boolean {
  return children.some((child, index) => index > 0 && child.type !== 'list');
}

/**
 * The code that is printed without a fence, so that Forem does not highlight it. Code in parts that readers open is left out,
 * because Forem never highlights it.
 */
export function listPlainCode(tree: Parents): readonly Code[] {
  let hasNotes = false;
  walk(tree, (node) => {
    hasNotes ||= node.type === 'footnoteReference';
  });
  return listUnfenced(tree, hasNotes, false);
}

function listUnfenced(tree: Nodes, hasNotes: boolean, isWithin: boolean): readonly Code[] {
  if (tree.type === 'code') {
    return (chooseCodeForm(tree) === 'html' && highlights(tree)) || (isWithin && hasNotes) ? [tree] : [];
  }
  if (tree.type === 'details' && !isWithin) return [];
  if (tree.type === 'footnoteDefinition' || (tree.type === 'list' && !fitsMarkdown(tree, isWithin))) {
    return listCode(tree);
  }
  if (!('children' in tree)) return [];
  const holds = isWithin || tree.type === 'blockquote';
  return tree.children.flatMap((child) => listUnfenced(child, hasNotes, holds));
}

/** Whether a fence would be highlighted at all. */
function highlights({ lang }: Code): boolean {
  return lang !== null && lang !== undefined && lang !== '';
}

function listCode(tree: Parents): readonly Code[] {
  const found: Code[] = [];
  walk(tree, (node) => {
    if (node.type === 'code') found.push(node);
  });
  return found;
}

function levelFitsMarkdown(list: List, level: number): boolean {
  if (list.ordered === true && (list.start ?? 1) !== 1) return false;
  const hasOther = list.children.some((item) => item.children.some((child) => isOtherList(child, list)));
  if (hasOther && list.children.some(holdsBlocks)) return false;
  return list.children.every((item) => itemFitsMarkdown(item, list, level));
}

function itemFitsMarkdown({ children }: ListItem, list: List, level: number): boolean {
  const [first, ...rest] = children;
  if (first === undefined) return true;
  if (first.type !== 'paragraph') return false;
  return rest.every((child, index) => {
    if (child.type === 'list') {
      const standsWell = isOtherList(child, list) ? rest.length === 1 : rest[index + 1]?.type !== 'list';
      return (
        standsWell &&
        levelFitsMarkdown(child, level + 1) &&
        !(holdsSameKind(child) && changesWhenReadTwice(child))
      );
    }
    if (level > 1) return false;
    if (child.type === 'code') {
      return chooseCodeForm(child) !== 'html' && rest[index + 1]?.type !== 'code';
    }
    if (child.type === 'blockquote') return !holdsCode(child) && rest[index + 1]?.type !== 'blockquote';
    return child.type === 'paragraph' || child.type === 'table';
  });
}

/** Whether there is a block of code at any depth; Forem moves fences to the start of a line, out of what holds the list. */
function holdsCode(tree: Parents): boolean {
  return listCode(tree).length > 0;
}

function holdsQuote(tree: Parents): boolean {
  let holds = false;
  walk(tree, (node) => {
    holds ||= node.type === 'blockquote';
  });
  return holds;
}

function changesWhenReadTwice(list: List): boolean {
  let changes = false;
  walk(list, (node) => {
    changes ||= isMath(node);
    if (node.type !== 'text' && node.type !== 'inlineCode') return;
    changes ||= /[*`[\]\\]|~~|(?<![a-z\d])_|_(?![a-z\d])|:\/\/|\bwww\.|\w@\w/i.test(node.value);
  });
  return changes;
}
