import type { Root } from 'hast';
import { walk } from '../walk.ts';

/** What only programs read, which browsers take for comments; of what Word leaves in its texts nobody misses anything. */
export function listPrograms(root: Root): readonly string[] {
  const phrases: string[] = [];
  walk(root, (node) => {
    const [name] = node.type === 'comment' ? (/^(?:\?(?!xml)[=\w]*|\[CDATA\[)/.exec(node.value) ?? []) : [];
    if (name !== undefined)
      phrases.push(
        `what browsers hide, as it begins with "<${name.startsWith('[') ? '!' : ''}${name}", was left out`,
      );
  });
  return phrases;
}
