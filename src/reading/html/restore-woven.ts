import type { Element, ElementContent } from 'hast';
import { holdsNode } from '../walk.ts';
import { isPersonal } from './clean-html.ts';
import { findElement, makeElement, propertyOf, rewriteElements } from './hast.ts';
import type { Woven } from './lift-weave.ts';
import { readWords } from './lift-words.ts';
import { isIcon, readLabel } from './read-picture.ts';
import { restoreBoxes } from './restore-boxes.ts';
import { isReplacedBy, showNoscripts, waitsForScript } from './restore-media.ts';
import { gatherItems } from './restore-structure.ts';

/** Does with the blocks of a post's own HTML what is done with a page's. Changes the tree in place. */
export function restoreWovenBlocks(woven: Woven): void {
  restoreWovenText(woven);
  restoreBoxes(woven.root, (element) => readWords(element, woven));
  gatherItems(woven.root);
}

/** Does with the running text of a post's own HTML what is done with a page's. Changes the tree in place. */
export function restoreWovenText({ root, nodeOf }: Woven): void {
  const isPicture = (element: Element): boolean => {
    const node = nodeOf(element);
    return node !== undefined && (node.type === 'image' || holdsNode(node, 'image'));
  };
  const isMarkdown = (element: Element): boolean => nodeOf(element) !== undefined;
  showNoscripts(
    root,
    isPicture,
    (element, media) =>
      findElement(element, isMarkdown) === undefined && isReplacedBy(element, media, waitsForScript),
  );
  rewriteElements(root, (element): readonly ElementContent[] => {
    if (element.tagName === 'form') return openForm(element);
    return element.tagName === 'svg' ? nameIcon(element) : [element];
  });
}

const controls: ReadonlySet<string> = new Set('button input select textarea'.split(' '));

/** A form, which is told of and shown nowhere, and behind it what it says; nothing of one that asks for an address or a search. */
function openForm(form: Element): readonly ElementContent[] {
  const { children } = form;
  const bare: Element = { ...form, children: [] };
  if (isPersonal(form) !== undefined) return [bare];
  const said = makeElement('div', children);
  rewriteElements(said, (element) => (controls.has(element.tagName) ? [] : [element]));
  return [bare, ...said.children];
}

/** A drawing; of one that stands beside words for decoration its name, and nothing of one that is hidden from who hears the page. */
function nameIcon(drawing: Element): readonly ElementContent[] {
  if (propertyOf(drawing, 'ariaHidden') === 'true') return [];
  const label = isIcon(drawing) ? readLabel(drawing) : '';
  return label === '' ? [drawing] : [{ type: 'text', value: label }];
}
