import type { ElementContent } from 'hast';
import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { once } from '../base/once.ts';
import { findLanguage } from './languages.ts';

/** What a piece of code is, as far as colours tell it apart, and the scopes of grammars that are so. */
const kinds = {
  comment: ['comment', 'punctuation.definition.comment'],
  string: ['string', 'markup.inline.raw', 'punctuation.definition.string', 'constant.other.symbol'],
  literal: ['constant.numeric', 'constant.character.escape', 'constant.language'],
  keyword: [
    'keyword',
    'storage',
    'variable.language',
    'support.type.primitive',
    'markup.heading',
    'markup.bold',
  ],
  operator: [
    'keyword.operator',
    'entity.name.tag',
    'keyword.control.import',
    'keyword.control.from',
    'markup.deleted',
  ],
  name: [
    'entity.name.function',
    'support.function',
    'entity.name.type',
    'entity.name.class',
    'entity.other.attribute-name',
    'entity.other.inherited-class',
    'support.class',
    'markup.inserted',
  ],
} as const;

/** A kind of code as a class of HTML: `code-comment`, `code-string` and so on. */
export type CodeKind = keyof typeof kinds;

/** A theme whose colours are the numbers of kinds, since a colour is all that a theme may give. */
const names = Object.keys(kinds) as readonly CodeKind[];
const colourOf = (index: number): string => `#00000${index + 1}`;
const theme = {
  name: 'kinds',
  type: 'light',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    ...names.map((name, index) => ({ scope: [...kinds[name]], settings: { foreground: colourOf(index) } })),
  ],
} as const;

/** Code that is longer is shown without colours: characters, as many as some thousand lines have. */
const longest = 100_000;

const open = once(() =>
  createHighlighterCore({
    themes: [{ ...theme, settings: [...theme.settings] }],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  }),
);

/** Code with its words marked as what they are; undefined where its language is none that is coloured. */
export async function colourCode(code: string, languageName: string): Promise<ElementContent[] | undefined> {
  const language = findLanguage(languageName);
  if (language === undefined || code.length > longest) return undefined;
  const [highlighter, grammars] = await Promise.all([open(), language.load()]);
  await highlighter.loadLanguage(grammars.default);
  const lang = grammars.default.at(-1)?.name ?? languageName;
  const { tokens } = highlighter.codeToTokens(code, {
    lang,
    theme: 'kinds',
    tokenizeTimeLimit: 0,
    tokenizeMaxLineLength: 1000,
  });
  return tokens.flatMap((line, index): ElementContent[] => [
    ...(index === 0 ? [] : [{ type: 'text', value: '\n' } as const]),
    ...line.map(({ content, color }) => showToken(content, color)),
  ]);
}

function showToken(value: string, colour: string | undefined): ElementContent {
  const kind = names.find((_name, index) => colourOf(index) === colour?.toLowerCase());
  const text = { type: 'text', value } as const;
  if (kind === undefined) return text;
  return { type: 'element', tagName: 'span', properties: { className: [`code-${kind}`] }, children: [text] };
}
