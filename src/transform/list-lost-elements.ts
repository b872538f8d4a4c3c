import type { Html, Root } from 'mdast';
import type { Place } from '../model/diagnostic.ts';
import { listElements } from '../reading/html/parse-html.ts';
import { walk } from '../reading/walk.ts';

const lostElements: ReadonlySet<string> = new Set([
  'script',
  'svg',
  'object',
  'embed',
  'canvas',
  'form',
  'iframe',
]);

/** Controls, which are reported with their form or by themselves. */
const controls: ReadonlySet<string> = new Set(['button', 'select', 'textarea']);

const top: Place = { line: 1, column: 1 };

/** The elements in the raw HTML of a tree that show nothing outside a page, each with its place in the file. */
export function listLostElements(tree: Root): readonly { readonly tagName: string; readonly place: Place }[] {
  const found: { readonly tagName: string; readonly place: Place }[] = [];
  walk(tree, (node) => {
    if (node.type !== 'html') return;
    const elements = listElements(node.value);
    const holdsForm = elements.some(({ tagName }) => tagName === 'form');
    for (const { tagName, position } of elements) {
      if (lostElements.has(tagName) || (controls.has(tagName) && !holdsForm))
        found.push({ tagName, place: placeInFile(node, position?.start) });
    }
  });
  return found;
}

function placeInFile(node: Html, start: Place = top): Place {
  const { line, column } = node.position?.start ?? top;
  return {
    line: line + start.line - 1,
    column: start.line === 1 ? column + start.column - 1 : start.column,
  };
}
