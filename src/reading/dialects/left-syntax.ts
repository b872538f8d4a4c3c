import type { Html, Nodes, Parents, Root, Text } from 'mdast';
import { placeBehind } from '../place-behind.ts';
import { placeOf } from '../place-of.ts';
import { shorten } from '../../base/shorten.ts';
import type { Place } from '../../model/diagnostic.ts';
import { listShown } from '../html/list-shown.ts';
import { readPieces } from '../html/read-tags.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
import {
  citationSigns,
  emojiCode,
  foreignSigns,
  foreignTemplates,
  runCode,
  runLanguages,
  scriptSigns,
} from './foreign-syntax.ts';
import { showSource } from './shown-source.ts';
import { runsShortcodes } from './translate-shortcodes.ts';

declare module 'unist' {
  interface Data {
    /** What in a text looks like something that the author's site replaces, since no prose has it. */
    leftSyntax?: readonly LeftSyntax[];
  }
}

/** Something that is left as it is written. */
export interface LeftSyntax extends Place {
  readonly written: string;
  /**
   * What reads it, where an option of the source would have it read: MDX, in a file that is not read as such, or codes of emoji; or
   * programs alone, where browsers show nothing of it.
   */
  readonly by?: 'mdx' | 'emoji' | 'programs';
}

/** By which kramdown ends a block: alone in a paragraph that begins its line. In a table or a list it is a sign like any other. */
const endOfBlock = /^\^$/g;

