import type { Element } from 'hast';
import type { Definition, Html, Image, Link, Root } from 'mdast';
import { placeOf } from '../reading/place-of.ts';
import type { Place } from '../model/diagnostic.ts';
import { listElements } from '../reading/html/parse-html.ts';
import { walk } from '../reading/walk.ts';

/** An address as the author wrote it. A definition counts as a picture where a picture uses it. */
export interface Address {
  readonly url: string;
  readonly role: 'link' | 'file';
  /** Whether readers are to see it as a picture. */
  readonly isPicture: boolean;
  readonly place: Place;
  /** Whether it was found on the site's own page. */
  readonly fromPage?: boolean;
}

/** The attributes of raw HTML that hold addresses, by the name hast gives them. */
export const addressAttributes = ['href', 'src', 'poster', 'srcSet'] as const;

/** One candidate of a `srcset`: its address, and its size with the space before it. */
const candidate = /([^\s,]\S*[^\s,]|[^\s,])(\s+[^,]+)?/g;

/** Rewrites each address of a `srcset`. */
export function mapSrcset(value: string, change: (url: string) => string): string {
  return [...value.matchAll(candidate)]
    .map(([, url = '', size = '']) => `${change(url)}${size.trimEnd()}`)
    .join(', ');
}

/** The value of an attribute as it is written. */
export function readAttribute({ properties }: Element, name: string): string | undefined {
  const given = properties[name];
  if (given === undefined || given === null || typeof given === 'boolean') return undefined;
  return Array.isArray(given) ? given.join(', ') : String(given);
}

/** Every address in a tree whose addresses are as its author wrote them, in order. */
export function listAddresses(tree: Root): readonly Address[] {
  const pictured = new Set<string>();
  const holding: (Definition | Html | Image | Link)[] = [];
  walk(tree, (node) => {
    if (node.type === 'imageReference') pictured.add(node.identifier);
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition' || node.type === 'html')
      holding.push(node);
  });
  return holding.flatMap((node): readonly Address[] => {
    const place = placeOf(node);
    if (node.type === 'html') return listInHtml(node.value, place);
    if (node.type === 'link') {
      const fromPage = node.data?.fromPage === true && { fromPage: true };
      return [{ url: node.url, role: 'link', isPicture: false, place, ...fromPage }];
    }
    const isPicture = node.type === 'image' || pictured.has(node.identifier);
    return [{ url: node.url, role: isPicture ? 'file' : 'link', isPicture, place }];
  });
}

function listInHtml(html: string, from: Place): readonly Address[] {
  return listElements(html).flatMap((element) => {
    const { line = 1, column = 1 } = element.position?.start ?? {};
    const place = {
      line: from.line + line - 1,
      column: line === 1 ? from.column + column - 1 : column,
    };
    return addressAttributes.flatMap((name): readonly Address[] => {
      const value = readAttribute(element, name);
      if (value === undefined) return [];
      const isLink = name === 'href';
      const isPicture = element.tagName === 'img' || name === 'srcSet' || name === 'poster';
      const urls = name === 'srcSet' ? [...value.matchAll(candidate)].map(([, url = '']) => url) : [value];
      return urls.map((url) => ({ url, role: isLink ? 'link' : 'file', isPicture, place }));
    });
  });
}
