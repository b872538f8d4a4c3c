import type { Nodes, Root, RootContent } from 'mdast';
import { cleanText, cutText } from '../reading/plain-text.ts';
import { spellScripts } from './plain-scripts.ts';

/** How much of a post makes an opening at most, and from where on it needs no further block, in UTF-16 units. */
const openingLimit = 300;
const openingEnough = 140;

const blockBreak = '\n\n';

/**
 * How a post begins, as plain text: its first paragraph and, where that is short or leads on, the paragraphs or the
 * short list right after it. A term stands before its definition, with a colon. Empty if there is no paragraph.
 */
export function findOpening(tree: Root): string {
  let opening = '';
  let isAfterTerm = false;
  for (const [index, node] of tree.children.entries()) {
    if (isTagOf(node, 'd[ltd]')) continue;
    const leadsOn = /[:：]$/.test(opening);
    const isTerm = isTagOf(tree.children[index - 1], 'dt');
    const text = `${cleanText(toPlainText(node))}${isTerm ? ':' : ''}`;
    const follows =
      node.type === 'paragraph' ||
      (node.type === 'list' && leadsOn && opening.length + text.length < openingLimit);
    if (opening !== '' && (!follows || (opening.length >= openingEnough && !leadsOn))) break;
    if (!follows || text === '') continue;
    opening += `${opening === '' ? '' : isAfterTerm ? ' ' : blockBreak}${text}`;
    isAfterTerm = isTerm;
  }
  return cutText(opening, openingLimit).replace(/[:：]$/, '…');
}

/** Whether a node is nothing but a tag of one of some names. */
function isTagOf(node: RootContent | undefined, names: string): boolean {
  return node?.type === 'html' && new RegExp(`^</?${names}>$`).test(node.value);
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
