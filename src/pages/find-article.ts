import type { Element, Root, RootContent } from 'hast';
import { classesOf, propertyOf } from '../reading/html/hast.ts';
import type { Alignment } from './align.ts';
import type { Leaf } from './leaves.ts';
import type { OpenPage } from './open-page.ts';

/** The share of matched text that an article has to hold: the rest is a title in a menu, or a word below. */
const nearlyAll = 0.93;

/** The deepest element of a page that holds nearly all matched text; undefined if nothing was matched. */
export function findArticle(page: OpenPage, alignment: Alignment): Element | Root | undefined {
  const weights = new Map<Element | Root, number>();
  let total = 0;
  for (const match of alignment) {
    const [node] = (match && page.leaves[match.at]?.nodes) ?? [];
    if (match === undefined || node === undefined) continue;
    total += match.weight;
    let holder = page.extents.get(node)?.parent;
    while (holder !== undefined) {
      weights.set(holder, (weights.get(holder) ?? 0) + match.weight);
      holder = page.extents.get(holder)?.parent;
    }
  }
  if (total === 0) return undefined;
  let found: Element | Root = page.root;
  for (;;) {
    const next: Element | undefined = elementsOf(found).find(
      (child) => (weights.get(child) ?? 0) >= total * nearlyAll,
    );
    if (next === undefined) return found;
    found = next;
  }
}

function elementsOf({ children }: Element | Root): readonly Element[] {
  return (children as readonly RootContent[]).filter((child) => child.type === 'element');
}

/** The names that an element can be known by on other pages, surest first: its tag with an id, a class, a role, or alone. */
function namesOf(element: Element): readonly string[] {
  const { tagName } = element;
  const marks = [
    ...[propertyOf(element, 'id') ?? ''].filter((id) => id !== '' && !/\d/.test(id)).map((id) => `#${id}`),
    ...classesOf(element)
      .filter((name) => !/\d/.test(name))
      .map((name) => `.${name}`),
    ...[propertyOf(element, 'itemProp') ?? ''].filter((name) => name !== '').map((name) => `[${name}]`),
  ];
  return [...marks.map((mark) => `${tagName}${mark}`), tagName];
}

/** The name that the elements of most posts share, where at least three do and it tells them from others on their pages. */
export function electName(
  articles: readonly { readonly page: OpenPage; readonly article: Element | Root }[],
): string | undefined {
  const counts = new Map<string, number>();
  for (const { page, article } of articles) {
    if (article.type !== 'element') continue;
    for (const name of namesOf(article)) {
      const weight = 1 / countNamed(page.root, name, article.tagName);
      counts.set(name, (counts.get(name) ?? 0) + weight);
    }
  }
  const [best] = [...counts].toSorted(([, one], [, other]) => other - one);
  const least = Math.max(fewest, articles.length / 2);
  return best !== undefined && best[1] >= least - 0.001 ? best[0] : undefined;
}

/** The fewest posts that can agree on something. */
export const fewest = 3;

function countNamed(root: Root, name: string, tagName: string): number {
  let count = 0;
  const look = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      if (child.tagName === tagName && namesOf(child).includes(name)) count += 1;
      look(child);
    }
  };
  look(root);
  return Math.max(1, count);
}

/** The nearest element of a name that a node is, or is in. */
export function findNamed(page: OpenPage, from: Element | Root, name: string): Element | undefined {
  let node: Element | Root | undefined = from;
  while (node !== undefined) {
    if (node.type === 'element' && namesOf(node).includes(name)) return node;
    node = page.extents.get(node)?.parent;
  }
  return undefined;
}

/** The leaves of a page that lie in one of its elements. */
export function leavesIn(page: OpenPage, holder: Element | Root): readonly Leaf[] {
  const outer = page.extents.get(holder);
  if (outer === undefined) return [];
  return page.leaves.filter(({ nodes: [node] }) => {
    const inner = node && page.extents.get(node);
    return inner !== undefined && inner.start >= outer.start && inner.end <= outer.end;
  });
}
