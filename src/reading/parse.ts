import type { Root } from 'mdast';
import { fromMarkdown, type Extension as TreeExtension } from 'mdast-util-from-markdown';
import { combineExtensions } from 'micromark-util-combine-extensions';
import type { Extension as TokenExtension } from 'micromark-util-types';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { type PluggableList, unified } from 'unified';
import { translateDefinitionLists } from './definition-lists.ts';
import type { Dialect, Syntax, Translate } from './dialects/dialect.ts';
import { directiveNodes, directiveTokens } from './dialects/directive-syntax.ts';
import { closeLines } from './dialects/close-lines.ts';
import { commentNodes, commentTokens } from './dialects/comment-syntax.ts';
import { fillTemplates, fillTexts, restorePlaces } from './dialects/fill-values.ts';
import { dropAbbreviations } from './dialects/drop-abbreviations.ts';
import { dropBlockIds } from './dialects/drop-block-ids.ts';
import { translateEmojiCodes } from './dialects/emoji-codes.ts';
import { attributeNodes, attributeTokens } from './dialects/attribute-syntax.ts';
import { takeAttributes } from './dialects/take-attributes.ts';
import { hideUnfenced } from './front-matter/split.ts';
import { leaveAddresses } from './dialects/leave-addresses.ts';
import { liftHtml } from './html/lift-html.ts';
import { markHidden } from './html/mark-hidden.ts';
import { markScripts } from './html/mark-scripts.ts';
import { fitNodes, openFitting } from './lean-gfm.ts';
import { mathNodes, mathTokens } from './dialects/math-syntax.ts';
import { dropMoreMarks } from './dialects/more-mark.ts';
import { maskAddresses, unmaskTree } from './dialects/shortcode-mask.ts';
import { isVerbatimTag } from './dialects/shortcode-meanings.ts';
import { shortcodeNodes, shortcodeTokens } from './dialects/shortcode-syntax.ts';
import { markSeries } from './dialects/mark-series.ts';
import { cleanCode } from './dialects/clean-code.ts';
import { translateAlerts } from './dialects/translate-alerts.ts';
import { translateDiagrams } from './dialects/translate-diagrams.ts';
import { type Ahead, lookInto, makeAhead } from './dialects/look-ahead.ts';
import { readMarkdownInHtml } from './dialects/markdown-in-html.ts';
import { translateFences } from './dialects/translate-fences.ts';
import { dropSiteScripts } from './dialects/drop-site-scripts.ts';
import { translateTabComments } from './dialects/tab-comments.ts';
import { translateBreaks } from './dialects/translate-breaks.ts';
import { translateQuarto } from './dialects/translate-quarto.ts';
import { translateScripts } from './dialects/translate-scripts.ts';
import { translateFolds } from './dialects/translate-folds.ts';
import { translateIncludes } from './dialects/translate-includes.ts';
import { translateWiki } from './dialects/translate-wiki.ts';
import { translateWords } from './dialects/translate-words.ts';
import { indentedNodes, indentedTokens } from './dialects/indented-syntax.ts';
import { markLeftSyntax } from './dialects/left-syntax.ts';
import { takeValues } from './dialects/take-values.ts';
import { openReferenceTokens, takeReferences } from './dialects/open-references.ts';
import { titleCode } from './dialects/title-code.ts';
import { translateDirectives } from './dialects/translate-directives.ts';
import { setsMath, translateMath } from './dialects/translate-math.ts';
import { namesOf, runsShortcodes, translateShortcodes } from './dialects/translate-shortcodes.ts';

/** The syntaxes that plugins of remark add. */
const listPluginSyntaxes = (plugins: PluggableList) => {
  const { micromarkExtensions = [], fromMarkdownExtensions = [] } = unified().use(plugins).freeze().data();
  return { tokens: micromarkExtensions, nodes: fromMarkdownExtensions.flat() };
};

const plain = listPluginSyntaxes([[remarkFrontmatter, ['yaml', 'toml']], remarkGfm]);
const plainNodes = fitNodes(plain.nodes);
const fitTokens = openFitting(plain.tokens);

/** What a text is read with beside plain markdown's own syntax. */
interface Reader {
  readonly tokens: readonly TokenExtension[];
  readonly nodes: readonly TreeExtension[];
  /** All of it as one extension, by what of plain markdown's is in it. */
  readonly combined: WeakMap<readonly TokenExtension[], TokenExtension>;
  readonly ahead: Ahead;
}

