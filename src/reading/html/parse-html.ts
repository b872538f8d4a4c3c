import type { Element, Root } from 'hast';
import { fromParse5 } from 'hast-util-from-parse5';
import { parse, parseFragment } from 'parse5';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { walk } from '../walk.ts';

const parser = unified().use(rehypeParse, { fragment: true, verbose: true }).freeze();

/** Parses raw HTML as a browser would; each element and attribute keeps its place in the text. */
export function parseHtml(html: string): Root {
  return parser.parse(html);
}

/** Parses raw HTML as a browser would, without the places that its nodes have in the text, in half the time. */
export function parseBareHtml(html: string): Root {
  return fromParse5(parseFragment(html, { scriptingEnabled: false })) as Root;
}

/** Parses a whole page as a browser would, without the places that its nodes have in the text. */
export function parsePage(html: string): Root {
  return fromParse5(parse(html, { scriptingEnabled: false })) as Root;
}

/** The elements of raw HTML in the order they open, those whose end tag is missing included. */
export function listElements(html: string): readonly Element[] {
  const elements: Element[] = [];
  walk(parseHtml(html), (node) => {
    if (node.type === 'element') elements.push(node);
  });
  return elements;
}