/** What no prose has, at the start of a line or anywhere in it, each with what a text has to hold for it. */
const signs: readonly (readonly [needs: string, pattern: RegExp])[] = [
  ['{:', /\{:[:/]?[^{}\n]*(?:\n[^{}\n]*)?\}/g],
  ['{', /\{[.#][\w-][^{}\n]*\}/g],
  ['[[', /!?\[\[[^[\]\n]+\]\]/g],
  ['^[', /\^\[[^\]\n]*\]?/g],
  ['^', endOfBlock],
  ['[^', /\[\^[^\]\s]+\]/g],
  ['[!', /(?<=^|\n)\[![\p{L}][\p{L}\p{N}_ -]*\]/gu],
  ['', /(?<=^|\n)(?:!!!|\?\?\?\+?)[ \t]+[a-z][^\n]*/g],
  ['===', /(?<=^|\n)===\+?!?[ \t]+"[^\n]*/g],
  ['', /(?<=^|\n)(?:\+\+\+|\/\/\/)(?:[ \t]+\S[^\n]*|(?=\n|$))/g],
  ['8<', /(?:-{1,}8<-{1,})[^\n]*/g],
  ['<<<', /(?<=^|\n)<<<[ \t]*[@./][^\n]*/g],
  ['++', /(?<![\p{L}\p{N}+])\+\+[^\s+][^+\n]*(?<=\S)\+\+(?![\p{L}\p{N}+])/gu],
  ['++', /(?<![\p{L}\p{N}+])\+\+[\p{L}\p{N}"-]+(?:\+[\p{L}\p{N}"-]+)+\+\+(?![\p{L}\p{N}+])/gu],
  ['<', /<([a-z][\w-]*[.:][\w.:-]+)(?:\s[^<>\n]*)?(?:\/>|>[^\n]*?<\/\1>)/gi],
  ['<', /<[a-z][\w-]*\s(?:[^<>\n]*\s)?[@#][\w.:-]+(?:=[^<>\n]*|\s[^<>\n]*)?\/?>/gi],
  ['', /<%[=-]?[^\n]*?%>|<\?php[^\n]*|\{!![^\n]*?!!\}/g],
  ['[', /\[\/?(?:audio|caption|embed|gallery|playlist|su_\w+|video|vc_\w+|youtube)(?:\s[^\]\n]*)?\]/g],
];

/** A component in a line, as Nuxt Content writes it: `:badge{label="new"}`, `:badge[new]`. */
export const inlineComponents =
  /(?<![\p{L}\p{N}:/\\]):(?<name>[a-z][a-z\d]*(?:-[a-z\d]+)*)(?:\[[^[\]\n]+\](?:\{[^{}\n]*\})?|\{[^{}\n]*\})/gu;

/** What Liquid, Nunjucks and Hugo would run. */
export const templates = /\{\{[^\n]*?\}\}|\{%[^\n]*?%\}/g;

/** The same where it goes on in the next line, and what of it no text has the end of, since marks in it were read. */
const anyTemplates = /\{\{[^]{0,300}?\}\}|\{%[^]{0,300}?%\}|\{[{%]-?[ \t]*[\w.$"'#/>!][^\n]*/g;

const mdxLines =
  /(?<=^|\n)(?:import\s+(?:[\w*{][^;\n]*\s+from\s+)?['"“‘][^\n]*|export\s+(?:const|default|function|let)\s[^\n]*)/g;

const mdxComments = /\{\/\*[^]{0,2000}?\*\/\}|\{\/\*[^\n]*/g;

/** Whether a post shows what would be run elsewhere: it is about that, or its site runs nothing. */
export function areTemplatesShown(dialect: Dialect, source: string): boolean {
  return !runsShortcodes(dialect) || /\{%[-+]?\s*raw\b|\{\{[<%]\/\*/.test(source);
}

/** Marks in each text what looks like something that the author's site replaces and nothing here does. `source` is the whole file. */
export function markLeftSyntax(tree: Root, dialect: Dialect, source: string): void {
  const showsTemplates = areTemplatesShown(dialect, source);
  const isQuarto = dialect.isQuarto === true;
  const readsScripts = isQuarto || dialect.scripts === true;
  const inTexts: readonly Sign[] = [
    ...signs.map(([needs, pattern]) => ({ needs, pattern })),
    { needs: ':', pattern: inlineComponents },
    ...(showsTemplates ? [] : [{ needs: '{', pattern: anyTemplates }]),
    ...(dialect.mdx ? [] : [{ pattern: mdxLines, by: 'mdx' as const }]),
  ];
  const foreign = [
    ...foreignSigns,
    ...(readsScripts ? [] : scriptSigns),
    ...(isQuarto ? [] : citationSigns),
    ...(showsTemplates || dialect.mdx ? [] : foreignTemplates),
  ];
  const inSource: readonly Sign[] = [
    ...foreign.map(([needs, pattern]) => ({ needs, pattern })),
    ...(dialect.mdx ? [] : [{ needs: '{/*', pattern: mdxComments, by: 'mdx' as const }]),
    ...(dialect.emoji ? [] : [{ needs: ':', pattern: emojiCode, by: 'emoji' as const }]),
  ];
  walk(tree, (node, index, parent) => {
    if (node.type === 'text') {
      const isAlone = index === 0 && parent.type === 'paragraph';
      mark(node, findInText(node, parent.position, source, inTexts, isAlone));
    } else if (node.type === 'html') {
      mark(node, findInHtml(node, inTexts));
    } else if (('alt' in node || 'title' in node) && !showsTemplates) {
      mark(node, findInDescription(node));
    } else if (node.type === 'code' && runLanguages.test(node.lang ?? '')) {
      mark(node, [{ written: node.lang ?? '', ...placeOf(node) }]);
    } else if (node.type === 'inlineCode' && runCode.test(node.value)) {
      mark(node, [{ written: shorten(node.value, 40), ...placeOf(node) }]);
    } else if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      mark(node, findInSource(node, source, inSource));
    }
  });
}

/** What to look for, and what would read it. */
interface Sign extends Pick<LeftSyntax, 'by'> {
  readonly pattern: RegExp;
  /** What the text has to hold. */
  readonly needs?: string;
}

function mark(node: Nodes, found: readonly LeftSyntax[]): void {
  if (found.length > 0) node.data = { ...node.data, leftSyntax: found };
}

function findInText(
  node: Text,
  around: Nodes['position'],
  source: string,
  patterns: readonly Sign[],
  isAlone: boolean,
): readonly LeftSyntax[] {
  if (!/[[{^!?=+/<-]|import|export/.test(node.value)) return [];
  const { start, end } = node.position ?? around ?? {};
  if (start === undefined) return [];
  const written = start.offset === undefined ? '' : source.slice(start.offset, end?.offset);
  const likely = patterns.filter(({ needs = '' }) => node.value.includes(needs));
  return likely.flatMap(({ pattern, by }) =>
    [...node.value.matchAll(pattern)].flatMap((match): readonly LeftSyntax[] => {
      const [text] = match;
      if (written.includes(`\\${text.charAt(0)}`)) return [];
      if (by === 'mdx' && !isAlone) return [];
      if (pattern === endOfBlock && (!isAlone || start.column > 1)) return [];
      return [describe(text, by, placeBehind(start, node.value.slice(0, match.index)))];
    }),
  );
}

/** What a site would replace among the words of HTML that stays as it is, outside of code. */
function findInHtml(node: Html, patterns: readonly Sign[]): readonly LeftSyntax[] {
  if (!/>[^<]*[[{]/.test(node.value)) return [];
  const shown = listShown(readPieces(node.value).pieces)
    .map(({ kind, start, end }) => (kind === 'text' ? node.value.slice(start, end) : '\u0000'))
    .join('');
  return patterns
    .filter(({ by }) => by === undefined)
    .flatMap(({ pattern }) => [...shown.matchAll(pattern)])
    .map(([written]) => describe(written, undefined, placeOf(node)));
}

/** What a site would replace in the words of a picture or in the title of a link. */
function findInDescription(node: Nodes): readonly LeftSyntax[] {
  const words = [...('alt' in node ? [node.alt] : []), ...('title' in node ? [node.title] : [])];
  return words.flatMap((text) =>
    [...(text?.matchAll(anyTemplates) ?? [])].map(([written]) => describe(written, undefined, placeOf(node))),
  );
}

/** What stands in the source of a block, where a parse has no text of it. */
function findInSource(node: Parents, source: string, patterns: readonly Sign[]): readonly LeftSyntax[] {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return [];
  const given = source.slice(start.offset, end.offset);
  const likely = patterns.filter(({ needs = '' }) => given.includes(needs));
  if (likely.length === 0) return [];
  const shown = showSource(node, source, start.offset, end.offset);
  return likely.flatMap(({ pattern, by }) =>
    [...shown.matchAll(pattern)].flatMap((match): readonly LeftSyntax[] => {
      if (shown.charAt(match.index - 1) === '\\') return [];
      const place = placeBehind(start, shown.slice(0, match.index));
      return [describe(given.slice(match.index, match.index + match[0].length), by, place)];
    }),
  );
}

function describe(text: string, by: LeftSyntax['by'], { line, column }: Place): LeftSyntax {
  const [written = ''] = text.split('\n');
  return { written: shorten(written, 40), ...(by && { by }), line, column };
}
