import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { readHttpUrl } from './read-text.ts';

/** The links of a text that lead to a page of a series, such as `/series/on-trees` or dev.to's `/me/series/123`. */
export function listSeriesLinks(tree: Root, base: string): readonly string[] {
  const links = new Set<string>();
  visit(tree, 'link', ({ url }) => {
    const address = readHttpUrl(url, base);
    if (address !== undefined && /\/series(?:\/|$)/i.test(new URL(address).pathname)) links.add(address);
  });
  return [...links];
}
