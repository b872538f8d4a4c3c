import type { Nodes, Parents, Root, Text } from 'mdast';
import { walk } from '../../reading/walk.ts';

/** How often signs stand in the running text around a text, where they could begin or end something with one another. */
interface Signs {
  readonly stars: number;
  readonly underscores: number;
  readonly tildes: number;
  readonly ticks: number;
  readonly ends: number;
}

/** The running text that a text is in, and whether marks are around it there. */
interface Around {
  readonly signs: Signs;
  readonly isMarked: boolean;
}

/** What is known of the texts of a tree. */
export type Surroundings = WeakMap<Text, Around>;

const lines: ReadonlySet<string> = new Set(['paragraph', 'heading', 'tableCell']);

/** Looks at what stands around each text of a tree, so that `spareEscapes` can tell which of its signs mean nothing. */
export function lookAround(tree: Root, known: Surroundings): void {
  walk(tree, (node) => {
    if (lines.has(node.type) && 'children' in node) lookIn(node, known);
  });
}

/** A run of signs that white space is not on both sides of, which could mark something. */
const runs = {
  stars: /(?<=\S)\*+|(?<![^\s])\*+(?!\s)/g,
  underscores: /(?<![\p{L}\p{N}_])_+(?!\s)|(?<=[^\s_])_+(?![\p{L}\p{N}_])/gu,
  tildes: /~+/g,
  ticks: /`+/g,
  ends: /\]/g,
} as const;

function lookIn(line: Parents, known: Surroundings): void {
  const texts: { readonly text: Text; readonly isMarked: boolean }[] = [];
  const found = { stars: 0, underscores: 0, tildes: 0, ticks: 0, ends: 0 };
  const look = (node: Nodes, isMarked: boolean): void => {
    if (node.type === 'text') {
      texts.push({ text: node, isMarked });
      if (/[*_~`\]]/.test(node.value))
        for (const [name, pattern] of Object.entries(runs))
          found[name as keyof typeof runs] += node.value.match(pattern)?.length ?? 0;
    }
    if (node.type === 'delete') found.tildes += 2;
    if (node.type === 'inlineCode') found.ticks += 2;
    if (node.type === 'link') found.ends += 1;
    if (!('children' in node)) return;
    const marks = node.type === 'emphasis' || node.type === 'strong';
    for (const child of node.children) look(child, isMarked || marks);
  };
  for (const child of line.children) look(child, false);
  for (const { text, isMarked } of texts) known.set(text, { signs: found, isMarked });
}

/** A backslash and the sign behind it, in text that the printer has made safe. */
const escape = /\\([!&*[`~_])/g;

/** How many characters of a bare address are looked at: those of all that people write. */
const longestAddress = 2000;

/** The same before a sign of a bare address. */
const addressEscape = /\\[.:@]/g;

/**
 * Takes backslashes out of a printed text that stand before signs which mean nothing there: a star among blanks or without another to
 * pair with, a bracket around words that nothing follows. What is in doubt keeps its backslash. `after` is the character behind.
 */
export function spareEscapes(printed: string, around: Around, after: string): string {
  return spareAddresses(spareSigns(printed, around, after));
}

function spareSigns(printed: string, { signs, isMarked }: Around, after: string): string {
  return printed.replaceAll(escape, (written, sign: string, at: number) => {
    const before = printed.charAt(at - 1);
    const next = printed.charAt(at + 2);
    if (before === '\\') return written;
    if (next === '\\') return sign === '!' && printed.startsWith('\\[', at + 2) ? sign : written;
    const isFirst = /(?:^|\n)[\t ]*$/.test(printed.slice(Math.max(0, at - 20), at));
    if (isFirst && sign !== '[') return written;
    const isApart = /\s/.test(before) && /\s/.test(next);
    switch (sign) {
      case '*':
        return isApart || (signs.stars <= 1 && !isMarked) ? sign : written;
      case '_':
        return isApart || (signs.underscores <= 1 && !isMarked) ? sign : written;
      case '~':
        return signs.tildes <= 1 ? sign : written;
      case '`':
        return signs.ticks <= 1 ? sign : written;
      case '&':
        return /^&(?:#|[a-z][a-z\d]*;)/i.test(printed.slice(at + 1, at + 40)) ? written : sign;
      case '[':
        return isPlainBracket(printed, at, after, isFirst) || signs.ends === 0 ? sign : written;
      default:
        return written;
    }
  });
}

/** Words between brackets that are neither a link nor anything that blogs write so, and what may follow them. */
const bracketed = /^[\p{L}\p{N}][\p{L}\p{N} ,.;'’-]*\](?![([{:])/u;

function isPlainBracket(printed: string, at: number, after: string, isFirst: boolean): boolean {
  const rest = printed.slice(at + 2, at + 202);
  if (!bracketed.test(rest) || /[[\]^!@]$/.test(printed.slice(0, at))) return false;
  if (/^_?toc_?\]/i.test(rest) || (isFirst && /^x\]/i.test(rest))) return false;
  return !/[([{:]/.test(after) || rest.indexOf(']') !== printed.length - at - 3;
}

/**
 * GFM finds bare addresses in texts, whatever stands before their signs. An address that needs backslashes elsewhere keeps this
 * one, because they would otherwise be read as part of the address.
 */
function spareAddresses(printed: string): string {
  return printed.replaceAll(addressEscape, (written, at: number) =>
    isInAddress(printed, at) ? written.slice(1) : written,
  );
}

function isInAddress(printed: string, at: number): boolean {
  const [before, behind] = [printed.slice(Math.max(0, at - 8), at), printed.slice(at + 2, at + 4)];
  const rest = /^[^\s<]*/.exec(printed.slice(at + 2, at + 2 + longestAddress)) ?? [''];
  if (printed.charAt(at - 1) === '\\' || rest[0].includes('\\')) return false;
  switch (printed.charAt(at + 1)) {
    case ':':
      return /https?$/i.test(before) && behind === '//';
    case '@':
      return /[\w.+-]$/.test(before) && /^[\w-]/.test(behind);
    default:
      return /www$/i.test(before) && /^[\w-]/.test(behind);
  }
}
