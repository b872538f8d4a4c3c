import type { Root, RootContent } from 'mdast';
import { walk } from '../walk.ts';
import { parseWords } from './parse-words.ts';
import { titleNote } from './title-note.ts';

const comment = /^\s*<!--\s*(?:endtab|tab(?:\s+(?<label>[^>]*?))?)\s*-->\s*$/i;

/** Makes labels of the comments between which Hexo's theme NexT has its tabs: `<!-- tab The label@icon -->`. */
export function translateTabComments(tree: Root, _: unknown, text: string): void {
  if (!/<!--\s*endtab\s*-->/i.test(text)) return;
  walk(tree, (node, index, parent) => {
    const found = node.type === 'html' ? comment.exec(node.value) : null;
    if (found === null) return undefined;
    const label = (found.groups?.['label'] ?? '').replace(/@[^@]*$/, '').trim();
    const made = label === '' ? [] : [titleNote(parseWords(label))];
    (parent.children as RootContent[]).splice(index, 1, ...made);
    return index + made.length;
  });
}
