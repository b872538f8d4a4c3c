import type { Element, ElementContent, Root } from 'hast';
import { decodePercent } from '../../base/decode-percent.ts';
import { slugHeading } from '../heading-slug.ts';
import { urlKey } from '../url-key.ts';
import { makeElement, propertyOf, rewriteElements, textOf } from './hast.ts';
import { isHeading } from './handlers.ts';

/** The element that holds the place of an id that the text links to. */
export const anchorMark = 'anchor-mark';

/** Elements of which only what is in them has a place in markdown. */
const holders: ReadonlySet<string> = new Set(
  'li dd dt td th p div section blockquote summary figcaption caption'.split(' '),
);
const skipped: ReadonlySet<string> = new Set('tr tbody thead tfoot colgroup col'.split(' '));

/**
 * Keeps the ids that links of the text lead to, `base` being the text's own address: on headings until `leadToHeadings`, elsewhere as an
 * element of their own. Changes the tree in place.
 */
export function restoreAnchors(root: Root, base: string | undefined): void {
  const sought = new Set<string>();
  rewriteElements(root, (element) => {
    const fragment =
      element.tagName === 'a' ? readFragment(propertyOf(element, 'href') ?? '', base) : undefined;
    if (fragment !== undefined) sought.add(fragment);
    return [element];
  });
  if (sought.size > 0) markPlaces(root, sought, undefined);
}

/** The fragment of an address within the text's own page. */
function readFragment(href: string, base: string | undefined): string | undefined {
  const hash = href.indexOf('#');
  if (hash === -1 || hash === href.length - 1) return undefined;
  const isHere =
    hash === 0 ||
    (base !== undefined && URL.canParse(href, base) && urlKey(new URL(href, base).href) === urlKey(base));
  return isHere ? decodePercent(href.slice(hash + 1)) : undefined;
}

function markPlaces(parent: Root | Element, sought: Set<string>, heading: Element | undefined): void {
  parent.children = (parent.children as ElementContent[]).flatMap((child): readonly ElementContent[] => {
    if (child.type !== 'element') return [child];
    const own = isHeading(child.tagName) ? child : heading;
    const name = child.tagName === 'a' ? propertyOf(child, 'name') : undefined;
    const id = [propertyOf(child, 'id'), name].find((one) => one !== undefined && sought.delete(one));
    markPlaces(child, sought, own);
    if (id === undefined) return [child];
    if (own !== undefined) {
      const { dataAnchors = [] } = own.properties;
      own.properties['dataAnchors'] = [...(dataAnchors as string[]), id];
      return [child];
    }
    const anchor = makeElement(anchorMark, [], { id });
    if (skipped.has(child.tagName)) return [child];
    return holders.has(child.tagName)
      ? [{ ...child, children: [anchor, ...child.children] }]
      : [anchor, child];
  });
}

/** Leads links to headings by the ids that markdown gives these, whatever ids they had. Changes the tree in place. */
export function leadToHeadings(root: Root): void {
  const ids = new Map<string, string>();
  const counts = new Map<string, number>();
  rewriteElements(root, (element) => {
    if (!isHeading(element.tagName)) return [element];
    const slug = slugHeading(textOf(element).replaceAll(/\s+/g, ' '));
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    for (const id of (element.properties['dataAnchors'] as string[] | undefined) ?? []) {
      ids.set(id, count === 0 ? slug : `${slug}-${count}`);
    }
    return [element];
  });
  if (ids.size === 0) return;
  rewriteElements(root, (element) => {
    const href = propertyOf(element, 'href');
    const id =
      element.tagName === 'a' && href?.startsWith('#') === true
        ? ids.get(decodePercent(href.slice(1)))
        : undefined;
    if (id !== undefined && id !== '') element.properties['href'] = `#${id}`;
    return [element];
  });
}
