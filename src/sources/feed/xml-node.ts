import { readPlainText } from '../../reading/html/read-text.ts';
import { escapeHtml } from '../../base/escape-html.ts';

/** An XML element as rss-parser's XML parser tells it, its children in the order they stand under `$$`. */
interface XmlElement {
  readonly $?: Readonly<Record<string, string>>;
  readonly _?: string;
  readonly $$?: readonly (XmlElement & { readonly '#name'?: string })[];
}
/** An element, as its text alone where that is all there is of it. */
export type XmlNode = string | XmlElement;
/** Elements by name, and the attributes of the one they are in. */
export type XmlFields = Readonly<Record<string, readonly XmlNode[] | undefined>> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

/** The prefix of elements that rss-parser hands over as they stand. */
export const raw = 'raw:';

/** A title as one line of plain text; empty where there is none. */
export function readTitle(nodes: readonly XmlNode[] | undefined): string {
  const node = nodes?.[0];
  if (node === undefined) return '';
  const form = formOf(node);
  return form === 'html' || form === 'markup'
    ? readPlainText(htmlOf(node, false) ?? '', 'html')
    : readPlainText(nodeText(node));
}

/** The first text that says something, without blanks around it. */
export function readText(nodes: readonly XmlNode[] | undefined): string | undefined {
  const text = nodes?.map(nodeText).find((candidate) => candidate.trim() !== '');
  return text?.trim();
}

/** A text as HTML, and the address that it says its own addresses are relative to. */
interface Written {
  readonly html: string;
  readonly base: string | undefined;
}

/** The first text that says something; in Atom, one that does not name its type and holds no tags is plain. */
export function readHtml(nodes: readonly XmlNode[] | undefined, isAtom: boolean): Written | undefined {
  for (const node of nodes ?? []) {
    const html = htmlOf(node, isAtom);
    if (html !== undefined && html.trim() !== '') return { html, base: attribute(node, 'xml:base') };
  }
  return undefined;
}

/** How a text is written: as elements, as HTML in characters, as characters, or as its feed's kind has it. */
function formOf(node: XmlNode): 'markup' | 'html' | 'text' | 'base64' | undefined {
  const type = attribute(node, 'type')?.toLowerCase();
  const mode = attribute(node, 'mode')?.toLowerCase();
  if (mode === 'base64') return 'base64';
  if (type === 'xhtml' || (mode !== 'escaped' && type === 'application/xhtml+xml') || mode === 'xml')
    return 'markup';
  if (type === 'html' || type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  return type === 'text' || type === 'text/plain' ? 'text' : undefined;
}

function htmlOf(node: XmlNode, isAtom: boolean): string | undefined {
  if (attribute(node, 'src') !== undefined) return undefined;
  const form = formOf(node);
  if (form === 'markup' && typeof node !== 'string')
    return (node.$$ ?? []).map((child) => printHtml(child)).join('');
  const text = nodeText(node);
  if (form === 'base64') return decodeBase64(text);
  const isPlain = form === 'text' || (form === undefined && isAtom && !/<[a-z!/]/i.test(text));
  return isPlain ? escapeHtml(text) : text;
}

function decodeBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** XHTML nested deeper than this is cut off. */
const depthLimit = 1000;

const voidElements = new Set(['br', 'hr', 'img', 'input', 'wbr', 'source', 'col']);

function printHtml(node: XmlElement & { readonly '#name'?: string }, depth = 0): string {
  if (depth > depthLimit) return '';
  const name = (node['#name'] ?? '').replace(raw, '').replace(/^.*:/, '');
  if (name === '__text__') return escapeHtml(node._ ?? '');
  const attributes = Object.entries(node.$ ?? {})
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join('');
  const inner = node.$$
    ? node.$$.map((child) => printHtml(child, depth + 1)).join('')
    : escapeHtml(node._ ?? '');
  return voidElements.has(name) ? `<${name}${attributes}>` : `<${name}${attributes}>${inner}</${name}>`;
}

/** The text of an element as it is written. */
export function nodeText(node: XmlNode): string {
  return typeof node === 'string' ? node : (node._ ?? '');
}

/** The value of an attribute, by its name with its prefix. */
export function attribute(node: XmlNode, name: string): string | undefined {
  return typeof node === 'string' ? undefined : node.$?.[name];
}

/** The elements of a name in an element. */
export function children(node: XmlNode, name: string): readonly XmlNode[] {
  return typeof node === 'string' ? [] : ((node as unknown as XmlFields)[raw + name] ?? []);
}

/** The text of the first element of a name in an element that says something. */
export function childText(node: XmlNode, name: string): string | undefined {
  return readText(children(node, name));
}
