import type { Comment, Element, ElementContent, Properties, Root, RootContent } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { textOf } from '../../reading/html/hast.ts';
import { once } from '../../base/once.ts';
import { isSafeAddress } from '../is-safe-address.ts';
import { describeEmbed } from './describe-embed.ts';

/** An article's body, drawn: HTML that runs nothing, the style that its formulas need, and the diagrams that only a browser can draw. */
export interface DrawnBody {
  readonly html: string;
  readonly style: string;
  readonly diagrams: readonly string[];
}

/** How large a diagram Forem draws: bytes and lines (forem/forem#23671, checked November 2026). */
const diagramLimit = { bytes: 20_000, lines: 500 };

const loadColours = once(() => import('../colour-code.ts'));
const loadTex = once(() => import('../draw-tex.ts'));
const printer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze();

/** What a body may hold once Liquid has run; of all else, what is in it is kept. */
const shown = new Set(
  `a abbr b blockquote br center cite code col colgroup dd del details div dl dt em figcaption h1 h2 h3 h4 h5 h6 hr img kbd li
  mark ol p pre q rp rt ruby small source span strong sub summary sup table tbody td tfoot th thead time tr u ul video`.split(
    /\s+/,
  ),
);

const kept = new Set(
  'alt colSpan controls height href id rowSpan src start title type value width'.split(' '),
);

/** Draws the tree of a body as readers see it: code in colours, formulas, cards for embedded pages. */
export async function drawBody(tree: Root): Promise<DrawnBody> {
  const diagrams: string[] = [];
  const children = await drawAll(tree.children, diagrams);
  const html = printer.stringify({ type: 'root', children }).trim();
  const hasTex = html.includes('class="katex"');
  return { html, style: hasTex ? (await loadTex()).writeTexStyle(html) : '', diagrams };
}

async function drawAll(nodes: readonly RootContent[], diagrams: string[]): Promise<ElementContent[]> {
  const drawn: ElementContent[] = [];
  for (const node of nodes) {
    if (node.type === 'text') drawn.push(node);
    else if (node.type === 'element') drawn.push(...(await drawElement(node, diagrams)));
  }
  return drawn;
}

async function drawElement(node: Element, diagrams: string[]): Promise<ElementContent[]> {
  const { tagName, properties, children } = node;
  if (tagName === 'iframe') return [drawEmbed(properties)];
  const tex = properties['dataTexblock'] ?? properties['dataTex'];
  if (tex !== undefined) return [await drawFormula(String(tex), 'dataTexblock' in properties)];
  if (tagName === 'pre') return [await drawCode(node, diagrams)];
  if (!shown.has(tagName)) return drawAll(children, diagrams);
  const inner = await drawAll(children, diagrams);
  const element: Element = { type: 'element', tagName, properties: keep(node), children: inner };
  return tagName === 'table' ? [wrap('div', 'table', [element])] : [element];
}

function keep({ tagName, properties }: Element): Properties {
  const found = Object.entries(properties).filter(
    ([name, value]) =>
      kept.has(name) && ((name !== 'href' && name !== 'src') || isSafeAddress(String(value))),
  );
  const align = /text-align: ?(left|right|center)/.exec(properties['style'] ?? '')?.[1];
  const name = tagName === 'a' ? properties['name'] : undefined;
  return {
    ...Object.fromEntries(found),
    ...(align !== undefined && /^t[dh]$/.test(tagName) && { className: [`align-${align}`] }),
    ...(name !== undefined && { id: name, className: ['anchor'], ariaHidden: 'true', tabIndex: -1 }),
  };
}

function wrap(tagName: string, className: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: { className: [className] }, children };
}

function say(value: string): ElementContent {
  return { type: 'text', value };
}

async function drawCode(pre: Element, diagrams: string[]): Promise<ElementContent> {
  const source = textOf(pre).replace(/\n$/, '');
  const classes = [pre.properties['className'] ?? []].flat().map(String);
  const language = classes[0] === 'highlight' ? (classes[1] ?? '') : '';
  if (language === 'mermaid' && isDrawable(source)) {
    diagrams.push(source);
    const place = `diagram:${diagrams.length - 1}`;
    const mark = (value: string): Comment => ({ type: 'comment', value });
    const plain: Element = { type: 'element', tagName: 'pre', properties: {}, children: [say(source)] };
    return wrap('div', 'diagram', [mark(place), plain, mark(`/${place}`)]);
  }
  const coloured = language === '' ? undefined : await (await loadColours()).colourCode(source, language);
  const code: Element = {
    type: 'element',
    tagName: 'code',
    properties: {},
    children: coloured ?? [say(source)],
  };
  return { type: 'element', tagName: 'pre', properties: { tabIndex: 0 }, children: [code] };
}

function isDrawable(source: string): boolean {
  return (
    new TextEncoder().encode(source).length <= diagramLimit.bytes &&
    source.split('\n').length <= diagramLimit.lines
  );
}

async function drawFormula(tex: string, display: boolean): Promise<ElementContent> {
  const { drawTex } = await loadTex();
  const raw = { type: 'raw', value: drawTex(tex, display) } as never;
  return wrap('span', display ? 'formula' : 'inline-formula', [raw]);
}

function drawEmbed(properties: Properties): ElementContent {
  const { name, what, address, isFilm } = describeEmbed(
    String(properties['dataTag'] ?? 'embed'),
    properties['src'] ?? '',
  );
  const lines: ElementContent[] = [
    wrap('span', 'embed-name', [say(name)]),
    wrap('span', 'embed-what', [say(what)]),
  ];
  const className = ['embed', ...(isFilm ? ['film'] : [])];
  if (address === undefined)
    return { type: 'element', tagName: 'span', properties: { className }, children: lines };
  return { type: 'element', tagName: 'a', properties: { className, href: address }, children: lines };
}
