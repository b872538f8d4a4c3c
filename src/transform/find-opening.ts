import type { Nodes, Root } from 'mdast';
import { cleanText, cutText } from '../reading/plain-text.ts';
import { spellScripts } from './plain-scripts.ts';

/** How much of a post makes an opening at most, and from where on it needs no further block, in UTF-16 units. */
const openingLimit = 300;
const openingEnough = 140;

const blockBreak = '\n\n';

/**
 * How a post begins, as plain text: its first paragraph and, where that is short or leads on, the paragraphs or the
 * short list right after it. Empty if there is no paragraph.
 */
export function findOpening(tree: Root): string {
  let opening = '';
  for (const node of tree.children) {
    const leadsOn = /[:：]$/.test(opening);
    const text = cleanText(toPlainText(node));
    const follows =
      node.type === 'paragraph' ||
      (node.type === 'list' && leadsOn && opening.length + text.length < openingLimit);
    if (opening !== '' && (!follows || (opening.length >= openingEnough && !leadsOn))) break;
    if (follows && text !== '') opening += `${opening === '' ? '' : blockBreak}${text}`;
  }
  return cutText(opening, openingLimit).replace(/[:：]$/, '…');
}

const silent: ReadonlySet<string> = new Set([
  'yaml',
  'toml',
  'html',
  'footnoteDefinition',
  'figcaption',
  'embed',
  'unknown',
]);
const separators: Readonly<Partial<Record<string, string>>> = {
  root: blockBreak,
  blockquote: blockBreak,
  details: blockBreak,
  figure: blockBreak,
  only: blockBreak,
  listItem: '\n',
  table: '\n',
  tableRow: ' | ',
};

/**
 * What a tree says without its markup: items marked "•", code and TeX as they are. Left out are pictures with their
 * captions, embedded pages, HTML and footnotes.
 */
export function toPlainText(node: Nodes): string {
  if (silent.has(node.type)) return '';
  if (node.type === 'text') return node.value.replaceAll('\n', ' ');
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  if (node.type === 'list') {
    return node.children
      .map((item, index) => {
        const mark = node.ordered === true ? `${(node.start ?? 1) + index}.` : '•';
        return `${mark} ${toPlainText(item).replaceAll('\n', '\n  ')}`;
      })
      .join('\n');
  }
  if (!('children' in node)) return '';
  const parts = spellScripts<Nodes>(node.children).map(toPlainText);
  const separator = separators[node.type];
  return separator === undefined ? parts.join('') : parts.filter((part) => part !== '').join(separator);
}
