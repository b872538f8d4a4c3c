import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { stringify } from 'yaml';
import { parsePost } from '../../reading/parse.ts';
import { walk } from '../../reading/walk.ts';

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
  if (tree.children.length > blockLimit) return printer.stringify(tree);
  const parts = groupLists(tree.children).map((children) => {
    const careful = printer.stringify({ type: 'root', children: [...children] }).trimEnd();
    const [first] = children;
    return first === undefined || verbatim.has(first.type) ? careful : relaxEscapes(careful);
  });
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

/** Blocks whose backslashes are their own, or part of what others refer to. */
const verbatim: ReadonlySet<string> = new Set(['code', 'html', 'definition']);

/** Each block by itself, but lists with those right after them, whose signs have to differ. */
function groupLists(blocks: readonly RootContent[]): readonly (readonly RootContent[])[] {
  const groups: RootContent[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.type === 'list' && last?.at(-1)?.type === 'list') last.push(block);
    else groups.push([block]);
  }
  return groups;
}

/** A backslash that may keep what follows from being read as a sign. */
const escape = /\\(?=[!-/:-@[-`{-~])/g;

function relaxEscapes(text: string): string {
  const escapes = Array.from(text.matchAll(escape), ({ index }) => index);
  const isCostly = escapes.length > escapeLimit || escapes.length * text.length > parseLimit;
  if (escapes.length === 0 || isCostly) return text;
  const meaning = readMeaning(text);
  if (escapes.length > 2) {
    const bare = text.replaceAll(escape, '');
    if (readMeaning(bare) === meaning) return bare;
  }
  return escapes.toReversed().reduce((kept, at) => {
    const bare = kept.slice(0, at) + kept.slice(at + 1);
    return readMeaning(bare) === meaning ? bare : kept;
  }, text);
}

/** What a text says, wherever it stands. */
function readMeaning(text: string): string {
  const tree = parsePost(text);
  walk(tree, (node) => {
    delete node.position;
  });
  delete tree.position;
  return JSON.stringify(tree);
}
