import type { Link, PhrasingContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { unescapeHtml } from '../../base/escape-html.ts';
import type { Line } from './lift-lines.ts';

/**
 * Running text in a link. No link holds another: an address that markdown itself made a link of is text in it, and another link of
 * the author's stands beside it, as browsers have it.
 */
export function linkAround(content: Line, link: (line: Line) => PhrasingContent): Line {
  const made: PhrasingContent[] = [];
  let words: PhrasingContent[] = [];
  const endLink = (): void => {
    if (words.length > 0) made.push(link(words));
    words = [];
  };
  for (const node of content.flatMap(unlinkAddress)) {
    const isLink = node.type === 'link' || node.type === 'linkReference';
    if (isLink) endLink();
    (isLink ? made : words).push(node);
  }
  endLink();
  return made;
}

/** The words of a link that only repeats its address; in a mark, those of any link. */
function unlinkAddress(node: PhrasingContent): readonly PhrasingContent[] {
  if (node.type === 'link') return isBareAddress(node) ? [readAddress(node)] : [node];
  if (node.type === 'unknown' && node.wrapped !== undefined)
    return [{ ...node, wrapped: (node.wrapped as Line).flatMap(unlinkAll) }];
  if (node.type !== 'emphasis' && node.type !== 'strong' && node.type !== 'delete') return [node];
  return [{ ...node, children: node.children.flatMap(unlinkAll) }];
}

function unlinkAll(node: PhrasingContent): readonly PhrasingContent[] {
  const [own] = unlinkAddress(node);
  if (own?.type === 'link' || own?.type === 'linkReference') return own.children;
  return own === undefined ? [] : [own];
}

/** The words of an address within raw HTML, where references such as `&amp;` stand for characters, as they do not where markdown finds an address. */
function readAddress(link: Link): PhrasingContent {
  return {
    type: 'text',
    value: unescapeHtml(toString(link)),
    ...(link.position && { position: link.position }),
  };
}

function isBareAddress(link: Link): boolean {
  const text = toString(link);
  return [text, `http://${text}`, `mailto:${text}`].includes(link.url);
}
