import type {
  BlockContent,
  FootnoteDefinition,
  List,
  Nodes,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Table,
  TableCell,
} from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Post } from '../../../model/post.ts';
import type { Figcaption, Summary } from '../../../reading/nodes.ts';
import { parseHtml } from '../../../reading/html/parse-html.ts';
import { toPlainText } from '../../../transform/find-opening.ts';
import { spellScriptsInHtml } from '../../../transform/plain-scripts-in-html.ts';
import { spellScripts } from '../../../transform/plain-scripts.ts';
import { printHtml } from '../../../transform/to-html.ts';
import { escapeHtml } from '../../../base/escape-html.ts';
import { blockHolders } from '../../../reading/block-holders.ts';
import { walk } from '../../../reading/walk.ts';
import { keepDirections, readDirection } from './directions.ts';

/** What stands around an article's text. */
export interface ArticlePage {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** The cover's absolute URL. */
  readonly cover?: string;
  /** The original, which links within the page lead to. */
  readonly post: Pick<Post, 'id' | 'canonicalUrl'>;
}

/**
 * Prints a prepared tree as a page to copy into LinkedIn's article editor, which has no API. On paste it keeps text,
 * headings, links, lists, quotes and code; it drops pictures and has no tables, so that pictures become marked links and
 * tables lists. Third parties' reports of 2025 and 2026; LinkedIn documents none of it.
 */
export function printArticle(tree: Root, { title, language, cover, post }: ArticlePage): string {
  simplify(tree);
  const pictures =
    cover === undefined ? '' : ` Cover: <a href="${escapeHtml(cover)}">${escapeHtml(cover)}</a>.`;
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    '<style>',
    'body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif; }',
    'pre { overflow-x: auto; padding: 1rem; border: 1px solid; }',
    'header { user-select: none; -webkit-user-select: none; padding: 1rem; border: 1px solid; font-size: 0.9rem; }',
    '</style>',
    `<header>Headline: <strong>${escapeHtml(title)}</strong>. Select all, copy, and paste into a new article on LinkedIn; this box is not copied. Put in the pictures where their marks stand.${pictures}</header>`,
    printHtml(tree, post),
    '',
  ].join('\n');
}

function simplify(tree: Root): void {
  keepDirections(tree);
  const notes = numberFootnotes(tree);
  tree.children = tree.children.flatMap(simplifyBlock);
  walk(tree, (node, index, parent) => {
    if ('children' in node)
      (node as { children: Nodes[] }).children = [...spellScripts<Nodes>(node.children)];
    if (node.type === 'heading') node.depth = node.depth > 2 ? 3 : 2;
    const siblings = parent.children as RootContent[];
    if (node.type === 'footnoteReference') {
      siblings[index] = { type: 'text', value: `[${notes.numbers.get(node.identifier) ?? 0}]` };
    } else if (node.type === 'image') {
      siblings[index] = linkPicture(node.url, node.alt ?? '');
    } else if (node.type === 'inlineMath') {
      siblings[index] = { type: 'inlineCode', value: node.value };
    } else if (node.type === 'delete') {
      siblings.splice(index, 1, ...node.children);
      return index;
    } else if (node.type === 'html') {
      const said = readHtmlBlock(node.value);
      const shown = blockHolders.has(parent.type) ? said : said.flatMap(childrenOf);
      siblings.splice(index, 1, ...shown);
      return index + shown.length;
    }
    return undefined;
  });
  tree.children.push(...notes.definitions.flatMap(listNote));
}

function linkPicture(url: string, alt: string): PhrasingContent {
  return {
    type: 'link',
    url,
    children: [{ type: 'text', value: alt === '' ? '[picture]' : `[picture: ${alt}]` }],
  };
}

/** What a block becomes: what the editor does not know is said with what it does. */
function simplifyBlock(block: RootContent): readonly RootContent[] {
  switch (block.type) {
    case 'table':
      return [...nameColumns(block), listRows(block)];
    case 'details':
    case 'figure':
      return block.children.flatMap((child) => (isLine(child) ? [printLine(child)] : simplifyBlock(child)));
    case 'embed':
      return [
        paragraph([
          { type: 'link', url: block.url, children: [{ type: 'text', value: block.title ?? block.url }] },
        ]),
      ];
    case 'math':
      return [{ type: 'code', lang: null, meta: null, value: block.value }];
    case 'html':
      return readHtmlBlock(block.value);
    case 'footnoteDefinition':
      return [];
    case 'blockquote':
    case 'listItem':
      block.children = block.children.flatMap(simplifyBlock) as BlockContent[];
      return [block];
    case 'list':
      for (const item of block.children)
        item.children = item.children.flatMap(simplifyBlock) as BlockContent[];
      return [block];
    default:
      return [block];
  }
}

