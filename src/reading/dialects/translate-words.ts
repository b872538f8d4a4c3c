import type { Html, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { cutWords, type CutWords, type FindEnd, trimTextStart } from '../cut-words.ts';
import { joinTexts } from '../split-lines.ts';
import type { Dialect } from './dialect.ts';
import { translateKeys } from './translate-keys.ts';

/**
 * Reads what writers of notes put among words: `==marked==`, `^[a note in the line]`, `++ctrl+c++` and `%%a comment%%`, which is not shown. A
 * backslash before the first character leaves them as text.
 */
export function translateWords(tree: Root, _: Dialect, text: string): void {
  if (!/==|\^\[|%%|\+\+/.test(text)) return;
  dropComments(tree, text);
  const notes: RootContent[] = [];
  translateChildren(tree, text, notes);
  tree.children.push(...notes);
}

/** A comment has a blank at both of its ends, or at none. */
const comments: readonly (readonly [RegExp, FindEnd])[] = [
  [/(?<![\p{L}\p{N}%])%%(?=[^\s%])/gu, (text, from) => find(/(?<![\s%])%%(?![\p{L}\p{N}%])/gu, text, from)],
  [/(?<![\p{L}\p{N}%])%%(?=\s)/gu, (text, from) => find(/(?<=\s)%%(?![\p{L}\p{N}%])/gu, text, from)],
];
const opensHighlight = /(?<![\p{L}\p{N}=])==(?=[^\s=]|$)/gu;
const findHighlightEnd: FindEnd = (text, from) => find(/(?<![\s=])==(?![\p{L}\p{N}=])/gu, text, from);
const opensNote = /\^\[(?!\^)/g;

function find(pattern: RegExp, text: string, from: number): readonly [number, number] | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? undefined : [match.index, match.index + match[0].length];
}

/** Finds the bracket that closes a note, past those that close brackets in it. */
function openNoteEnd(): FindEnd {
  let depth = 1;
  return (text, from) => {
    for (let index = from; index < text.length; index += 1) {
      const character = text.charAt(index);
      if (character === '[') depth += 1;
      else if (character === ']') depth -= 1;
      if (depth === 0) return [index, index + 1];
    }
    return undefined;
  };
}

function translateChildren(parent: Parents, source: string, notes: RootContent[]): void {
  const holdsText = parent.children.some((child) => child.type === 'text');
  if (holdsText && parent.type !== 'link') {
    const words = hideEscaped(parent.children as PhrasingContent[], source);
    parent.children = showEscaped(translateText(words, notes)) as never;
    if (parent.type === 'paragraph') trimEnds(parent.children);
  }
  for (const child of parent.children as Nodes[])
    if ('children' in child) translateChildren(child, source, notes);
}

/** A noncharacter of Unicode for each first character, which no mark begins with. */
const escaped: ReadonlyMap<string, string> = new Map([
  ['=', '\uFDD0'],
  ['^', '\uFDD1'],
  ['%', '\uFDD2'],
  ['+', '\uFDD3'],
]);

/** Texts with each character hidden that a backslash stands before somewhere in them, which only their source tells. */
function hideEscaped(words: readonly PhrasingContent[], source: string): PhrasingContent[] {
  return words.map((word) => {
    const { start, end } = word.position ?? {};
    if (word.type !== 'text' || start?.offset === undefined) return word;
    const written = source.slice(start.offset, end?.offset);
    let value = word.value;
    for (const [, character = '^'] of written.matchAll(/\\([=^%+])|\^(?=\\\[)/g)) {
      value = value.replaceAll(character, escaped.get(character) ?? character);
    }
    return { ...word, value };
  });
}

function showEscaped(words: readonly PhrasingContent[]): PhrasingContent[] {
  const shown = [...escaped].map(([character, mask]) => [mask, character] as const);
  const joined: PhrasingContent[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (word.type !== 'text') {
      joined.push(word);
      continue;
    }
    const text = {
      ...word,
      value: shown.reduce((value, [mask, is]) => value.replaceAll(mask, is), word.value),
    };
    if (last?.type === 'text') joined.splice(-1, 1, joinTexts(last, text));
    else joined.push(text);
  }
  return joined;
}

function translateText(words: readonly PhrasingContent[], notes: RootContent[]): readonly PhrasingContent[] {
  const comment = comments
    .map(([opening, findEnd]) => cutWords(words, opening, () => findEnd))
    .find((cut) => cut !== undefined);
  if (comment !== undefined) return translateText(joinAround(comment), notes);
  const note = cutWords(words, opensNote, openNoteEnd);
  if (note !== undefined) {
    const inside = translateText(note.inside, notes);
    const identifier = `inline-note-${notes.length + 1}`;
    notes.push({
      type: 'footnoteDefinition',
      identifier,
      label: identifier,
      children: [{ type: 'paragraph', children: [...inside] }],
    });
    const reference = { type: 'footnoteReference', identifier, label: identifier } as const;
    return [...translateText(note.before, notes), reference, ...translateText(note.after, notes)];
  }
  const highlight = cutWords(words, opensHighlight, () => findHighlightEnd);
  if (highlight === undefined) return translateKeys(words);
  const tag = (value: string): Html => ({ type: 'html', value });
  return [
    ...translateKeys(highlight.before),
    tag('<mark>'),
    ...translateKeys(highlight.inside),
    tag('</mark>'),
    ...translateText(highlight.after, notes),
  ];
}

/** What stands before and after a comment, with one blank between where both have one. */
function joinAround({ before, after }: CutWords): readonly PhrasingContent[] {
  const [first, ...rest] = after;
  const last = before.at(-1);
  const isBlank =
    last?.type === 'text' && /\s$/.test(last.value) && first?.type === 'text' && /^[ \t]/.test(first.value);
  return isBlank ? [...before, trimTextStart(first), ...rest] : [...before, ...after];
}

function trimEnds(words: PhrasingContent[]): void {
  const [first] = words;
  if (first?.type === 'text') words[0] = trimTextStart(first);
  const last = words.at(-1);
  if (last?.type === 'text') last.value = last.value.trimEnd();
}

/** Takes out comments that go over several blocks, from a paragraph that begins with `%%` to one that ends with it. */
function dropComments(parent: Parents, source: string): void {
  const children = parent.children as RootContent[];
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    if (child === undefined) continue;
    if ('children' in child && child.type !== 'paragraph') dropComments(child, source);
    if (!beginsComment(child)) continue;
    const end = children.findIndex((one, at) => at >= index && endsComment(one, at === index, source));
    if (end !== -1) children.splice(index, end - index + 1);
    if (end !== -1) index -= 1;
  }
}

function beginsComment(node: RootContent): boolean {
  const [first] = node.type === 'paragraph' ? node.children : [];
  return first?.type === 'text' && /^%%(?:\s|$)/.test(first.value);
}

/** Whether the last line of a block is the mark alone; it may belong to a list by laziness. */
function endsComment({ type, position }: RootContent, isFirst: boolean, source: string): boolean {
  if (type === 'code' || type === 'html') return false;
  const written = source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
  return (isFirst ? /\n[ \t>]*%%\s*$/ : /(?:^|\s)%%\s*$/).test(written);
}
