import type { Element, ElementContent, Root, RootContent } from 'hast';

/** The class names of an element. */
export function classesOf(element: Element): readonly string[] {
  const { className } = element.properties;
  return Array.isArray(className) ? className.map(String) : [];
}

/** An attribute as text, by hast's name for it. */
export function propertyOf(element: Element, name: string): string | undefined {
  const value = element.properties[name];
  if (value === undefined || value === null || value === false) return undefined;
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** A new element. */
export function makeElement(
  tagName: string,
  children: readonly ElementContent[],
  properties: Element['properties'] = {},
): Element {
  return { type: 'element', tagName, properties, children: [...children] };
}

/** The text of a node as it stands in the source, without regard to what a browser would show. */
export function textOf(node: Root | RootContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Rewrites every element, children first: into itself, into others, or into nothing. What is neither element nor text goes. */
export function rewriteElements(
  parent: Root | Element,
  rewrite: (element: Element) => readonly ElementContent[],
): void {
  const children = parent.children as readonly ElementContent[];
  let made: ElementContent[] | undefined;
  for (const [index, child] of children.entries()) {
    if (child.type === 'text') {
      made?.push(child);
      continue;
    }
    if (child.type === 'element') rewriteElements(child, rewrite);
    const written = child.type === 'element' ? rewrite(child) : [];
    // Most elements stay, and then their list does.
    if (made === undefined && written.length === 1 && written[0] === child) continue;
    made ??= children.slice(0, index);
    made.push(...written);
  }
  if (made !== undefined) parent.children = made;
}

/** Elements of the given name below a node, those inside others of that name left out. */
export function outermost(node: Root | RootContent, tagName: string): readonly Element[] {
  if (!('children' in node)) return [];
  return node.children.flatMap((child) =>
    child.type === 'element' && child.tagName === tagName ? [child] : outermost(child, tagName),
  );
}

/** The first element, in the order they open, that is asked for: the node itself or one in it. */
export function findElement(
  node: Root | RootContent,
  isSought: (element: Element) => boolean,
): Element | undefined {
  if (node.type === 'element' && isSought(node)) return node;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const found = findElement(child, isSought);
    if (found !== undefined) return found;
  }
  return undefined;
}
