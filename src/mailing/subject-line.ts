import type { Paragraph, PhrasingContent, Root } from 'mdast';
import { toString } from 'mdast-util-to-string';

const unseen: ReadonlySet<string> = new Set(['yaml', 'toml', 'definition', 'comment']);

/** The paragraph at the top of a letter whose first line repeats its subject, as in `Subject: On ledgers`. */
export function findSubjectLine(tree: Root): Paragraph | undefined {
  const first = tree.children.find(
    (node) => !unseen.has(node.type) && !(node.type === 'heading' && node.depth === 1),
  );
  return first?.type === 'paragraph' && /^\s*subject(?: line)?\s*:/i.test(toString(first))
    ? first
    : undefined;
}

/** Takes out the line that repeats the subject, and a rule right under it: mail programs show the subject themselves. */
export function dropSubjectLine(tree: Root): void {
  const line = findSubjectLine(tree);
  if (line === undefined) return;
  const index = tree.children.indexOf(line);
  const rest = cutFirstLine(line.children);
  const next = tree.children[index + 1];
  const ruled = rest.length === 0 && next?.type === 'thematicBreak';
  tree.children.splice(index, ruled ? 2 : 1, ...(rest.length > 0 ? [{ ...line, children: rest }] : []));
}

function cutFirstLine(children: readonly PhrasingContent[]): PhrasingContent[] {
  for (const [index, child] of children.entries()) {
    const after = children.slice(index + 1);
    if (child.type === 'break') return after;
    if (child.type !== 'text' || !child.value.includes('\n')) continue;
    const value = child.value.slice(child.value.indexOf('\n') + 1);
    return value === '' ? after : [{ ...child, value }, ...after];
  }
  return [];
}
