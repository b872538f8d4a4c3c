import type { Code, Root, RootContent } from 'mdast';
import { buildBlock } from './build-block.ts';
import { knowDirective } from './known/names.ts';
import { isMeaning } from './meanings.ts';
import { parseBlocks, parseWords } from './parse-words.ts';
import { walk } from '../walk.ts';

/** What MyST and Quarto write in braces in the place of a language. */
const inBraces = /^\{([a-z][\w:-]*)\}$/;

/** Directives that are code, whose language stands behind. */
const codes: ReadonlySet<string> = new Set(['code', 'code-block', 'code-cell', 'sourcecode']);

/** Options at the beginning of a directive's lines, which say how the site shows it. */
const options = /^(?::[\w-]+:[^\n]*(?:\n|$))+\n?|^---\n[^]*?\n---(?:\n|$)/;

/** Puts what they stand for in the place of fences that name a directive in braces: ```` ```{note} ````. */
export function translateFences(tree: Root, _: unknown, text: string): void {
  if (!/[`~]{3}[ \t]*\{[a-z]/.test(text)) return;
  walk(tree, (node, index, parent) => {
    if (node.type !== 'code') return undefined;
    const name = inBraces.exec(node.lang ?? '')?.[1];
    const made = name === undefined ? undefined : readFence(name, node);
    if (made === undefined) return undefined;
    (parent.children as RootContent[]).splice(index, 1, ...made);
    return index + made.length;
  });
}

function readFence(name: string, code: Code): readonly RootContent[] | undefined {
  const { meta, position } = code;
  const value = code.value.replace(options, '');
  const title = meta ?? '';
  if (codes.has(name)) return [{ ...code, value, lang: title.split(/\s/)[0] || null, meta: null }];
  if (name === 'mermaid') return [{ ...code, value, lang: 'mermaid', meta: null }];
  if (name === 'figure' || name === 'image') {
    const alt = /^:alt:[ \t]*([^\n]*)/m.exec(code.value)?.[1] ?? '';
    const attributes = { src: title, alt };
    return buildBlock(name, { title: [], attributes, children: parseBlocks(value), position });
  }
  const meaning = knowDirective(name) ?? name;
  if (!isMeaning(meaning) || meaning === 'code' || meaning === 'text') return undefined;
  return buildBlock(meaning, {
    title: parseWords(title),
    attributes: {},
    children: parseBlocks(value),
    position,
  });
}
