import type { Code, Root } from 'mdast';
import { walk } from '../walk.ts';

/** Languages in which code about these marks is written. */
const about = /^(?:md|mdx|markdown|mdc|html?|text|txt|diff)$/i;

const opening = String.raw`(?://|#|--|/\*|<!--|\{/\*|;|%|')`;
const closing = String.raw`[ \t]*(?:\*/\}|\*/|-->)?`;

/** Shiki's marks at the end of a line: `// [!code ++]`. */
const shikiMark = new RegExp(String.raw`[ \t]*${opening}[ \t]*\[!code ([^\]\n]+)\]${closing}[ \t]*$`);

/** Docusaurus' marks, each on a line of its own: `// highlight-next-line`. */
const lineMark = new RegExp(
  String.raw`^[ \t]*${opening}[ \t]*(?:(?:highlight|error)-next-line|(?:highlight|error)-(?:start|end))${closing}[ \t]*$`,
);

/** Takes out of code the comments that only tell the site how to show a line; lines that are marked as added or removed make a diff. */
export function cleanCode(tree: Root): void {
  walk(tree, (node) => {
    if (node.type === 'code' && !about.test(node.lang ?? '')) cleanLines(node);
  });
}

function cleanLines(code: Code): void {
  if (!/\[!code |-next-line|-(?:start|end)/.test(code.value)) return;
  const lines = code.value
    .split('\n')
    .flatMap((line): readonly { readonly text: string; readonly sign: string }[] => {
      if (lineMark.test(line)) return [];
      const mark = shikiMark.exec(line);
      if (mark === null) return [{ text: line, sign: ' ' }];
      const text = line.slice(0, mark.index);
      const [, word = ''] = mark;
      if (text.trim() === '') return [];
      return [{ text, sign: word.startsWith('++') ? '+' : word.startsWith('--') ? '-' : ' ' }];
    });
  const isDiff = lines.some(({ sign }) => sign !== ' ');
  code.value = lines.map(({ text, sign }) => (isDiff ? `${sign}${text}` : text)).join('\n');
  if (isDiff) code.lang = 'diff';
}
