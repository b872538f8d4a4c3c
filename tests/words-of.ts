import type { Nodes, Root } from 'hast';
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
    if (node.type === 'element' && unseen.has(node.tagName)) return;
    if (
      node.type === 'element' &&
      node.tagName === 'img' &&
      node.properties['src'] !== undefined &&
      typeof node.properties['alt'] === 'string'
    )
      texts.push(node.properties['alt']);
    const stands = node.type === 'element' && (node.tagName === 'br' || blockElements.has(node.tagName));
    if (stands) texts.push(' ');
    if ('children' in node) for (const child of node.children) read(child);
    if (stands) texts.push(' ');
  };
  read(tree);
  return texts.join('');
}

/** The words of a text. */
export function listWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** HTML as a tree. */
export function readHtml(html: string): Root {
  return unified().use(rehypeParse, { fragment: true }).parse(html);
}

/** The page that a generator without anything of its own makes of markdown. */
export function showAsPage(markdown: string): Root {
  return unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .runSync(parseMarkdown(markdown));
}
