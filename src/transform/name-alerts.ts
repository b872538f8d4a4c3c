import type { Paragraph, Root } from 'mdast';
import { titleNote } from '../reading/dialects/title-note.ts';
import { walk } from '../reading/walk.ts';

const alertMark = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i;

/** Opens a GitHub alert with its name as a bold word, for places that would show its mark, such as `[!NOTE]`. */
export function nameAlerts(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'blockquote') return;
    const [first] = node.children;
    if (first?.type === 'paragraph') node.children.splice(0, 1, ...nameAlert(first));
  });
}

function nameAlert(paragraph: Paragraph): readonly Paragraph[] {
  const [mark, ...rest] = paragraph.children;
  const [whole, kind] = mark?.type === 'text' ? (alertMark.exec(mark.value) ?? []) : [];
  if (mark?.type !== 'text' || whole === undefined || kind === undefined) return [paragraph];
  const word = kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase();
  const title = titleNote([{ type: 'text', value: word }]);
  const remaining = mark.value.slice(whole.length);
  const text = remaining === '' ? rest : [{ type: 'text', value: remaining } as const, ...rest];
  if (text[0]?.type === 'break') text.shift();
  return text.length === 0 ? [title] : [title, { type: 'paragraph', children: text }];
}
