import type { Blockquote, Code, List, ListItem, Paragraph, Root, RootContent, Table } from 'mdast';
import { chooseCodeForm, hidesFootnotes } from './code.ts';
import { writePage } from './embeds.ts';
import { escapeLineStart, escapeMath, escapeText } from './escape.ts';
import { keepBreaks, printHtmlBlock, printHtmlCode, printHtmlGroup, printHtmlList } from './html.ts';
import { groupHtml } from './group-html.ts';
import { fitsMarkdown, holdsBlocks, isOtherList } from './list.ts';
import { inParagraph, printHeading, printInline, printLines } from './inline.ts';
import { filterBlockHtml } from './raw-html.ts';
import { listChildren, readScope, type ForemScope } from './scope.ts';
import { fitForem, type ForemEmbeds } from './fit-forem.ts';
import type { Details } from '../../../reading/nodes.ts';

/**
 * Prints a tree as the markdown that shows it on Forem, whose Redcarpet, Liquid and sanitizer differ from GFM
 * (forem/forem app/services/markdown_processor/parser.rb, checked November 2026).
 */
export function printForem(tree: Root, embeds: ForemEmbeds = true): string {
  const fitted = fitForem(tree, embeds);
  const scope = readScope(fitted);
  const body = [...printBlocks(fitted.children, scope), ...printFootnotes(scope)].join('\n\n');
  return body === '' ? '' : `${defuseRules(body)}\n`;
}

const separator = '<!-- -->';

/** Forem joins lists, and quotes, that follow each other; a comment keeps them apart and is not shown. */
function printBlocks(nodes: readonly RootContent[], scope: ForemScope): readonly string[] {
  const blocks: string[] = [];
  let previous: RootContent | undefined;
  for (const group of groupHtml(nodes)) {
    const [node] = group;
    if (node === undefined) continue;
    const block = group.length === 1 ? printBlock(node, scope) : printHtmlGroup(group, scope).join('\n\n');
    if (block === '') continue;
    if (previous?.type === node.type && (node.type === 'list' || node.type === 'blockquote')) {
      blocks.push(separator);
    }
    blocks.push(block);
    previous = node;
  }
  return blocks;
}

function printBlock(node: RootContent, scope: ForemScope): string {
  switch (node.type) {
    case 'paragraph':
      return printLines(node.children, inParagraph(scope));
    case 'heading':
      return `${'#'.repeat(node.depth)} ${printHeading(node, scope)}`.trim();
    case 'code':
      return printCode(node, scope);
    case 'blockquote':
      return printQuote(node, scope);
    case 'list':
      return fitsMarkdown(node, scope.within !== undefined)
        ? printList(node, scope)
        : printHtmlList(node, scope);
    case 'table':
      return printTable(node, scope);
    case 'thematicBreak':
      return '***';
    case 'html':
      return filterBlockHtml([{ raw: node.value }]).join('\n\n');
    case 'details':
      return printDetails(node, scope);
    case 'embed':
      return `{% embed ${writePage(node.url)} %}`;
    case 'math':
      return printMath(node.value);
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
      return '';
    default:
      return printUnknown(node, scope);
  }
}

/**
 * A part that readers open. Forem reads it once more by itself, and what its own marks around a fence leave behind would end it
 * early; code in it is not highlighted either way. The summary is in the tag itself, so nothing in it may look like the tag's end.
 */
