import type { Element, Nodes as HtmlNodes, Root as HtmlRoot } from 'hast';
import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast';

/**
 * What readers get of an article, one line a block: its words with their marks, its addresses, code, lists and tables.
 * White space, the looseness of lists and the language of code do not count, nor does the space that is put into a
 * Liquid mark in an attribute or a tag.
 */
export type Outline = readonly string[];

/** A piece of running text: words, or a thing that is none, such as an image, in brackets of its own. */
interface Run {
  readonly text: string;
  readonly marks: readonly string[];
  readonly whole?: boolean;
}

function showRuns(runs: readonly Run[]): string {
  let shown = '';
  let open = '';
  for (const { text, marks, whole } of runs) {
    const key = [...new Set(marks)].toSorted().join(' ');
    const parts = whole === true ? [text] : text.split(/([ \t\r\n\f]+)/);
    for (const part of parts) {
      if (part === '') continue;
      if (whole !== true && part.trim() === '' && /^[ \t\r\n\f]+$/.test(part)) {
        shown += ' ';
        continue;
      }
      if (key !== open) shown += `‹${key}›`;
      open = key;
      shown += part;
    }
  }
  return shown
    .replaceAll(/\{ (?=[{%])/g, '{')
    .replaceAll('% }', '%}')
    .replaceAll(/ *⏎ */g, '⏎')
    .replaceAll(/ (‹[^›]*›) /g, ' $1')
    .replaceAll(/ +/g, ' ')
    .replace(/^(?:‹›)?[ ⏎]+|(?:[ ⏎\u00A0]|‹[^›]*›)+$/g, '')
    .replace(/^‹›/, '');
}

function plainUrl(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function indent(lines: Outline): Outline {
  return lines.map((line) => `  ${line}`);
}

function showCode(value: string): string {
  return `code ${JSON.stringify(value.replace(/\n+$/, ''))}`;
}

function showTex(value: string): string {
  return value.replaceAll(/\s+/g, ' ').trim();
}

/** Where a block of a tree stands, as far as Forem's Liquid tags go. */
type Place = 'top' | 'within' | 'details';

/** The outline that a tree should have on dev.to. */
export function outlineTree(tree: Root): Outline {
  const numbers = new Map<string, number>();
  const lines = outlineBlocks(tree.children, 'top', numbers);
  const notes = [...numbers].flatMap(([identifier, number]) => {
    const note = tree.children.find(
      (node) => node.type === 'footnoteDefinition' && node.identifier === identifier,
    );
    if (note?.type !== 'footnoteDefinition') return [];
    return [`note ${number}`, ...indent(outlineBlocks(note.children, 'within', numbers))];
  });
  return [...lines, ...notes];
}

function outlineBlocks(nodes: readonly RootContent[], place: Place, numbers: Map<string, number>): Outline {
  const inner = place === 'top' ? 'within' : place;
  return nodes.flatMap((node): Outline => {
    switch (node.type) {
      case 'paragraph':
        return textLine('p', node.children, place, numbers);
      case 'heading':
        return textLine(`h${node.depth}`, node.children, place, numbers);
      case 'code':
        return [showCode(node.value)];
      case 'blockquote':
        return ['quote', ...indent(outlineBlocks(node.children, inner, numbers))];
      case 'list':
        return [
          node.ordered === true ? `ol ${node.start ?? 1}` : 'ul',
          ...node.children.flatMap((item) => {
            const lines = outlineBlocks(item.children, inner, numbers);
            const box = item.checked === true ? '☑ ' : item.checked === false ? '☐ ' : '';
            return ['  li', ...indent(indent(addBox(box, lines)))];
          }),
        ];
      case 'table':
        return [
          'table',
          ...node.children.map((row) => {
            const cells = (node.children[0]?.children ?? []).map((_, index) =>
              showRuns(readRuns(row.children[index]?.children ?? [], [], place, numbers)),
            );
            return `  row ${cells.map((cell, index) => `${node.align?.[index] ?? ''}:${cell}`).join(' ¦ ')}`;
          }),
        ];
      case 'thematicBreak':
        return ['hr'];
      case 'math':
        return place === 'details' ? [showCode(node.value)] : [`tex ${showTex(node.value)}`];
      case 'embed':
        return place === 'top'
          ? [`embed ${node.url}`]
          : textLine(
              'p',
              [{ type: 'link', url: node.url, children: [{ type: 'text', value: node.title ?? node.url }] }],
              place,
              numbers,
            );
      case 'figure':
        return node.children.flatMap((child) =>
          child.type === 'figcaption'
            ? textLine('p', [{ type: 'emphasis', children: child.children }], place, numbers)
            : outlineBlocks([child], place, numbers),
        );
      case 'details': {
        const at = place === 'top' ? 'details' : place;
        const summary = node.children.find((child) => child.type === 'summary')?.children ?? [];
        const rest = node.children.filter((child): child is RootContent => child.type !== 'summary');
        const blocks = outlineBlocks(rest, at, numbers);
        if (place !== 'top') {
          return [...textLine('p', [{ type: 'strong', children: summary }], at, numbers), ...blocks];
        }
        return [`details ${showRuns(readRuns(summary, [], at, numbers))}`, ...indent(blocks)];
      }
      default:
        return [];
    }
  });
}

function addBox(box: string, [first, ...rest]: Outline): Outline {
  if (box === '') return first === undefined ? [] : [first, ...rest];
  return first?.startsWith('p ') === true
    ? [`p ${box}${first.slice(2)}`, ...rest]
    : [`p ${box.trim()}`, ...(first === undefined ? [] : [first]), ...rest];
}

function textLine(
  name: string,
  nodes: readonly PhrasingContent[],
  place: Place,
  numbers: Map<string, number>,
): Outline {
  const text = showRuns(readRuns(nodes, [], place, numbers));
  return text === '' ? [] : [`${name} ${text}`];
}

function readRuns(
  nodes: readonly PhrasingContent[],
  marks: readonly string[],
  place: Place,
  numbers: Map<string, number>,
): readonly Run[] {
  return nodes.flatMap((node): readonly Run[] => {
    switch (node.type) {
      case 'text':
        return [{ text: node.value, marks }];
      case 'inlineCode':
        return [{ text: node.value, marks: [...marks, 'code'] }];
      case 'emphasis':
        return readRuns(node.children, [...marks, 'em'], place, numbers);
      case 'strong':
        return readRuns(node.children, [...marks, 'strong'], place, numbers);
      case 'delete':
        return readRuns(node.children, [...marks, 'del'], place, numbers);
      case 'link':
        return readRuns(node.children, [...marks, `>${plainUrl(node.url)}`], place, numbers);
      case 'image':
        return [{ text: `[img ${plainUrl(node.url)} ${node.alt ?? ''}]`, marks, whole: true }];
      case 'break':
        return [{ text: '⏎', marks: [], whole: true }];
      case 'inlineMath':
        return place === 'details'
          ? [{ text: node.value, marks: [...marks, 'code'] }]
          : [{ text: `[tex ${showTex(node.value)}]`, marks, whole: true }];
      case 'footnoteReference': {
        if (!numbers.has(node.identifier)) numbers.set(node.identifier, numbers.size + 1);
        return [{ text: `[${numbers.get(node.identifier)}]`, marks: [], whole: true }];
      }
      default:
        return [];
    }
  });
}

/** The outline of an article as dev.to shows it. */
export function outlineHtml(tree: HtmlRoot): Outline {
  const lines = outlineElements(tree.children);
  const rule = lines.findIndex((line) => line.startsWith('note ')) - 1;
  return lines.filter((line, index) => index !== rule || line !== 'hr');
}

const blockNames = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol blockquote table pre hr details dl dd div iframe'.split(' '),
);

function isBlock(node: HtmlNodes): node is Element {
  return node.type === 'element' && (blockNames.has(node.tagName) || 'dataTexblock' in node.properties);
}

function outlineElements(nodes: readonly HtmlNodes[]): Outline {
  const lines: string[] = [];
  let inline: HtmlNodes[] = [];
  const end = (): void => {
    const text = showRuns(readHtmlRuns(inline, []));
    const tex = /^\[tex \\displaystyle (.*)\]$/.exec(text)?.[1];
    if (text !== '') lines.push(tex === undefined ? `p ${text}` : `tex ${tex}`);
    inline = [];
  };
  for (const node of nodes) {
    if (isBlock(node)) {
      end();
      lines.push(...outlineElement(node));
    } else inline.push(node);
  }
  end();
  return lines;
}

function outlineElement(element: Element): Outline {
  const { tagName, properties, children } = element;
  const text = (): string => showRuns(readHtmlRuns(children, []));
  if ('dataTexblock' in properties) return [`tex ${showTex(String(properties['dataTexblock']))}`];
  switch (tagName) {
    case 'p':
      return outlineElements(children);
    case 'ul':
    case 'ol': {
      const items = children.filter(
        (child): child is Element => child.type === 'element' && child.tagName === 'li',
      );
      if (items[0] !== undefined && /^fn\d/.test(String(items[0].properties['id']))) {
        return items.flatMap((item, index) => [
          `note ${index + 1}`,
          ...indent(outlineElements(item.children)),
        ]);
      }
      const stray = children.filter((child) => child.type === 'element' && child.tagName !== 'li');
      return [
        tagName === 'ul' ? 'ul' : `ol ${String(properties['start'] ?? 1)}`,
        ...items.flatMap((item) => ['  li', ...indent(indent(outlineElements(item.children)))]),
        ...(stray.length === 0 ? [] : ['  stray', ...outlineElements(stray)]),
      ];
    }
    case 'blockquote':
    case 'dd':
      return ['quote', ...indent(outlineElements(children))];
    case 'pre':
      return [showCode(readText(element))];
    case 'hr':
      return ['hr'];
    case 'iframe':
      return [`embed ${String(properties['src'])}`];
    case 'div':
    case 'dl':
      return outlineElements(children);
    case 'details': {
      const summary = children.find((child) => child.type === 'element' && child.tagName === 'summary');
      const rest = children.filter((child) => child !== summary);
      return [
        `details ${summary?.type === 'element' ? showRuns(readHtmlRuns(summary.children, [])) : ''}`,
        ...indent(outlineElements(rest)),
      ];
    }
    case 'table': {
      const rows = listElements(element, 'tr');
      return [
        'table',
        ...rows.map((row) => {
          const cells = row.children.filter((cell): cell is Element => cell.type === 'element');
          return `  row ${cells.map((cell) => `${readAlign(cell)}:${showRuns(readHtmlRuns(cell.children, []))}`).join(' ¦ ')}`;
        }),
      ];
    }
    default: {
      const line = text();
      return line === '' ? [] : [`${tagName} ${line}`];
    }
  }
}

function readAlign({ properties }: Element): string {
  return /text-align:\s*(\w+)/.exec(properties['style'] ?? '')?.[1] ?? '';
}

function listElements(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) =>
    child.type !== 'element' ? [] : child.tagName === name ? [child] : listElements(child, name),
  );
}

