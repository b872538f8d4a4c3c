import type { Root } from 'mdast';
import type { Place } from '../../model/diagnostic.ts';
import { walk } from '../walk.ts';
import type { Dialect } from './dialect.ts';
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
  /** Whether it is part of MDX, in a file that is not read as such. */
  readonly isMdx: boolean;
}

/** What no prose has, at the start of a line or anywhere in it. */
const signs: readonly RegExp[] = [
  /\{:[:/]?[^{}\n]*\}/g,
  /\{[.#][\w-][^{}\n]*\}/g,
  /!?\[\[[^[\]\n]+\]\]/g,
  /\^\[[^\]\n]*\]?/g,
  /\[\^[^\]\s]+\]/g,
  /(?<=^|\n)\[![\p{L}][\p{L}\p{N}_ -]*\]/gu,
  /(?<=^|\n)(?:!!!|\?\?\?\+?)[ \t]+[a-z][^\n]*/g,
  /(?<=^|\n)===\+?!?[ \t]+"[^\n]*/g,
  /(?<=^|\n)(?:\+\+\+|\/\/\/)(?:[ \t]+\S[^\n]*|(?=\n|$))/g,
  /(?:-{1,}8<-{1,})[^\n]*/g,
  /(?<=^|\n)<<<[ \t]*[@./][^\n]*/g,
  /(?<![\p{L}\p{N}+])\+\+[^\s+][^+\n]*(?<=\S)\+\+(?![\p{L}\p{N}+])/gu,
  /<%[=-]?[^\n]*?%>|<\?php[^\n]*|\{!![^\n]*?!!\}/g,
  /\[\/?(?:audio|caption|embed|gallery|playlist|su_\w+|video|vc_\w+|youtube)(?:\s[^\]\n]*)?\]/g,
];

/** A component in a line, as Nuxt Content writes it: `:badge{label="new"}`, `:badge[new]`. */
export const inlineComponents =
  /(?<![\p{L}\p{N}:/\\]):(?<name>[a-z][a-z\d]*(?:-[a-z\d]+)*)(?:\[[^[\]\n]+\](?:\{[^{}\n]*\})?|\{[^{}\n]*\})/gu;

/** What Liquid, Nunjucks and Hugo would run. */
export const templates = /\{\{[^\n]*?\}\}|\{%[^\n]*?%\}/g;

const mdxSigns =
  /(?<=^|\n)(?:import\s+(?:[\w*{][^;\n]*\s+from\s+)?['"“‘][^\n]*|export\s+(?:const|default|function|let)\s[^\n]*)|\{\/\*[^]*?\*\/\}/g;

/** Whether a post shows what would be run elsewhere: it is about that, or its site runs nothing. */
export function areTemplatesShown(dialect: Dialect, source: string): boolean {
  return !runsShortcodes(dialect) || /\{%[-+]?\s*raw\b|\{\{[<%]\/\*/.test(source);
}

/** Marks in each text what looks like something that the author's site replaces and nothing here does. `source` is the whole file. */
export function markLeftSyntax(tree: Root, dialect: Dialect, source: string): void {
  const showsTemplates = areTemplatesShown(dialect, source);
  const patterns = [
    ...signs.map((pattern) => ({ pattern, isMdx: false })),
    { pattern: inlineComponents, isMdx: false },
    ...(showsTemplates ? [] : [{ pattern: templates, isMdx: false }]),
    ...(dialect.mdx ? [] : [{ pattern: mdxSigns, isMdx: true }]),
  ];
  walk(tree, (node, index, parent) => {
    if (node.type !== 'text' || !/[[{^!?=+/<-]|import|export/.test(node.value)) return;
    const { start, end } = node.position ?? {};
    if (start === undefined) return;
    const written = start.offset === undefined ? '' : source.slice(start.offset, end?.offset);
    const found = patterns.flatMap(({ pattern, isMdx }) =>
      [...node.value.matchAll(pattern)].flatMap((match): readonly LeftSyntax[] => {
        const [text] = match;
        if (written.includes(`\\${text.charAt(0)}`)) return [];
        if (isMdx && !text.startsWith('{') && (index > 0 || parent.type !== 'paragraph')) return [];
        const before = node.value.slice(0, match.index).split('\n');
        const column = (before.at(-1) ?? '').length + (before.length === 1 ? start.column : 1);
        return [
          {
            written: text.length > 40 ? `${text.slice(0, 39)}…` : text,
            isMdx,
            line: start.line + before.length - 1,
            column,
          },
        ];
      }),
    );
    if (found.length > 0) node.data = { ...node.data, leftSyntax: found };
  });
}
