import type { Element, ElementContent, Nodes, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse, { fragment: true });

/** Elements that mean the same as another. */
const meant: Readonly<Record<string, string>> = { b: 'strong', i: 'em', s: 'del', strike: 'del' };

const blocks: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote table tr th td figure figcaption hr details summary'.split(' '),
);

/** Blocks of one line. */
const lines: ReadonlySet<string> = new Set('h1 h2 h3 h4 h5 h6 th td summary'.split(' '));

const marks: ReadonlySet<string> = new Set('strong em del code a sub sup mark kbd u ins small'.split(' '));

/**
 * The tree that HTML is, as lines of which each is a block: elements that mean nothing are only what they hold, running text in a
 * block is paragraphs, white space is one blank, and addresses are absolute.
 */
export function settleHtml(html: string, base: string): string {
  return settleTree(parser.parse(html), base);
}

/** The same of a tree. */
export function settleTree(tree: Root, base: string): string {
  return listBlocks(tree.children as ElementContent[], base, '').join('\n');
}

function nameOf(node: Element): string {
  const style = node.properties['style'] ?? '';
  if (node.tagName === 'span' && /font-weight:\s*bold/.test(style)) return 'strong';
  if (node.tagName === 'span' && /font-style:\s*italic/.test(style)) return 'em';
  return meant[node.tagName] ?? node.tagName;
}

function holdsBlock(node: Nodes): boolean {
  if (node.type !== 'element') return false;
  if (blocks.has(nameOf(node)) || /^(?:pre|div|section)$/.test(node.tagName)) return true;
  // A box in a link only lays out what is linked.
  return node.tagName !== 'a' && node.children.some(holdsBlock);
}

function listBlocks(children: readonly ElementContent[], base: string, indent: string): readonly string[] {
  const found: string[] = [];
  let run: ElementContent[] = [];
  const end = (): void => {
    const parts = printRun(run, base).split(/(?:<br> ?){2,}/);
    found.push(...parts.map(trimLine).flatMap((line) => (line === '' ? [] : [`${indent}p ${line}`])));
    run = [];
  };
  for (const child of children) {
    if (!holdsBlock(child) || child.type !== 'element') {
      run.push(child);
      continue;
    }
    end();
    found.push(...printBlock(child, base, indent));
  }
  end();
  return found;
}

function printBlock(node: Element, base: string, indent: string): readonly string[] {
  const name = nameOf(node);
  const inner = `${indent}  `;
  if (name === 'hr') return [`${indent}hr`];
  if (name === 'pre') {
    const text = textOf(node).replace(/\n$/, '');
    return [
      `${indent}pre ${languageOf(node)}`.trimEnd(),
      ...text.split('\n').map((line) => `${inner}|${line}`),
    ];
  }
  if (
    name === 'figure' &&
    !node.children.some((child) => child.type === 'element' && child.tagName === 'figcaption')
  )
    return listBlocks(node.children, base, indent);
  if (lines.has(name)) return [`${indent}${name} ${sideOf(node)}${trimLine(printRun(node.children, base))}`];
  if (!blocks.has(name) || name === 'p') return listBlocks(node.children, base, indent);
  const start =
    name === 'ol' && Number(node.properties['start'] ?? 1) !== 1 ? ` ${node.properties['start']}` : '';
  return [`${indent}${name}${start}`, ...listBlocks(node.children, base, inner)];
}

function textOf(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  return node.tagName === 'br' ? '\n' : node.children.map(textOf).join('');
}

function languageOf(node: Element): string {
  const [code] = node.children;
  const classes = code?.type === 'element' ? code.properties['className'] : undefined;
  const names = Array.isArray(classes) ? classes.map(String) : [];
  return names.find((name) => name.startsWith('language-')) ?? '';
}

/** How a column is aligned, as its heading says it. */
function sideOf({ tagName, properties }: Element): string {
  const styled = /text-align:\s*(\w+)/.exec(properties['style'] ?? '')?.[1];
  const side = styled ?? properties['align'] ?? properties['dataAlign'];
  return side === undefined || tagName !== 'th' ? '' : `(${String(side)}) `;
}

function trimLine(line: string): string {
  return line.replaceAll(/\s*<br>\s*/g, '<br>').replaceAll(/^(?:\s|<br>)+|(?:\s|<br>)+$/g, '');
}

/** Running text on one line; blanks and breaks at the ends of a mark stand outside it. */
function printRun(children: readonly ElementContent[], base: string): string {
  const printed = children.map((child) => printInline(child, base)).join('');
  return printed.replaceAll(/[ \n\t\r]+/g, ' ');
}

function printInline(node: ElementContent, base: string): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  if (node.tagName === 'br') return '<br>';
  if (node.tagName === 'img')
    return `![${node.properties['alt'] ?? ''}](${new URL(String(node.properties['src']), base).href})`;
  if (node.tagName === 'input') return 'checked' in node.properties ? '[x]' : '[ ]';
  const inside = printRun(node.children, base);
  const name = nameOf(node);
  if (!marks.has(name)) return inside;
  const [, before = '', words = '', after = ''] = /^((?: |<br>)*)(.*?)((?: |<br>)*)$/s.exec(inside) ?? [];
  if (words === '' || (words.startsWith(`<${name}>`) && words.endsWith(`</${name}>`))) return inside;
  const to = name === 'a' ? ` ${new URL(String(node.properties['href']), base).href}` : '';
  return `${before}<${name}${to}>${words}</${name}>${after}`;
}
