import type { Element, Nodes, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeRaw from 'rehype-raw';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { blockElements } from '../src/reading/html/block-elements.ts';
import { parseMarkdown } from '../src/reading/parse.ts';

/** Elements of which nobody sees what is in them on a page, or of which a copy names the element, not the words. */
const unseen: ReadonlySet<string> = new Set(
  'audio canvas datalist head iframe math noembed noframes noscript object script select style svg template textarea title video'.split(
    ' ',
  ),
);

/** The text that readers of HTML see, descriptions of pictures among it. */
export function readText(tree: Root): string {
  const texts: string[] = [];
  const read = (node: Nodes): void => {
    if (node.type === 'text') texts.push(node.value);
    if (node.type === 'element' && (unseen.has(node.tagName) || isNoteMark(node))) return;
    if (
      node.type === 'element' &&
      node.tagName === 'img' &&
      node.properties['src'] !== undefined &&
      typeof node.properties['alt'] === 'string'
    )
      texts.push(node.properties['alt']);
    const stands =
      node.type === 'element' && (/^(?:br|su[bp])$/.test(node.tagName) || blockElements.has(node.tagName));
    if (stands) texts.push(' ');
    if ('children' in node) for (const child of node.children) read(child);
    if (stands) texts.push(' ');
  };
  read(tree);
  return texts.join('');
}

/** The number of a footnote, which copies count for themselves, and the way back from it. */
function isNoteMark({ properties }: Element): boolean {
  return 'dataFootnoteRef' in properties || 'dataFootnoteBackref' in properties;
}

/** The words of a text; a raised or lowered character is the character. */
export function listWords(text: string): readonly string[] {
  return text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What is in a pair of marks that a site hides, or a definition that it shows nowhere. */
const hidden: readonly RegExp[] = [
  /\{%-?\s*comment\b[^]*?endcomment\s*-?%\}|\{\{[<%] *comment *[>%]\}\}[^]*?\{\{[<%] *\/comment *[>%]\}\}|\{::comment\}[^]*?\{:\/(?:comment)?\}|%%[^]*?%%|<!--[^]*?-->/g,
  /<\?[^]*?\?>|<!\[CDATA\[[^]*?\]\]>/g,
  /^\*\[[^\]\n]+\]:.*$/gm,
  /^[ \t]*(?:import|export)\s.*$/gm,
  /^(?:[-*]|1\.)[ \t]+\S+[ \t]*\n\{:[^}\n]*toc[^}\n]*\}/gim,
  /[ \t]*(?:\/\/|#|\/\*|<!--)[ \t]*(?:\[!code[^\]\n]*\]|(?:highlight|error)-(?:next-line|start|end)).*$/gm,
];

/** Marks of blogs' own syntaxes, of which a reader sees what stands between them, and no name or value in them. */
const marks: readonly RegExp[] = [
  /\{\{[^]*?\}\}|\{%[^]*?%\}|\{:[^{}\n]*\}|\{[.#\w][^{}\n]*\}/g,
  /^([ \t>]*)::?:+(?:[ \t]*[\w-]+(?:\{[^}\n]*\})?)?/gm,
  /(?<![\w:]):[a-z][\w-]*(?=\[|\{)/g,
  /\[![\p{L}_ -]+(?:\|[^\]\n]*)?\][+-]?/gu,
  /^([ \t>]*)(?:!!!|\?\?\?\+?|===[+!]?)[ \t]+[\w -]*/gm,
  /!\[\[[^\]\n]*\]\]|\[\[(?:[^\]|\n]*\||_?toc_?(?=\]))|\[toc\]/gi,
  /(?<=^```\S*)[ \t].*$/gm,
];

/** Markdown as blogs write it, without what their sites show of it nowhere. */
export function withoutMarks(text: string): string {
  const shown = hidden.reduce((left, pattern) => left.replaceAll(pattern, ' '), text);
  return marks.reduce((left, pattern) => left.replaceAll(pattern, ' '), shown);
}

/** HTML as a tree. */
export function readHtml(html: string): Root {
  return unified().use(rehypeParse, { fragment: true }).parse(html);
}

/** The page that a generator without anything of its own makes of markdown. */
export function showAsPage(markdown: string): Root {
  return unified()
    .use(remarkRehype, { allowDangerousHtml: true, footnoteLabel: ' ' })
    .use(rehypeRaw)
    .runSync(parseMarkdown(markdown));
}
