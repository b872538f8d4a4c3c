import type { Nodes, Root, RootContent } from 'mdast';
import { htmlToTree } from '../reading/html/html-to-tree.ts';
import { liftHtml } from '../reading/html/lift-html.ts';
import { walk } from '../reading/walk.ts';
import type { Mark, Missing, Piece, Pieces } from './define.ts';
import { findParent } from './find-marks.ts';

/** A tree with its pieces in it; the tree that is given stays as it is, and so do marks without a piece, which say why. */
export function placePieces(tree: Root, marks: readonly Mark[], pieces: Pieces): Root {
  if (!marks.some(({ key }) => pieces.has(key))) return tree;
  const placed = structuredClone(tree);
  for (const mark of marks.toReversed()) {
    const { first, last } = mark.span;
    const parent = findParent(placed, mark.span);
    const found = pieces.get(mark.key);
    if (found === undefined) continue;
    if (found.seen === 'nothing') tell(parent.children.slice(first, last + 1), found);
    else (parent.children as RootContent[]).splice(first, last - first + 1, ...readPiece(found, mark));
  }
  return placed;
}

function readPiece({ html }: Piece, { place, key }: Mark): readonly RootContent[] {
  const { tree } = htmlToTree(html);
  liftHtml(tree);
  nameNotes(tree, key.slice(0, 8));
  const point = { line: place.line, column: place.column };
  walk(tree, (node) => {
    node.position = { start: point, end: point };
    Object.assign(node, { data: { ...node.data, fromPage: true } });
  });
  return tree.children;
}

/** Tells the footnotes of a piece from those of the post and of other pieces. */
function nameNotes(tree: Root, prefix: string): void {
  walk(tree, (node) => {
    if (node.type !== 'footnoteReference' && node.type !== 'footnoteDefinition') return;
    node.identifier = `${prefix}-${node.identifier}`;
    node.label = node.identifier;
  });
}

function tell(nodes: readonly Nodes[], { reason, words }: Pick<Missing, 'reason' | 'words'>): void {
  for (const node of nodes) {
    if (node.type === 'unknown') node.missing = { reason, words };
    else if ('children' in node) tell(node.children, { reason, words });
  }
}
