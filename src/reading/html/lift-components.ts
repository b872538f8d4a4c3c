import type { Element, RootContent as HtmlContent } from 'hast';
import type { PhrasingContent, RootContent } from 'mdast';
import {
  buildComponent,
  buildWords,
  leaveComponent,
  type Written,
  type WrittenComponent,
} from '../dialects/build-component.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Unknown } from '../nodes.ts';
import { isHtmlElement } from './element-names.ts';
import type { Woven } from './lift-weave.ts';
import { readTags, type Attribute } from './read-tags.ts';

type Lookups = Pick<Woven, 'nodeOf' | 'placeOf' | 'sourceOf'>;

/** Whether an element is none of HTML, so that only the author's site, or nobody, knows what it shows. */
export function isComponent(element: Element, { nodeOf }: Pick<Woven, 'nodeOf'>): boolean {
  return !isHtmlElement(element.tagName) && nodeOf(element) === undefined;
}

/** Whether there is nothing but components in what was woven. */
export function standsAlone(woven: Woven): boolean {
  const { children } = woven.root;
  return (
    children.some((child) => child.type === 'element') &&
    children.every((child) => (child.type === 'element' ? isComponent(child, woven) : isBlank(child)))
  );
}

function isBlank(node: HtmlContent): boolean {
  return node.type !== 'text' || node.value.trim() === '';
}

/** What a component on lines of its own shows, given the blocks inside it. */
export function liftComponent(
  element: Element,
  children: readonly RootContent[],
  lookups: Lookups,
  dialect: Dialect,
): readonly RootContent[] {
  const component = readComponent(element, lookups);
  if (component === undefined) return [leaveOpen(element, lookups), ...children];
  return isOffice(component) ? children : buildComponent(component, children, dialect);
}

/** What a component in a line of text shows, given the words inside it. */
export function liftComponentWords(
  element: Element,
  children: readonly PhrasingContent[],
  lookups: Lookups,
  dialect: Dialect,
): readonly PhrasingContent[] {
  const component = readComponent(element, lookups);
  if (component === undefined) return [leaveOpen(element, lookups), ...children];
  return isOffice(component) ? children : buildWords(component, children, dialect);
}

/** Preformatted text with what is in its components in their place, and what is told of them. */
export function takeComponents(
  element: Element,
  lookups: Lookups,
): { readonly plain: Element; readonly told: readonly Unknown[] } {
  const told: Unknown[] = [];
  const take = (children: Element['children']): Element['children'] =>
    children.flatMap((child) => {
      if (child.type !== 'element') return [child];
      if (!isComponent(child, lookups)) return [{ ...child, children: take(child.children) }];
      told.push(tellComponent(child, lookups));
      return take(child.children);
    });
  const children = take(element.children);
  return told.length === 0
    ? { plain: element, told }
    : { plain: { ...element, children: joinTexts(children) }, told };
}

/** A component of which nothing is shown but the words inside it, which stand elsewhere. */
function tellComponent(element: Element, lookups: Lookups): Unknown {
  const component = readComponent(element, lookups);
  if (component === undefined) return leaveOpen(element, lookups);
  return leaveComponent(component, element.children.length === 0 ? {} : { wrapped: [] });
}

function joinTexts(children: Element['children']): Element['children'] {
  const joined: Element['children'] = [];
  for (const child of children) {
    const last = joined.at(-1);
    if (child.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { ...last, value: last.value + child.value };
    else joined.push(child.type === 'element' ? { ...child, children: joinTexts(child.children) } : child);
  }
  return joined;
}

/** What word processors leave in HTML says nothing of what is in it. */
function isOffice({ name }: WrittenComponent): boolean {
  return /^(?:o|v|w|m|st\d):/i.test(name);
}

/** A tag that is never closed: what follows is not in it, and nobody sees the tag. */
function leaveOpen(element: Element, { placeOf, sourceOf }: Lookups): Unknown {
  const place = placeOf(element);
  const position = place && { start: place.start, end: place.start };
  return leaveComponent({ name: nameOf(sourceOf(element)), position }, { fault: 'unclosed', wrapped: [] });
}

function nameOf(source: string): string {
  return /^<([^\s/>]+)/.exec(source)?.[1] ?? '';
}

/** An element as a component; undefined where it has no end. */
function readComponent(element: Element, { placeOf, sourceOf }: Lookups): WrittenComponent | undefined {
  const source = sourceOf(element);
  const name = nameOf(source);
  if (!source.toLowerCase().trimEnd().replace(/\s*>$/, '').endsWith(`</${name.toLowerCase()}`))
    return undefined;
  const [tag] = readTags(source);
  const attributes = readAttributes(tag?.attributes ?? []);
  return { name, attributes, position: placeOf(element), isElement: true };
}

/** What Vue, Svelte and JSX write of a program in an attribute, not of what is shown. */
const programs = /^(?:key|ref|style|on.+|@.*|#.*|v-on:.*|v-slot.*|\{.*)$/;

/** Attributes as templates have them: a name after a colon, and a value in braces, are computed. */
function readAttributes(attributes: readonly Attribute[]): Written {
  const texts: Record<string, string> = {};
  const flags: string[] = [];
  const unread = new Map<string, string>();
  for (const { name, value } of attributes) {
    if (programs.test(name)) continue;
    const bound = /^(?::|v-bind:|v-)(.+)$/.exec(name)?.[1];
    const braced = /^\{(.*)\}$/s.exec(value)?.[1];
    const code = bound === undefined ? braced : value;
    if (code === undefined) {
      if (value === '') flags.push(name);
      else texts[name] = value;
      continue;
    }
    const [, , text, number] = /^\s*(?:(["'`])([^"'`$\\]*)\1|(-?[\d.]+))\s*$/.exec(code) ?? [];
    const plain = text ?? number;
    if (plain === undefined) unread.set(bound ?? name, code);
    else texts[bound ?? name] = plain;
  }
  return { texts, flags, unread };
}
