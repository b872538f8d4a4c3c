import type { Element, ElementContent } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { isDressing, readFrame, readScript } from './lift-embeds.ts';
import { isScriptAddress } from './script-address.ts';

const printer = unified()
  .use(rehypeStringify, { characterReferences: { useNamedReferences: true } })
  .freeze();

/**
 * Prints an element that markdown has no words for, for targets to show what they can of it: without comments and
 * handlers, with links for frames and the plain picture for a `<picture>`.
 */
export function printKept(element: Element): string {
  return printer.stringify({ type: 'root', children: cleanElement(element) });
}

/** The tag that opens an element whose content is printed apart from it. */
export function printOpening({ tagName, properties }: Element): string {
  const bare = printer.stringify({
    type: 'root',
    children: [{ type: 'element', tagName, properties: cleanProperties(properties), children: [] }],
  });
  return bare.slice(0, bare.length - `</${tagName}>`.length);
}

function cleanElement(element: Element): ElementContent[] {
  const { tagName, properties } = element;
  const page =
    tagName === 'iframe' ? readFrame(element) : tagName === 'script' ? readScript(element) : undefined;
  if (page !== undefined) {
    const text = { type: 'text', value: page.title ?? page.url } as const;
    return [{ type: 'element', tagName: 'a', properties: { href: page.url }, children: [text] }];
  }
  if (tagName === 'script' && isDressing(element)) return [];
  const image = tagName === 'picture' ? findImage(element) : undefined;
  if (image !== undefined) return cleanElement(image);
  return [
    {
      ...element,
      properties: cleanProperties(properties),
      children: element.children.flatMap((child) =>
        child.type === 'element' ? cleanElement(child) : child.type === 'comment' ? [] : [child],
      ),
    },
  ];
}

/** The picture in a `<picture>` that every reader can show. */
export function findImage({ children }: Element): Element | undefined {
  return children.find((child): child is Element => child.type === 'element' && child.tagName === 'img');
}

function cleanProperties(properties: Element['properties']): Element['properties'] {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => !/^on/i.test(name) && !(typeof value === 'string' && isScriptAddress(value)),
    ),
  );
}