function makeReader(syntaxes: readonly Syntax[], ahead: Ahead, plugins: PluggableList = []): Reader {
  const own = plugins.length === 0 ? undefined : listPluginSyntaxes(plugins);
  return {
    tokens: [...(own?.tokens ?? []), ...syntaxes.map(({ tokens }) => tokens)],
    nodes: [...plainNodes, ...syntaxes.map(({ nodes }) => nodes), ...(own?.nodes ?? [])],
    combined: new WeakMap(),
    ahead,
  };
}

const plainReader = makeReader([], makeAhead());

/** Parses a post's whole text as plain markdown, front matter included, so that positions are those of the file. */
export function parseMarkdown(text: string): Root {
  return parseWith(plainReader, text);
}

/** Parses with syntaxes in addition to plain markdown's, of which what the text cannot hold is not looked for. */
function parseWith({ tokens, nodes, combined, ahead }: Reader, text: string): Root {
  lookInto(ahead, text);
  const fitted = fitTokens(text);
  const extension = combined.get(fitted) ?? combineExtensions([...fitted, ...tokens]);
  combined.set(fitted, extension);
  return fromMarkdown(text, { extensions: [extension], mdastExtensions: [...nodes] });
}

/** In this order: what makes blocks of lines first, what only changes words last. */
const translations: readonly Translate[] = [
  fillTexts,
  takeReferences,
  translateQuarto,
  translateFences,
  translateDirectives,
  translateShortcodes,
  translateIncludes,
  translateTabComments,
  dropSiteScripts,
  dropMoreMarks,
  dropAbbreviations,
  dropBlockIds,
  translateFolds,
  translateAlerts,
  translateDiagrams,
  translateWiki,
  translateScripts,
  translateWords,
  markHidden,
  markScripts,
  liftHtml,
  leaveAddresses,
  translateDefinitionLists,
  translateMath,
  translateEmojiCodes,
  translateBreaks,
  cleanCode,
  closeLines,
  titleCode,
  takeValues,
  markLeftSyntax,
];

const plainDialect: Dialect = {};

/**
 * Parses a post's whole text as blogs write it; what no translation knows is left as an `unknown` node. Throws a
 * `VFileMessage` with a place where MDX cannot be parsed.
 */
export function parsePost(text: string, dialect: Dialect = plainDialect): Root {
  const { mdx } = dialect;
  const own = { ...dialect, math: setsMath(dialect, text) };
  const filled = fillTemplates(text, dialect);
  const shown = hideUnfenced(filled.text);
  const masked = maskAddresses(shown, runsShortcodes(dialect));
  const reader = readerOf(dialect, own.math);
  const tree = parseWith(reader, masked);
  if (mdx === undefined) readMarkdownInHtml(tree, masked, (inside) => parseWith(reader, inside));
  unmaskTree(tree, masked, shown);
  for (const translate of [markSeries, takeAttributes, ...(mdx ? [mdx.translate] : []), ...translations])
    translate(tree, own, filled.text);
  restorePlaces(tree, filled, text);
  return tree;
}

/** The readers of dialects, of texts in which formulas are set and of those in which they are not. */
const readers = new WeakMap<Dialect, Map<boolean, Reader>>();

function readerOf(dialect: Dialect, math: boolean): Reader {
  const known = readers.get(dialect) ?? new Map<boolean, Reader>();
  readers.set(dialect, known);
  const ahead = makeAhead();
  const reader =
    known.get(math) ??
    makeReader(listSyntaxes(dialect, math, ahead), ahead, dialect.mdx && [dialect.mdx.plugin]);
  known.set(math, reader);
  return reader;
}

/** What is added to plain markdown: directives in every post, the rest as this blog, or this post, has it. */
function listSyntaxes(dialect: Dialect, math: boolean, ahead: Ahead): readonly Syntax[] {
  const names = namesOf(dialect);
  const tags = { tokens: shortcodeTokens((tag) => isVerbatimTag(tag, names), ahead), nodes: shortcodeNodes };
  return [
    { tokens: directiveTokens, nodes: directiveNodes },
    { tokens: indentedTokens, nodes: indentedNodes },
    { tokens: attributeTokens(dialect.mdx !== undefined), nodes: attributeNodes },
    ...(dialect.mdx && dialect.mdxInAll === true ? [{ tokens: commentTokens, nodes: commentNodes }] : []),
    ...(runsShortcodes(dialect) ? [tags] : []),
    ...(dialect.takesValues === true ? [{ tokens: openReferenceTokens, nodes: {} }] : []),
    ...(math ? [{ tokens: mathTokens(ahead), nodes: mathNodes }] : []),
  ];
}
