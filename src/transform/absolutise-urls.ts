import type { Element } from 'hast';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { listElements } from './parse-html.ts';

/** Makes the addresses of links, images, definitions and raw HTML absolute; those within the page stay fragments. */
export function absolutiseUrls(tree: Root, base: string): void {
  visit(tree, (node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      node.url = absolutise(node.url, base);
    } else if (node.type === 'html') {
      node.value = absolutiseHtml(node.value, base);
    }
  });
}

function absolutise(url: string, base: string): string {
  if (url === '' || url.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(url)) return url;
  return URL.canParse(url, base) ? new URL(url, base).href : url;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Rewrites the attributes in place, so that the rest of the HTML stays as the author wrote it. */
function absolutiseHtml(html: string, base: string): string {
  return listElements(html)
    .flatMap((element) => editAttributes(element, base))
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: attribute }) => text.slice(0, start) + attribute + text.slice(end),
      html,
    );
}

function editAttributes(element: Element, base: string): readonly Edit[] {
  const places = element.data?.position?.properties ?? {};
  return ['href', 'src', 'poster', 'srcSet'].flatMap((name) => {
    const place = places[name];
    const given = element.properties[name];
    if (place?.start.offset === undefined || place.end.offset === undefined || given === undefined) return [];
    const value = Array.isArray(given) ? given.join(', ') : String(given);
    const made = name === 'srcSet' ? absolutiseSrcset(value, base) : absolutise(value, base);
    if (made === value) return [];
    return [
      {
        start: place.start.offset,
        end: place.end.offset,
        text: `${name.toLowerCase()}="${escapeAttribute(made)}"`,
      },
    ];
  });
}

function absolutiseSrcset(value: string, base: string): string {
  return [...value.matchAll(/([^\s,]\S*[^\s,]|[^\s,])(\s+[^,]+)?/g)]
    .map(([, url = '', size = '']) => `${absolutise(url, base)}${size.trimEnd()}`)
    .join(', ');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
