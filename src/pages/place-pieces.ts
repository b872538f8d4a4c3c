import type { Nodes, Root, RootContent } from 'mdast';
import { htmlToTree } from '../reading/html/html-to-tree.ts';
import { liftHtml } from '../reading/html/lift-html.ts';
import { walk } from '../reading/walk.ts';
import type { Mark, Missing, Piece, Pieces } from './define.ts';
import { changeSpan } from './change-span.ts';

/** A tree with its pieces in it; the tree that is given stays as it is, and so do marks without a piece, which say why. */
export function placePieces(tree: Root, marks: readonly Mark[], pieces: Pieces): Root {
  let placed = tree;
  for (const mark of marks.toReversed()) {
    const found = pieces.get(mark.key);
    if (found === undefined) continue;
    placed = changeSpan(placed, mark.span, (nodes) =>
      found.seen === 'nothing' ? nodes.map((node) => tell(node, found)) : readPiece(found, mark),
    );
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

/** A node whose constructs say why the page does not tell what they are. */
function tell<Node extends Nodes>(node: Node, { reason, words }: Pick<Missing, 'reason' | 'words'>): Node {
  if (node.type === 'unknown') return { ...node, missing: { reason, words } };
  if (!('children' in node)) return node;
  return { ...node, children: node.children.map((child) => tell(child, { reason, words })) };
}
