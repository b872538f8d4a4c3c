import type { PhrasingContent, Root, RootContent } from 'mdast';
import { placeOf } from '../place-of.ts';
import { placeBehind } from '../place-behind.ts';
import type { Place } from '../../model/diagnostic.ts';
import { splitFrontMatter } from '../front-matter/split.ts';
import { listShown } from '../html/list-shown.ts';
import { readPieces } from '../html/read-tags.ts';
import { showSource } from './shown-source.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { cutText } from './take-values.ts';

declare module 'unist' {
  interface Data {
    /** Where something in a block looks like a formula that the author's site would set. */
    unsetMath?: UnsetMath;
  }
}

/** A place where something looks like a formula, and what it stands between. */
export interface UnsetMath extends Place {
  readonly marks: 'dollars' | 'brackets with backslashes' | 'tags';
}

const mathField =
  /^[ \t]*["']?(?:math|katex|mathjax|use_?math)["']?[ \t]*[:=][ \t]*(?:["']?(?:true|yes|on)["']?[ \t]*,?[ \t]*(?:#.*)?$|\{?\s*enable[ \t]*[:=][ \t]*true)/im;

/** Whether formulas are set: the blog sets them, or a post's front matter says so by `math`, `katex` or `mathjax`. */
export function setsMath({ math }: Dialect, text: string): boolean {
  if (math === true) return true;
  const { kind, raw, closed } = splitFrontMatter(text);
  return closed && (kind === 'yaml' || kind === 'toml') && mathField.test(raw);
}

/** Makes formulas of fences in the language `math`, or marks what looks like a formula where none are set. */
export function translateMath(tree: Root, { math }: Dialect, text: string): void {
  if (math !== true) return markUnsetMath(tree, text);
  translateMathFences(tree);
  if (/<[a-z]/i.test(text) && /\\[([]|\$/.test(text)) translateMathInHtml(tree, text);
}

function translateMathFences(tree: Root): void {
  walk(tree, (code, index, parent) => {
    if (code.type !== 'code' || code.lang !== 'math') return;
    const { value, position } = code;
    parent.children[index] = { type: 'math', value, ...(position && { position }) } as RootContent;
  });
}

/** A formula as it stands in the text of an element, where no parse looked for one. */
const inHtml =
  /\\\((?<round>[^\n]+?)\\\)|\\\[(?<square>[^]+?)\\\]|\$\$(?<two>[^$]+)\$\$|(?<![\\$\w])\$(?!\s)(?<one>[^$\n]*[\\_^={}][^$\n]*)(?<!\s)\$(?!\d)/g;

/** Makes formulas of those in the words of HTML, which programs of the page find there. */
function translateMathInHtml(tree: Root, text: string): void {
  walk(tree, (node, index, parent) => {
    if (node.type === 'html') {
      if (!/\\[([]|\$/.test(node.value)) return undefined;
      const words = listShown(readPieces(node.value).pieces).map((one) =>
        one.kind === 'text' ? one.text : ' ',
      );
      if (words.join('').search(inHtml) !== -1)
        node.data = { ...node.data, unsetMath: { marks: 'tags', ...placeOf(node) } };
      return undefined;
    }
    if (node.type !== 'text' || !/\\[([]|\$/.test(node.value)) return undefined;
    const { start, end } = node.position ?? {};
    const written = text.slice(start?.offset ?? 0, end?.offset ?? 0);
    if (/\\[$\\]/.test(written)) return undefined;
    const parts: PhrasingContent[] = [];
    let from = 0;
    for (const { index: at, 0: whole, groups = {} } of node.value.matchAll(inHtml)) {
      const { round, one, square, two } = groups;
      if (at > from) parts.push(cutText(node, from, at));
      const value = (round ?? one ?? square ?? two ?? '').trim();
      const { position } = cutText(node, at, at + whole.length);
      parts.push({ type: 'inlineMath', value, ...(position && { position }) });
      from = at + whole.length;
    }
    if (parts.length === 0) return undefined;
    if (from < node.value.length) parts.push(cutText(node, from, node.value.length));
    (parent.children as PhrasingContent[]).splice(index, 1, ...parts);
    return index + parts.length;
  });
}

const formula = /\$\$[^$]+\$\$|\$(?!\s)(?=[^$\n]*\\[a-zA-Z])[^$\n]+(?<!\s)\$(?!\d)/;

const bracketed =
  /(?<=^|\n)[ \t>]*\\\[[ \t]*\n(?=[^]*?\\\])|(?<!\\)\\\\\((?=[^\n]*?\\\\\))|(?<!\\)\\{1,2}\((?=[^\n]*?(?:\\[a-zA-Z]|[_^=])[^\n]*?\\\))|(?<!\\)\\{1,2}\[(?=[^]*?(?:\\[a-zA-Z]|[_^=])[^]*?\\\])/;

/** Escaped dollars, and those in code, are none of a formula. */
function markUnsetMath(tree: Root, text: string): void {
  if (!/\$|\\[([]/.test(text)) return;
  walk(tree, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return;
    const { start, end } = node.position ?? {};
    if (start?.offset === undefined || end?.offset === undefined) return;
    const shown = showSource(node, text, start.offset, end.offset);
    const dollars = formula.exec(shown.replaceAll(/\\[\\$]/g, '  '))?.index;
    const index = dollars ?? bracketed.exec(shown)?.index;
    if (index === undefined) return;
    node.data = {
      ...node.data,
      unsetMath: {
        marks: dollars === undefined ? 'brackets with backslashes' : 'dollars',
        ...placeBehind({ line: 1, column: 1 }, text.slice(0, start.offset + index)),
      },
    };
  });
}
