import { braces, readAssignment, readInside, type SiteValues, tags } from '../dialects/value-expressions.ts';
import { applyFilters } from './apply-filters.ts';

/** How many names a post may give a value: far more than a person does. */
const mostAssigned = 50;

const raw = /\{%[-+]?\s*raw\s*[-+]?%\}[^]*?\{%[-+]?\s*endraw\s*[-+]?%\}/g;
const opening = /^\{%[-+]?\s*(?:if|unless|for|case|capture|comment|tablerow|macro|block|call|filter)\b/;
const closing = /^\{%[-+]?\s*end(?:if|unless|for|case|capture|comment|tablerow|macro|block|call|filter)\b/;

/** A tag that gives a name a value, and the value as it is shown. */
interface Assigned {
  readonly at: number;
  readonly tag: string;
  readonly name: string;
  readonly value: string;
  /** Whether no other tag gives the name another value. */
  readonly isLasting: boolean;
  /** Whether it is a path that a filter makes an address of, of which readers would see the whole among words. */
  readonly isPath: boolean;
}

/**
 * What a post itself gives names by a tag of its generator (`assign` of Liquid, `set` of Nunjucks), by the outputs that show it, and each
 * tag that does so, which shows nothing. `values` is what the site gives. Only of names that get one value, once, under no condition, and
 * are then shown and nothing else.
 */
export function listAssigned(text: string, word: 'assign' | 'set', values: SiteValues): SiteValues {
  if (!new RegExp(String.raw`\{%-?\s*${word}\b`).test(text)) return {};
  const shown = text.replaceAll(raw, (whole) => whole.replaceAll(/[^\n]/g, ' '));
  const written = Array.from(shown.matchAll(tags));
  const outputs = Array.from(shown.matchAll(braces));
  const found = readTags(written, word, values);
  if (found.length > mostAssigned) return {};
  return Object.fromEntries(
    found.flatMap((assigned) => {
      const { at, tag, name } = assigned;
      const isNamed = new RegExp(String.raw`(?<![\w.'"])${name}\b`);
      const uses = written.filter(([other]) => isNamed.test(other) && !isUse(other, found, name));
      const meant = outputs.filter(([output]) => isNamed.test(output));
      const told = meant.map((output) => showOutput(output, assigned, shown));
      const isClear =
        uses.length === 1 && isOnlyIn(text, shown, name) && meant.every(({ index }) => index > at);
      return isClear && told.every((one) => one !== undefined) ? [...told, [tag, '']] : [];
    }),
  );
}

/** The tags that give a name a known value under no condition. */
function readTags(
  written: readonly RegExpExecArray[],
  word: string,
  values: SiteValues,
): readonly Assigned[] {
  const found: Assigned[] = [];
  let depth = 0;
  for (const { index: at, 0: tag } of written) {
    if (opening.test(tag)) depth += 1;
    if (closing.test(tag)) depth -= 1;
    const assignment = readAssignment(tag);
    if (assignment?.word !== word || depth > 0) continue;
    const value = readGiven(assignment.given, values, found);
    if (value === undefined || value.trim() === '') continue;
    const { name, given } = assignment;
    const isPath = /\|\s*(?:relative_|absolute_)?url\b/.test(given);
    const gives = new RegExp(String.raw`^\{%[-+]?\s*\w+\s+${name}\b`);
    const isLasting = written.filter(([other]) => gives.test(other)).length === 1;
    found.push({ at, tag, name, value, isLasting, isPath });
  }
  return found;
}

/** A text, a whole number, or something that has a name, with filters that are known. */
function readGiven(given: string, values: SiteValues, before: readonly Assigned[]): string | undefined {
  const [, double, single, number, name, filters = ''] =
    /^(?:"([^"{}%]*)"|'([^'{}%]*)'|(-?\d+)|([a-z_][\w.-]*))\s*(\|.*)?$/i.exec(given) ?? [];
  const own = before.find((one) => one.name === name);
  if (own !== undefined)
    return own.isPath || !own.isLasting ? undefined : applyFilters(own.value, listFilters(filters));
  if (name !== undefined) return valueOf(values, readInside(given) ?? '');
  const text = double ?? single ?? number;
  return text === undefined ? undefined : applyFilters(text, listFilters(filters));
}

function listFilters(filters: string): readonly string[] {
  return filters
    .split('|')
    .slice(1)
    .map((filter) => filter.trim());
}

/** Whether a tag only gives another name the value of this one. */
function isUse(tag: string, found: readonly Assigned[], name: string): boolean {
  return readAssignment(tag)?.name !== name && found.some((one) => one.tag === tag);
}

/** Whether a name is nowhere in what is shown as it is written. */
function isOnlyIn(text: string, shown: string, name: string): boolean {
  const word = new RegExp(String.raw`\{[{%][^{}\n]*\b${name}\b`, 'g');
  return (text.match(word) ?? []).length === (shown.match(word) ?? []).length;
}

function showOutput(
  { index, 1: inside = '' }: RegExpExecArray,
  { name, value, isPath }: Assigned,
  text: string,
): readonly [expression: string, value: string] | undefined {
  const expression = readInside(inside) ?? '';
  const [head = '', ...filters] = expression.split('|').map((part) => part.trim());
  const shown = head === name ? applyFilters(value, filters) : undefined;
  const isAddress = /[(<"'=]$|\]:[ \t]*$/.test(text.slice(Math.max(0, index - 10), index));
  return shown === undefined || (isPath && !isAddress) ? undefined : [expression, shown];
}

function valueOf(values: SiteValues, expression: string): string | undefined {
  return Object.hasOwn(values, expression) ? values[expression] : undefined;
}
