import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { nameAttribute, nameElement, widenScope, type Format, type Scope } from './namespaces.ts';
import { readWindowsRange } from './windows-range.ts';

/** An element, its own name and those of its attributes told by namespace. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parts: readonly (XmlNode | XmlText)[];
  /** What prefixes stand for in it. */
  readonly scope: Scope;
}

/** A piece of text, and how it is written, which is HTML as well; a piece of CDATA stands as it is. */
export interface XmlText {
  readonly text: string;
  readonly written?: string;
}

/** Where XML is not well-formed, and how; lines are counted from 1. */
export interface XmlFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** How XML is read: what the prefixes around it stand for, and the format of its feed. */
export interface XmlReading {
  readonly scope: Scope;
  readonly format: Format;
}

/** Deeper than any text that a person wrote. */
const depthLimit = 1000;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  maxNestedTags: depthLimit,
  strictReservedNames: false,
});

/** An element as fast-xml-parser gives it if the order counts: its name, its attributes, its text. */
type Told = Readonly<Record<string, unknown>> & { readonly ':@'?: Readonly<Record<string, string>> };

/** The one prefix that is declared in every XML document. */
const xmlScope: Scope = { xml: 'http://www.w3.org/XML/1998/namespace' };

/** A piece of CDATA as fast-xml-parser tells it. */
interface Data {
  readonly '#text': string;
}

/** Reads a document, and which format its outermost element is of. */
export function readDocument(xml: string): { readonly root: XmlNode; readonly format: Format } | XmlFault {
  const told = parseXml(xml);
  if (isFault(told)) return told;
  const { name, attributes } = openElement(told);
  const colon = name.indexOf(':');
  const own = widenScope(xmlScope, attributes)[colon === -1 ? '' : name.slice(0, colon)];
  const format: Format = { isAtom: name.slice(colon + 1) === 'feed', own };
  return { root: readElement(told, xmlScope, format), format };
}

/** Reads the one element that a piece of XML is; what is wrong with it, if it is not well-formed. */
export function readXml(xml: string, reading: XmlReading): XmlNode | XmlFault {
  const told = parseXml(xml);
  return isFault(told) ? told : readElement(told, reading.scope, reading.format);
}

/** A bare ampersand is no fault: everybody knows what is meant. */
function parseXml(xml: string): Told | XmlFault {
  const checked = XMLValidator.validate(xml.replaceAll('&', '+'));
  if (checked !== true) {
    const { msg, line, col } = checked.err;
    return { message: msg.replace(/\.$/, ''), line, column: col };
  }
  try {
    const told = (parser.parse(xml) as readonly Told[]).find((one) => !('#text' in one));
    return told ?? { message: 'there is no element in it', line: 1, column: 1 };
  } catch (fault) {
    return { message: fault instanceof Error ? fault.message : String(fault), line: 1, column: 1 };
  }
}

function isFault(read: Told | XmlFault): read is XmlFault {
  return typeof read['message'] === 'string';
}

/** Whether XML could be read. */
export function isNode(read: XmlNode | XmlFault | XmlText): read is XmlNode {
  return 'parts' in read;
}

function readElement(told: Told, around: Scope, format: Format): XmlNode {
  const { name, attributes: given } = openElement(told);
  const scope = given === none ? around : widenScope(around, given);
  const attributes = given === none ? none : nameAttributes(given, scope);
  const inside = told[name] as readonly Told[];
  return {
    name: nameElement(name, scope, format),
    attributes,
    scope,
    parts: inside.map((part) => readText(part) ?? readElement(part, scope, format)),
  };
}

function nameAttributes(given: Attributes, scope: Scope): Attributes {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      /^xmlns(?::|$)/.test(key) ? [] : [[nameAttribute(key, scope), value] as const],
    ),
  );
}

type Attributes = Readonly<Record<string, string>>;

/** The attributes of most elements. */
const none: Attributes = {};

/** An element's name and attributes as they are written. */
function openElement(told: Told): { readonly name: string; readonly attributes: Attributes } {
  const name = Object.keys(told).find((key) => key !== ':@') ?? '';
  const given = told[':@'];
  if (given === undefined) return { name, attributes: none };
  const attributes = Object.entries(given).map(([key, value]) => [key, decodeXml(value)] as const);
  return { name, attributes: Object.fromEntries(attributes) };
}

function readText({ '#text': text, '#cdata': data }: Told): XmlText | undefined {
  if (typeof text === 'string') return { text: decodeXml(text), written: text };
  return data === undefined
    ? undefined
    : { text: (data as readonly Data[]).map((part) => part['#text']).join('') };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text as XML means it; names of characters that only HTML knows stay as they are written, for what reads HTML. */
function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (written, hex, digits, name) => {
    if (typeof name === 'string') return entities[name.toLowerCase()] ?? written;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(digits);
    return isCharacter(code) ? readWindowsRange(String.fromCodePoint(code)) : '';
  });
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return [0x09, 0x0a, 0x0d].includes(code);
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
