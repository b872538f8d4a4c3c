import type { Element, Root, RootContent } from 'hast';
import { classesOf } from '../reading/html/hast.ts';
import { isNotes } from '../reading/html/restore-footnotes.ts';
import type { OpenPage } from './open-page.ts';

/** Two places in the order of a page's tree; what lies strictly between them is meant. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** What stays with a neighbour that is only partly in a region: its caption, its line numbers, the rule above its notes. */
const ownNames: ReadonlySet<string> = new Set('figure table pre picture p h1 h2 h3 h4 h5 h6'.split(' '));
const ownClasses =
  /^(?:highlight(?:er-rouge)?|code-?block|expressive-code|chroma|codehilite|gatsby-highlight)/i;

/** The largest nodes of an element that lie wholly in a region; those of a neighbour stay with it. */
export function cutRegion(
  page: OpenPage,
  holder: Root | Element,
  { from, to }: Region,
): readonly RootContent[] {
  const found: RootContent[] = [];
  const look = (parent: Root | Element): void => {
    for (const child of parent.children) {
      const extent = page.extents.get(child);
      if (extent === undefined || extent.end < from || extent.start > to) continue;
      if (extent.start > from && extent.end < to) found.push(child);
      else if (child.type === 'element' && ((extent.start <= from && extent.end >= to) || !isOwn(child)))
        look(child);
    }
  };
  look(holder);
  return found.filter(
    (node) => node.type === 'element' || (node.type === 'text' && node.value.trim() !== ''),
  );
}

function isOwn(element: Element): boolean {
  return (
    ownNames.has(element.tagName) ||
    isNotes(element) ||
    classesOf(element).some((name) => ownClasses.test(name))
  );
}
