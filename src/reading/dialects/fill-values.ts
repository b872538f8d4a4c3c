import type { Root } from 'mdast';
import { escapeHtml } from '../../base/escape-html.ts';
import { splitFrontMatter } from '../front-matter/split.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import { runsShortcodes } from './translate-shortcodes.ts';
import { braces, given, isGiven, readInside, type SiteValues, tags } from './value-expressions.ts';

const raw = /\{%[-+]?\s*raw\s*[-+]?%\}[^]*?\{%[-+]?\s*endraw\s*[-+]?%\}/g;

/** A text in which values stand where their expressions stood, and where: `at` and `length` in the text before. */
export interface FilledText {
  readonly text: string;
  readonly fillings: readonly Filling[];
}

interface Filling {
  readonly at: number;
  readonly length: number;
  readonly value: string;
}

/**
 * Puts values in the place of outputs and shortcodes before markdown is read, as the generators that run them do: in code and
 * addresses, too, and nowhere between `{% raw %}` and `{% endraw %}`. The address of the site itself stays where an address begins with it. What a filter
 * makes an address stays among words, which would have to show the whole of it.
 */
export function fillTemplates(text: string, dialect: Dialect): FilledText {
  const { values } = dialect;
  if (values === undefined || !runsShortcodes(dialect)) return { text, fillings: [] };
  const start = text.length - splitFrontMatter(text).body.length;
  const shown = Array.from(
    text.matchAll(raw),
    ({ index, 0: whole }) => [index, index + whole.length] as const,
  );
  const fillings = listFillings(text, values)
    .filter(({ at }) => at >= start && !shown.some(([from, to]) => at >= from && at < to))
    .toSorted((a, b) => a.at - b.at);
  let from = 0;
  let filled = '';
  for (const { at, length, value } of fillings) {
    filled += text.slice(from, at) + value;
    from = at + length;
  }
  return { text: filled + text.slice(from), fillings };
}

function listFillings(text: string, values: SiteValues): readonly Filling[] {
  const outputs = Array.from(text.matchAll(braces)).flatMap(({ index, 0: written, 1: inside = '' }) => {
    const expression = readInside(inside) ?? '';
    const value = expression.startsWith('$') ? undefined : valueOf(values, expression);
    const isAddress = /(?:[(<"'=]|\]:[ \t]*)$/.test(text.slice(Math.max(0, index - 10), index));
    const isSite = isAddress && /^site\.(?:base_?url|url)\b/i.test(expression);
    const isPath = !isAddress && /\|\s*(?:relative_|absolute_)?url\b/.test(expression);
    return value === undefined || isSite || isPath ? [] : [{ at: index, length: written.length, value }];
  });
  const assigned = Array.from(text.matchAll(tags)).flatMap(({ index: at, 0: tag }) =>
    valueOf(values, tag) === '' ? [{ at, length: tag.length, value: '' }] : [],
  );
  const arguments_ = Array.from(text.matchAll(tags)).flatMap(({ index: at, 0: tag }) =>
    Array.from(isGiven(tag) ? tag.matchAll(given) : []).flatMap(({ index, 0: written }) => {
      const value = valueOf(values, written);
      if (value === undefined || value.includes('"')) return [];
      return [{ at: at + index, length: written.length, value: `"${value}"` }];
    }),
  );
  return [...outputs, ...assigned, ...arguments_];
}

function valueOf(values: SiteValues, expression: string): string | undefined {
  return Object.hasOwn(values, expression) ? values[expression] : undefined;
}

/** Gives everything in a tree that was parsed from a filled text the place that it has in the text before. */
export function restorePlaces(tree: Root, { text, fillings }: FilledText, before: string): void {
  if (fillings.length === 0) return;
  const [lines, own] = [text, before].map(listLineStarts) as [readonly number[], readonly number[]];
  let shift = 0;
  const shifts = fillings.map(({ at, length, value }) => {
    const start = at + shift;
    shift += value.length - length;
    return { start, end: start + value.length, at, after: at + length };
  });
  const restore = (offset: number): number => {
    const last = shifts.findLast(({ start }) => start <= offset);
    if (last === undefined) return offset;
    return offset >= last.end ? offset - last.end + last.after : last.at;
  };
  restoreIn(tree, new Set(), (place) => {
    const { line } = place;
    const offset = restore((lines[line - 1] ?? 0) + place.column - 1);
    place.column = offset - (own[line - 1] ?? 0) + 1;
    if (place.offset !== undefined) place.offset = offset;
  });
}

interface AnyPlace {
  line: number;
  column: number;
  offset?: number;
}

function restoreIn(value: unknown, seen: Set<object>, restore: (place: AnyPlace) => void): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (isPlace(value)) restore(value);
  else for (const inner of Object.values(value)) restoreIn(inner, seen, restore);
}

function isPlace(value: object): value is AnyPlace {
  return (
    'line' in value && 'column' in value && typeof value.line === 'number' && typeof value.column === 'number'
  );
}

function listLineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ index, 0: ending }) => index + ending.length)];
}

/** Puts values where Vue fills them in, after markdown was read: in text, not in code. */
export function fillTexts(tree: Root, { values }: Dialect): void {
  const own = values === undefined ? [] : Object.keys(values).filter((name) => name.startsWith('$'));
  if (values === undefined || own.length === 0) return;
  walk(tree, (node) => {
    if (node.type !== 'text' && node.type !== 'html') return;
    node.value = node.value.replaceAll(braces, (written: string, inside: string) => {
      const value = valueOf(values, readInside(inside) ?? '');
      if (value === undefined) return written;
      return node.type === 'html' ? escapeHtml(value) : value;
    });
  });
}