function printDetails({ children }: Details, scope: ForemScope): string {
  const summary = children.find((child) => child.type === 'summary');
  const blocks = children.filter((child): child is RootContent => child.type !== 'summary');
  const words = printInline(summary?.children ?? [], {
    ...inParagraph(scope),
    inTag: true,
    lineBreak: '<br>',
  })
    .replaceAll(/\{% (?:raw|endraw) %\}/g, '')
    .replaceAll(/\{(?=[{%])|%(?=\})/g, '$& ')
    .trim();
  return [
    `{% details ${words === '' ? 'Details' : words} %}`,
    ...printBlocks(blocks, { ...scope, within: 'details' }),
    '{% enddetails %}',
  ].join('\n\n');
}

/** TeX in a paragraph of its own, none of whose lines starts another block. */
function printMath(tex: string): string {
  const lines = escapeMath(tex)
    .split('\n')
    .map((line) => escapeLineStart(line.trim()))
    .filter((line) => line !== '');
  return ['{% katex %}', ...lines, '{% endkatex %}'].join('\n');
}

/** Shows at least the words of a node that only a plug-in knows. */
function printUnknown(node: RootContent, scope: ForemScope): string {
  if ('value' in node) return escapeLineStart(escapeText(node.value, { inTable: false, inLink: false }));
  return printBlocks(listChildren(node) as readonly RootContent[], scope).join('\n\n');
}

/** Code; Forem takes the end of a fence in a quote for no end, and one like it in code for one, and then finds no footnotes. */
function printCode(node: Code, { within, numbers }: ForemScope): string {
  const losesNotes = numbers.size > 0 && (within === 'quote' || hidesFootnotes(node.value));
  const form = within === 'details' || losesNotes ? 'html' : chooseCodeForm(node);
  if (form === 'html') return printHtmlCode(node);
  const fence = form === 'backticks' ? '```' : '~~~';
  const language = /^[\p{L}\p{N}_+#.-]+/u.exec(node.lang ?? '')?.[0] ?? '';
  return `${fence}${language}\n${node.value === '' ? '' : `${node.value}\n`}${fence}`;
}

function printQuote({ children }: Blockquote, scope: ForemScope): string {
  return prefixLines(printBlocks(children, { within: 'quote', ...scope }).join('\n\n'), '> ', '>');
}

/** A list in markdown; a blank line in an inner one can end the outer one. */
function printList(list: List, scope: ForemScope, isInner = false): string {
  const hasOther = list.children.some((item) => item.children.some((child) => isOtherList(child, list)));
  const isLoose = !isInner && !hasOther && (list.spread === true || list.children.some(holdsBlocks));
  return list.children
    .map((item, index) => {
      const mark = list.ordered === true ? `${index + 1}. ` : '- ';
      return mark + printItem(item, isLoose, scope);
    })
    .join(isLoose ? '\n\n' : '\n');
}

const itemIndent = '    ';

function printItem({ children, checked }: ListItem, isLoose: boolean, scope: ForemScope): string {
  const [first, ...rest] = children;
  const box = checked === true ? '☑ ' : checked === false ? '☐ ' : '';
  const text = first?.type === 'paragraph' ? printItemText(first, scope) : '';
  const blocks = rest.map((child) => prefixLines(printItemBlock(child, scope), itemIndent, ''));
  const holds = rest.some((child) => child.type !== 'list');
  return [box + text === '' ? '&nbsp;' : box + text, ...blocks.filter((block) => block !== '')].join(
    isLoose && holds ? '\n\n' : '\n',
  );
}

function printItemBlock(node: RootContent, scope: ForemScope): string {
  if (node.type === 'paragraph') return printItemText(node, scope);
  return node.type === 'list' && fitsMarkdown(node) ? printList(node, scope, true) : printBlock(node, scope);
}

function printItemText({ children }: Paragraph, scope: ForemScope): string {
  return keepBreaks(printLines(children, { ...inParagraph(scope), lineBreak: '<br>' }));
}

/** A table whose rules have at most two dashes, since Forem looks for front matter between threes. */
function printTable({ children, align }: Table, scope: ForemScope): string {
  const [head, ...rows] = children;
  if (head === undefined) return '';
  const columns = head.children.length;
  const place = { ...inParagraph(scope), inTable: true, lineBreak: '<br>' } as const;
  const printRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const printCells = ({ children: cells }: Table['children'][number]): string =>
    printRow(
      Array.from({ length: columns }, (_, index) => printInline(cells[index]?.children ?? [], place).trim()),
    );
  const rule = printRow(
    Array.from({ length: columns }, (_, index) => {
      const side = align?.[index];
      return side === 'left' ? ':-' : side === 'right' ? '-:' : side === 'center' ? ':-:' : '-';
    }),
  );
  return [printCells(head), rule, ...rows.map(printCells)].join('\n');
}

/** Footnotes at the end, in the order they are referred to; Forem takes neither a fence nor a second line inside one. */
function printFootnotes(scope: ForemScope): readonly string[] {
  return [...scope.numbers].flatMap(([identifier, number]) => {
    const note = scope.footnotes.get(identifier);
    if (note === undefined) return [];
    const blocks = note.children.map((child) =>
      child.type === 'paragraph'
        ? printLines(child.children, { ...inParagraph(scope), lineBreak: '<br>' })
        : printHtmlBlock(child, scope),
    );
    const [first = '', ...rest] = blocks.filter((block) => block !== '');
    return [
      [`[^${number}]: ${first}`, ...rest.map((block) => prefixLines(block, itemIndent, ''))].join('\n\n'),
    ];
  });
}

/** An empty rule in a comment, so that Forem finds no `title:` between two rules to put in quotes. */
function defuseRules(body: string): string {
  const span = /-{3}[\s\S]*?-{3}/.exec(body)?.[0] ?? '';
  return /(?:title|description):/.test(span) ? `<!-- ------ -->\n\n${body}` : body;
}

function prefixLines(text: string, prefix: string, blank: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? blank : prefix + line))
    .join('\n');
}
