import type { Blockquote, Code, List, Nodes, PhrasingContent, RootContent, Table, TableRow } from 'mdast';
import {
  escapeAttribute,
  escapeHtmlMath,
  escapeHtmlText,
  escapePreformatted,
  escapeUrl,
  joinLines,
  separateBraces,
} from './escape.ts';
import { groupHtml } from './group-html.ts';
import { filterBlockHtml, filterInlineHtml, isLineBreak } from './raw-html.ts';
import { holdsSameKind } from './list.ts';
import { listChildren, resolveReference, type ForemScope } from './scope.ts';

/**
 * A list as a block of HTML, for the lists that Forem's markdown would take apart. Forem takes the first end tag at
 * the start of a line for the end of the block, so an inner list of the same kind needs another element around it.
 */
export function printHtmlList(list: List, scope: ForemScope): string {
  const [open, close] = listTags(list);
  const items = list.children.map(
    (item) => `<li>${printItem(item.children, list, item.checked, scope)}</li>`,
  );
  const lines = [open, ...items, close];
  return (holdsSameKind(list) ? ['<dl>', ...lines, '</dl>'] : lines).join('\n');
}

/** Code as a block of HTML, which is not highlighted, for code that no fence can hold. */
export function printHtmlCode({ value }: Code): string {
  return `<pre><code>${escapePreformatted(value)}\n</code></pre>`;
}

/** Any block as HTML that can stand within a block of HTML. */
export function printHtmlBlock(node: RootContent, scope: ForemScope): string {
  switch (node.type) {
    case 'paragraph':
      return `<p>${printHtmlInline(node.children, scope)}</p>`;
    case 'heading':
      return `<h${node.depth}>${printHtmlInline(node.children, scope)}</h${node.depth}>`;
    case 'code':
      return printHtmlCode(node);
    case 'blockquote':
      return printQuote(node, scope);
    case 'list': {
      const [open, close] = listTags(node);
      const items = node.children.map(
        (item) => `<li>${printItem(item.children, node, item.checked, scope)}</li>`,
      );
      return `${open}${items.join('')}${close}`;
    }
    case 'table':
      return printTable(node, scope);
    case 'thematicBreak':
      return '<hr>';
    case 'math':
      return `<p>${printMath(`\\displaystyle ${node.value}`)}</p>`;
    case 'html':
      return filterBlockHtml([{ raw: node.value }]).join(' ');
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
      return '';
    default:
      return printHtmlInline([node as PhrasingContent], scope);
  }
}

/** What `groupHtml` put together, as the blocks Forem shows of it. */
export function printHtmlGroup(nodes: readonly RootContent[], scope: ForemScope): readonly string[] {
  return filterBlockHtml(
    nodes.map((node) =>
      node.type === 'html' ? { raw: node.value } : { ready: printHtmlBlock(node, scope) },
    ),
  );
}

/** Blocks as HTML that can stand within a block of HTML, one after another. */
function printHtmlBlocks(nodes: readonly RootContent[], scope: ForemScope): string {
  return groupHtml(nodes)
    .flatMap((group) => {
      const [node] = group;
      return group.length === 1 && node ? [printHtmlBlock(node, scope)] : printHtmlGroup(group, scope);
    })
    .join('');
}

/** TeX in the line: what Forem makes of a block of it ends, in the second reading, a fence that stands before. */
function printMath(tex: string): string {
  return `{% katex inline %}${escapeHtmlMath(joinLines(tex))}{% endkatex %}`;
}

/** A quote. Within another quote it is a description, which looks alike, because the first end tag would end both. */
function printQuote({ children }: Blockquote, scope: ForemScope): string {
  const content = printHtmlBlocks(children, { within: 'quote', ...scope });
  return scope.within === 'quote' ? `<dl><dd>${content}</dd></dl>` : `<blockquote>${content}</blockquote>`;
}

function listTags({ ordered, start }: List): readonly [open: string, close: string] {
  if (ordered !== true) return ['<ul>', '</ul>'];
  return [start === null || start === undefined || start === 1 ? '<ol>' : `<ol start="${start}">`, '</ol>'];
}

function printItem(
  children: readonly RootContent[],
  list: List,
  checked: boolean | null | undefined,
  scope: ForemScope,
): string {
  const box = checked === true ? '☑ ' : checked === false ? '☐ ' : '';
  const isBare =
    (list.spread !== true || box !== '') && children.slice(1).every((child) => child.type === 'list');
  const [first, ...rest] = children;
  if (first?.type !== 'paragraph') {
    return box + printHtmlBlocks(children, scope);
  }
  const text = box + printHtmlInline(first.children, scope);
  return (isBare ? keepBreaks(text) : `<p>${text}</p>`) + printHtmlBlocks(rest, scope);
}

/** Forem takes away a `<br>` that stands directly in a list item. */
export function keepBreaks(text: string): string {
  return text.includes('<br>') ? `<span>${text}</span>` : text;
}

function printTable({ children, align }: Table, scope: ForemScope): string {
  const [head, ...rows] = children;
  if (head === undefined) return '';
  const printRow = (row: TableRow, tag: 'th' | 'td'): string => {
    const cells = head.children.map((_, index) => {
      const side = align?.[index];
      const style = side === null || side === undefined ? '' : ` style="text-align: ${side}"`;
      return `<${tag}${style}>${printHtmlInline(row.children[index]?.children ?? [], scope)}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  };
  const body = rows.map((row) => printRow(row, 'td')).join('');
  return `<table><thead>${printRow(head, 'th')}</thead><tbody>${body}</tbody></table>`;
}

function printHtmlInline(nodes: readonly PhrasingContent[], scope: ForemScope): string {
  return nodes.reduce((before, node) => {
    const piece = printPiece(node, scope);
    return `${separateBraces(before, piece)}${piece}`;
  }, '');
}

function printPiece(node: PhrasingContent, scope: ForemScope): string {
  switch (node.type) {
    case 'text':
      return escapeHtmlText(joinLines(node.value));
    case 'emphasis':
      return `<em>${printHtmlInline(node.children, scope)}</em>`;
    case 'strong':
      return `<strong>${printHtmlInline(node.children, scope)}</strong>`;
    case 'delete':
      return `<del>${printHtmlInline(node.children, scope)}</del>`;
    case 'inlineCode':
      return `<code>${escapePreformatted(joinLines(node.value))}</code>`;
    case 'inlineMath':
      return printMath(node.value);
    case 'break':
      return '<br>';
    case 'html':
      return isLineBreak(node.value) ? '<br>' : filterInlineHtml(node.value);
    case 'footnoteReference': {
      const note = scope.footnotes.get(node.identifier);
      return note === undefined ? '' : ` (${printHtmlInline(readParagraphs(note), scope)})`;
    }
    default: {
      const resolved = resolveReference(node, scope);
      if (resolved === undefined) return printHtmlInline(listChildren(node) as PhrasingContent[], scope);
      return resolved.kind === 'image'
        ? `<img src="${escapeUrl(resolved.url)}" alt="${escapeAttribute(resolved.alt)}">`
        : `<a href="${escapeUrl(resolved.url)}">${printHtmlInline(resolved.children, scope)}</a>`;
    }
  }
}

/** The text of a footnote's paragraphs, for where Forem knows no footnotes. */
function readParagraphs(node: Nodes): readonly PhrasingContent[] {
  if (!('children' in node)) return [];
  return node.children.flatMap((child) => (child.type === 'paragraph' ? child.children : []));
}
