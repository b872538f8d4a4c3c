import { escapeHtml, escapeText } from '../../base/escape-html.ts';
import { voidElements } from '../../reading/html/read-tags.ts';
import { readHttpUrl, readPlainText } from '../../reading/html/read-text.ts';
import { isNode, type XmlNode, type XmlText } from './read-xml.ts';

/** The elements in an element by name, and its own attributes. */
export type XmlFields = Readonly<Record<string, readonly XmlNode[] | undefined>> & {
  readonly attributes: Readonly<Record<string, string>>;
};

/** The elements in an element by name, each in the order they stand. */
export function fieldsOf(node: XmlNode): XmlFields {
  const named = Object.groupBy(node.parts.filter(isNode), ({ name }) => name);
  return { ...named, attributes: node.attributes } as unknown as XmlFields;
}

/** A title as one line of plain text; empty where there is none. */
export function readTitle(nodes: readonly XmlNode[] | undefined): string {
  const node = nodes?.[0];
  if (node === undefined) return '';
  const form = formOf(node);
  return form === 'html' || form === 'markup' || (form === undefined && holdsElements(node))
    ? readPlainText(htmlOf(node, { isAtom: false, base: undefined }) ?? '', 'html')
    : readPlainText(nodeText(node));
}

/** The first text that says something, without blanks around it. */
export function readText(nodes: readonly XmlNode[] | undefined): string | undefined {
  const text = nodes?.map(nodeText).find((candidate) => candidate.trim() !== '');
  return text?.trim();
}

/** A text as HTML, and what its addresses are relative to. */
interface Written {
  readonly html: string;
  readonly base: string | undefined;
}

/** What a feed says about a text in it. */
interface Around {
  readonly isAtom: boolean;
  /** What addresses are relative to, where the text says nothing else. */
  readonly base: string | undefined;
}

/** The first text that says something; in Atom, one that does not name its type and holds no tags is plain. */
export function readHtml(nodes: readonly XmlNode[] | undefined, around: Around): Written | undefined {
  for (const node of nodes ?? []) {
    const base = resolveBase(node.attributes['xml:base'], around.base);
    const html = htmlOf(node, { ...around, base });
    if (html !== undefined && html.trim() !== '') return { html, base };
  }
  return undefined;
}

/** What addresses are relative to in an element that may say so itself. */
export function resolveBase(base: string | undefined, parent: string | undefined): string | undefined {
  return base === undefined ? parent : (readHttpUrl(base, parent) ?? parent);
}

/** How a text is written: as elements, as HTML in characters, as characters, or as its feed's kind has it. */
function formOf(node: XmlNode): 'markup' | 'html' | 'text' | 'base64' | undefined {
  const type = attribute(node, 'type')?.trim().toLowerCase();
  const mode = attribute(node, 'mode')?.trim().toLowerCase();
  if (mode === 'base64') return 'base64';
  if (type === 'xhtml' || (mode !== 'escaped' && type === 'application/xhtml+xml') || mode === 'xml')
    return 'markup';
  if (type === 'html' || type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  return type === 'text' || type === 'text/plain' ? 'text' : undefined;
}

/**
 * A text as HTML. Elements where characters are due are its own HTML, and so are the characters between them, in which tags may be
 * written as well.
 */
function htmlOf(node: XmlNode, { isAtom, base }: Around): string | undefined {
  if (attribute(node, 'src') !== undefined || isBinary(attribute(node, 'type'))) return undefined;
  const form = formOf(node);
  if (form === 'markup' && holdsElements(node))
    return printParts(node, base, ({ text, written }) => written ?? escapeText(text));
  const text = nodeText(node);
  if (form === 'base64') return decodeBase64(text);
  if (form !== 'text' && holdsElements(node)) return printParts(node, base, (part) => part.text);
  const isPlain = form === 'text' || (form === undefined && isAtom && !/<[a-z!/]/i.test(text));
  return isPlain ? escapeText(text) : text;
}

/** Whether a type is that of a file that is no text, such as a picture's (RFC 4287, 4.1.3.3). */
function isBinary(type: string | undefined): boolean {
  return (
    /^(?:image|audio|video|font|application)\//i.test(type ?? '') && !/[+/](?:xml|json)\b/i.test(type ?? '')
  );
}

function decodeBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function printParts(node: XmlNode, base: string | undefined, print: (text: XmlText) => string): string {
  return node.parts
    .map((part) => (isNode(part) ? printElement(part, { outer: base, inner: base }, print) : print(part)))
    .join('');
}

const addressAttributes = new Set(['href', 'src', 'poster', 'cite']);

/** Prints an element as HTML, whatever prefix it has; its addresses absolute where an element in the text says what they are relative to. */
function printElement(
  node: XmlNode,
  bases: { readonly outer: string | undefined; readonly inner: string | undefined },
  print: (text: XmlText) => string,
): string {
  const { 'xml:base': own, 'xml:lang': lang, ...attributes } = node.attributes;
  const inner = resolveBase(own, bases.inner);
  const name = localName(node.name);
  const said = { ...(lang !== undefined && { lang }), ...attributes };
  const printed = Object.entries(said).map(([key, value]) => {
    const isElsewhere = inner !== bases.outer && addressAttributes.has(key) && !value.startsWith('#');
    const shown = (isElsewhere ? URL.parse(value, inner)?.href : undefined) ?? value;
    return ` ${localName(key)}="${escapeHtml(shown)}"`;
  });
  if (voidElements.has(name)) return `<${name}${printed.join('')}>`;
  const inside = node.parts
    .map((part) => (isNode(part) ? printElement(part, { ...bases, inner }, print) : print(part)))
    .join('');
  return `<${name}${printed.join('')}>${inside}</${name}>`;
}

function localName(name: string): string {
  return name.replace(/^(?:\{.*\}|[^:]*:)/, '');
}

function holdsElements(node: XmlNode): boolean {
  return node.parts.some(isNode);
}

/** The text of an element, that of the elements in it included. */
export function nodeText(node: XmlNode): string {
  return node.parts.map((part) => (isNode(part) ? nodeText(part) : part.text)).join('');
}

/** The value of an attribute, by its name with its prefix. */
export function attribute(node: XmlNode, name: string): string | undefined {
  return node.attributes[name];
}

/** The elements of a name in an element. */
export function children(node: XmlNode, name: string): readonly XmlNode[] {
  return node.parts.filter(isNode).filter((part) => part.name === name);
}

/** The text of the first element of a name in an element that says something. */
export function childText(node: XmlNode, name: string): string | undefined {
  return readText(children(node, name));
}