function isLine(node: RootContent): node is Summary | Figcaption {
  return node.type === 'summary' || node.type === 'figcaption';
}

function printLine({ type, children }: Summary | Figcaption): Paragraph {
  return paragraph([{ type: type === 'summary' ? 'strong' : 'emphasis', children }]);
}

function paragraph(children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}

/** The heads of a table's columns, in a line above its rows. */
function nameColumns({ children: [head] }: Table): readonly Paragraph[] {
  const cells = (head?.children ?? []).filter(({ children }) => children.length > 0);
  const line = cells.flatMap(({ children }, index): PhrasingContent[] =>
    index === 0 ? children : [{ type: 'text', value: index === 1 ? ' – ' : '; ' }, ...children],
  );
  return line.length === 0 ? [] : [paragraph([{ type: 'emphasis', children: structuredClone(line) }])];
}

/** A table as a list: each row by its first cell, then the others that say something, under their heads. */
function listRows({ children }: Table): List {
  const [head, ...rows] = children;
  const heads = (head?.children ?? []).map((cell) => toPlainText(cell));
  const describe = (cell: TableCell, column: number): PhrasingContent[] => {
    if (cell.children.length === 0) return [];
    const name = heads.length > 2 ? heads[column] : undefined;
    const text = `${column === 1 ? ' – ' : '; '}${name === undefined || name === '' ? '' : `${name}: `}`;
    return [{ type: 'text', value: text }, ...cell.children];
  };
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: rows.map(({ children: [first, ...others] }) => ({
      type: 'listItem',
      spread: false,
      children: [
        paragraph([
          { type: 'strong', children: first?.children ?? [] },
          ...others.flatMap((cell, index) => describe(cell, index + 1)),
        ]),
      ],
    })),
  };
}

/** The words of raw HTML, and its pictures as marks. */
function readHtmlBlock(value: string): readonly RootContent[] {
  const tree = parseHtml(spellScriptsInHtml(value));
  const pictures: PhrasingContent[] = [];
  walk(tree, (node) => {
    if (node.type !== 'element' || node.tagName !== 'img') return;
    const { src, alt } = node.properties;
    if (typeof src === 'string') pictures.push(linkPicture(src, typeof alt === 'string' ? alt : ''));
  });
  walk(tree, (node, index, parent) => {
    if (node.type !== 'element' || !['script', 'style', 'template'].includes(node.tagName)) return undefined;
    parent.children.splice(index, 1);
    return index;
  });
  const words = toString(tree).replaceAll(/\s+/g, ' ').trim();
  return [
    ...(words === '' ? [] : [directed(paragraph([{ type: 'text', value: words }]), readDirection(value))]),
    ...pictures.map((one) => paragraph([one])),
  ];
}

function directed(block: Paragraph, dir: string | undefined): Paragraph {
  return dir === undefined ? block : { ...block, data: { hProperties: { dir } } };
}

function childrenOf(node: RootContent): readonly RootContent[] {
  return 'children' in node ? node.children : [node];
}

interface Notes {
  readonly numbers: ReadonlyMap<string, number>;
  /** In the order they are referred to, each with its number. */
  readonly definitions: readonly { readonly number: number; readonly note: FootnoteDefinition }[];
}

function numberFootnotes(tree: Root): Notes {
  const numbers = new Map<string, number>();
  const byName = new Map<string, FootnoteDefinition>();
  walk(tree, (node) => {
    if (node.type === 'footnoteReference' && !numbers.has(node.identifier)) {
      numbers.set(node.identifier, numbers.size + 1);
    } else if (node.type === 'footnoteDefinition') byName.set(node.identifier, node);
  });
  const definitions = [...numbers].flatMap(([name, number]) => {
    const note = byName.get(name);
    return note === undefined ? [] : [{ number, note }];
  });
  return { numbers, definitions };
}

function listNote({ number, note }: Notes['definitions'][number]): readonly RootContent[] {
  const [first, ...rest] = note.children;
  const mark = { type: 'text', value: `[${number}] ` } as const;
  return first?.type === 'paragraph'
    ? [paragraph([mark, ...first.children]), ...rest]
    : [paragraph([mark]), ...note.children];
}
