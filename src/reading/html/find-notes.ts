import type { Element, Root } from 'hast';
import { decodePercent } from '../../base/decode-percent.ts';
import { isHeading } from './handlers.ts';
import { classesOf, propertyOf, textOf } from './hast.ts';

/** A number or sign that leads to a note, in brackets or not. */
const shortMark = /^[\s\u2009]*[[(]?(?:[\p{N}*†‡§¶#]{1,4}|[a-z]{1,2}|fn\d+|note \d+)[\])]?[.:]?\s*$/iu;

const noteElements: ReadonlySet<string> = new Set('li p div dd aside section td'.split(' '));

/** More links within a page than any text has: each is held against the others. */
const mostLinks = 1000;

/** Whether the words of a link are those of a note's mark. */
export function isShortMark(link: Element): boolean {
  return shortMark.test(textOf(link));
}

/** The fragment that an address ends with, whatever page it is of. */
export function fragmentOf(element: Element): string | undefined {
  const href = propertyOf(element, 'href') ?? '';
  const hash = href.indexOf('#');
  if (element.tagName !== 'a' || hash === -1 || hash === href.length - 1) return undefined;
  return decodePercent(href.slice(hash + 1));
}

/**
 * The notes by their ids that no class names: what a short mark leads to, and what leads back to that mark, whatever their addresses and
 * ids are.
 */
export function findNotes(root: Root): ReadonlyMap<string, Element> {
  const parents = new Map<Element, Element | undefined>();
  const places = new Map<string, Element>();
  const links: Element[] = [];
  const look = (parent: Root | Element, around: Element | undefined): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      parents.set(child, around);
      const name = child.tagName === 'a' ? propertyOf(child, 'name') : undefined;
      for (const id of [propertyOf(child, 'id'), name])
        if (id !== undefined && !places.has(id)) places.set(id, child);
      if (fragmentOf(child) !== undefined) links.push(child);
      look(child, child);
    }
  };
  look(root, undefined);
  if (links.length > mostLinks) return new Map();
  const enclosing = (
    element: Element | undefined,
    isSought: (one: Element) => boolean,
  ): Element | undefined => {
    let found = element;
    while (found !== undefined && !isSought(found)) found = parents.get(found);
    return found;
  };
  const isWithin = (element: Element, outer: Element): boolean =>
    enclosing(element, (one) => one === outer) !== undefined;

  const order = new Map(Array.from(parents.keys(), (element, index) => [element, index]));
  const notes = new Map<string, Element>();
  const taken = new Set<Element>();
  for (const link of links.filter(isShortMark)) {
    const id = fragmentOf(link) ?? '';
    const place = places.get(id);
    const note = enclosing(place, ({ tagName }) => noteElements.has(tagName));
    if (place === undefined || note === undefined || notes.has(id) || isWithin(link, note)) continue;
    if (enclosing(place, ({ tagName }) => isHeading(tagName)) !== undefined || taken.has(note)) continue;
    // Parents are known in the order that elements open: a note comes after its mark.
    const isMark =
      (order.get(note) ?? 0) > (order.get(link) ?? 0) && [...taken].every((one) => !isWithin(link, one));
    const leadsBack =
      classesOf(note).includes('footnote-definition') ||
      links.some((other) => {
        const target = places.get(fragmentOf(other) ?? '');
        return (
          isWithin(other, note) &&
          target !== undefined &&
          (isWithin(link, target) || isWithin(target, link)) &&
          !noteElements.has(target.tagName)
        );
      });
    if (!isMark || !leadsBack) continue;
    notes.set(id, note);
    taken.add(note);
  }
  return notes;
}
