import type { Element } from 'hast';
import type { Link, Parents, PhrasingContent, Root } from 'mdast';
import { escapeHtml } from '../base/escape-html.ts';
import { addressAttributes, mapSrcset, readAttribute } from './list-addresses.ts';
import { listElements } from '../reading/html/parse-html.ts';
import { walk } from '../reading/walk.ts';

/** Whether an address is that of a link, or of something that is loaded and shown. */
type AddressRole = 'link' | 'file';

/** What an address becomes; nothing where it leads nowhere, so that only the words of the link are left. */
export type ChangeAddress = (url: string, role: AddressRole) => string | undefined;

/** An address read from a page: absolute, its scheme in lower case, but for those within the page, which stay fragments. */
export function absolutise(url: string, base: string): string {
  if (url === '' || url.startsWith('#')) return url;
  const [scheme] = /^[a-z][a-z\d+.-]*:/i.exec(url) ?? [];
  if (scheme !== undefined) return scheme.toLowerCase() + url.slice(scheme.length);
  return URL.parse(url, base)?.href ?? url;
}

/** Changes the addresses of links, images, embedded pages, definitions and raw HTML. */
export function mapAddresses(tree: Root, change: ChangeAddress): void {
  const lost: { readonly link: Link; readonly parent: Parents }[] = [];
  walk(tree, (node, _index, parent) => {
    if (node.type === 'link') {
      const url = change(node.url, 'link');
      if (url === undefined) lost.push({ link: node, parent });
      else {
        node.url = url;
        if (node.data?.showsAddress === true) node.children = [{ type: 'text', value: url }];
      }
    } else if (node.type === 'definition') {
      node.url = change(node.url, 'link') ?? '#';
    } else if (node.type === 'image') {
      node.url = change(node.url, 'file') ?? node.url;
    } else if (node.type === 'embed') {
      node.url = change(node.url, 'link') ?? node.url;
    } else if (node.type === 'html') {
      node.value = changeHtml(node.value, change);
    }
  });
  for (const { link, parent } of lost) {
    const siblings = parent.children as PhrasingContent[];
    siblings.splice(siblings.indexOf(link), 1, ...link.children);
  }
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Rewrites the attributes in place, so that the rest of the HTML stays as the author wrote it. */
function changeHtml(html: string, change: ChangeAddress): string {
  return listElements(html)
    .flatMap((element) => editAttributes(element, change))
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: attribute }) => text.slice(0, start) + attribute + text.slice(end),
      html,
    );
}

function editAttributes(element: Element, change: ChangeAddress): readonly Edit[] {
  const places = element.data?.position?.properties ?? {};
  return addressAttributes.flatMap((name) => {
    const place = places[name];
    const value = readAttribute(element, name);
    if (place?.start.offset === undefined || place.end.offset === undefined || value === undefined) return [];
    const made =
      name === 'srcSet'
        ? mapSrcset(value, (url) => change(url, 'file') ?? url)
        : (change(value, name === 'href' ? 'link' : 'file') ?? '#');
    if (made === value) return [];
    return [
      {
        start: place.start.offset,
        end: place.end.offset,
        text: `${name.toLowerCase()}="${escapeHtml(made)}"`,
      },
    ];
  });
}
