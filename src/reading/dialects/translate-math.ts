import type { Root, RootContent } from 'mdast';
import type { Place } from '../../model/diagnostic.ts';
import { splitFrontMatter } from '../front-matter/split.ts';
import { showSource } from './shown-source.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';

declare module 'unist' {
  interface Data {
    /** Where something in a block looks like a formula that the author's site would set. */
    unsetMath?: UnsetMath;
  }
}

/** A place where something looks like a formula, and what it stands between. */
export interface UnsetMath extends Place {
  readonly marks: 'dollars' | 'brackets with backslashes';
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
  if (math === true) translateMathFences(tree);
  else markUnsetMath(tree, text);
}

function translateMathFences(tree: Root): void {
  walk(tree, (code, index, parent) => {
    if (code.type !== 'code' || code.lang !== 'math') return;
    const { value, position } = code;
    parent.children[index] = { type: 'math', value, ...(position && { position }) } as RootContent;
  });
}

const formula = /\$\$[^$]+\$\$|\$(?!\s)(?=[^$\n]*\\[a-zA-Z])[^$\n]+(?<!\s)\$(?!\d)/;

const bracketed =
  /(?<!\\)\\{1,2}\((?=[^\n]*?(?:\\[a-zA-Z]|[_^=])[^\n]*?\\\))|(?<!\\)\\{1,2}\[(?=[^]*?(?:\\[a-zA-Z]|[_^=])[^]*?\\\])/;

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
    const before = text.slice(0, start.offset + index);
    const lines = before.split('\n');
    node.data = {
      ...node.data,
      unsetMath: {
        marks: dollars === undefined ? 'brackets with backslashes' : 'dollars',
        line: lines.length,
        column: (lines.at(-1)?.length ?? 0) + 1,
      },
    };
  });
}