const markNames: Readonly<Record<string, string>> = { em: 'em', strong: 'strong', del: 'del', code: 'code' };

function readHtmlRuns(nodes: readonly HtmlNodes[], marks: readonly string[]): readonly Run[] {
  return nodes.flatMap((node): readonly Run[] => {
    if (node.type === 'text') return [{ text: node.value, marks }];
    if (node.type !== 'element') return [];
    const { tagName, properties, children } = node;
    if ('dataTex' in properties) {
      return [{ text: `[tex ${showTex(String(properties['dataTex']))}]`, marks, whole: true }];
    }
    if (tagName === 'br') return [{ text: '⏎', marks: [], whole: true }];
    if (tagName === 'img') {
      const { src, alt } = properties;
      return [{ text: `[img ${plainUrl(String(src))} ${alt ?? ''}]`, marks, whole: true }];
    }
    if (tagName === 'sup' && String(properties['id']).startsWith('fnref')) {
      return [{ text: `[${readText(node)}]`, marks: [], whole: true }];
    }
    if (tagName === 'a') {
      const { href, name } = properties;
      if (name !== undefined || String(href).startsWith('#fnref')) return [];
      return readHtmlRuns(children, [...marks, `>${plainUrl(String(href))}`]);
    }
    const mark = markNames[tagName];
    return readHtmlRuns(children, mark === undefined ? marks : [...marks, mark]);
  });
}

/** The text of a node of HTML. */
function readText(node: Nodes | HtmlNodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child) => readText(child)).join('') : '';
}
