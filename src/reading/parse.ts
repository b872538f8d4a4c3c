import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { translateDefinitionLists } from './definition-lists.ts';
import type { Dialect, Syntax, Translate } from './dialects/dialect.ts';
import { directiveNodes, directiveTokens } from './dialects/directive-syntax.ts';
import { translateEmojiCodes } from './dialects/emoji-codes.ts';
import { takeHeadingIds } from './dialects/heading-ids.ts';
import { liftHtml } from './html/lift-html.ts';
import { fitNodes, fitTokens } from './lean-gfm.ts';
import { mathNodes, mathTokens } from './dialects/math-syntax.ts';
import { dropMoreMarks } from './dialects/more-mark.ts';
import { maskTargets, unmaskTree } from './dialects/shortcode-mask.ts';
import { isVerbatimTag } from './dialects/shortcode-meanings.ts';
import { shortcodeNodes, shortcodeTokens } from './dialects/shortcode-syntax.ts';
import { markSeries } from './dialects/mark-series.ts';
import { translateDirectives } from './dialects/translate-directives.ts';
import { setsMath, translateMath } from './dialects/translate-math.ts';
import { namesOf, runsShortcodes, translateShortcodes } from './dialects/translate-shortcodes.ts';

/** Never frozen: a copy of a frozen processor adds each of its syntaxes once more, and is slower by as much. */
const markdownParser = unified().use(remarkParse).use(remarkFrontmatter, ['yaml', 'toml']).use(remarkGfm);

/** Parses a post's whole text as plain markdown, front matter included, so that positions are those of the file. */
export function parseMarkdown(text: string): Root {
  return openParser(text, []).parse(text);
}

/** A parser for one text, since what the text cannot hold is not looked for. */
function openParser(text: string, added: readonly Syntax[]) {
  return markdownParser().use(addSyntaxes, added, text);
}

/** In this order: what makes blocks of lines first, what only changes words last. */
const translations: readonly Translate[] = [
  translateDirectives,
  translateShortcodes,
  dropMoreMarks,
  liftHtml,
  translateDefinitionLists,
  translateMath,
  takeHeadingIds,
  translateEmojiCodes,
];

/**
 * Parses a post's whole text as blogs write it; what no translation knows is left as an `unknown` node. Throws a
 * `VFileMessage` with a place where MDX cannot be parsed.
 */
export function parsePost(text: string, dialect: Dialect = {}): Root {
  const { mdx } = dialect;
  const own = { ...dialect, math: setsMath(dialect, text) };
  const masked = runsShortcodes(dialect) ? maskTargets(text) : text;
  const parser = openParser(masked, listSyntaxes(own));
  const tree = (mdx === undefined ? parser : parser.use(mdx.plugin)).parse(masked);
  unmaskTree(tree, masked, text);
  for (const translate of [markSeries, ...(mdx ? [mdx.translate] : []), ...translations])
    translate(tree, own, text);
  return tree;
}

/** What is added to plain markdown: directives in every post, the rest as this blog, or this post, has it. */
function listSyntaxes(dialect: Dialect): readonly Syntax[] {
  const names = namesOf(dialect);
  const tags = { tokens: shortcodeTokens((tag) => isVerbatimTag(tag, names)), nodes: shortcodeNodes };
  return [
    { tokens: directiveTokens, nodes: directiveNodes },
    ...(runsShortcodes(dialect) ? [tags] : []),
    ...(dialect.math === true ? [{ tokens: mathTokens, nodes: mathNodes }] : []),
  ];
}

function addSyntaxes(this: Processor, added: readonly Syntax[], text: string): void {
  const data = this.data();
  data.micromarkExtensions = [
    ...fitTokens(data.micromarkExtensions ?? [], text),
    ...added.map(({ tokens }) => tokens),
  ];
  data.fromMarkdownExtensions = [
    ...fitNodes((data.fromMarkdownExtensions ?? []).flat()),
    ...added.map(({ nodes }) => nodes),
  ];
}
