import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { stringify } from 'yaml';
import { parsePost } from '../../reading/parse.ts';

/** What Broadside reads in text beyond markdown: the beginnings of shortcodes, heading ids and directives. */
const dialects = [
  { character: '{', after: '[{%#]', inConstruct: 'phrasing' as const },
  { atBreak: true, character: ':', after: ':' },
];

const printer = unified().use(remarkGfm).use(remarkStringify, { bullet: '-', unsafe: dialects }).freeze();

/** Blocks with more backslashes than this, such as formulas, are left as they are printed: each one costs a parse. */
const escapeLimit = 40;

/** The most characters that one block may cost in parsing, and the most blocks of a body that are looked at: far beyond any post. */
const parseLimit = 200_000;
const blockLimit = 2000;

/** A post's file: YAML front matter, fields that are undefined left out, then the body as GitHub-flavoured markdown. */
export function printMarkdown(fields: Readonly<Record<string, unknown>>, tree: Root): string {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const matter = Object.keys(given).length === 0 ? '' : stringify(given, { lineWidth: 0 });
  const body = printBody(tree);
  return `---\n${matter}---\n${body === '' ? '' : `\n${body}`}`;
}

/** Prints a body, then takes out the backslashes that change nothing where they stand. `parsePost` reads the same tree. */
export function printBody(tree: Root): string {
  const body = printer.stringify(tree);
  if (!body.includes('\\') || tree.children.length > blockLimit) return body;
  const parts: string[] = [];
  let from = 0;
  for (const block of tree.children) {
    const careful = printer.stringify({ type: 'root', children: [block] }).trimEnd();
    const at = body.indexOf(careful, from);
    if (at === -1) continue;
    const relaxed = block.type === 'code' || block.type === 'html' ? careful : relaxEscapes(careful, block);
    parts.push(body.slice(from, at), relaxed);
    from = at + careful.length;
  }
  return [...parts, body.slice(from)].join('');
}

function relaxEscapes(text: string, block: RootContent): string {
  const escapes = Array.from(text.matchAll(/\\(?=[!-/:-@[-`{-~])/g), ({ index }) => index);
  const isCostly = escapes.length > escapeLimit || escapes.length * text.length > parseLimit;
  if (escapes.length === 0 || isCostly || block.type === 'definition') return text;
  const meaning = readMeaning(text);
  return escapes.toReversed().reduce((kept, at) => {
    const bare = kept.slice(0, at) + kept.slice(at + 1);
    return readMeaning(bare) === meaning ? bare : kept;
  }, text);
}

function readMeaning(text: string): string {
  return JSON.stringify(parsePost(text), (key, value: unknown) => (key === 'position' ? undefined : value));
}
