import { compile } from 'html-to-text';
import type { Root } from 'mdast';
import type { Post } from '../../../model/post.ts';
import { spellScriptsInHtml } from '../../../transform/plain-scripts.ts';
import { printHtml } from '../../../transform/to-html.ts';

/** Words are never torn apart into lines: places wrap them as they like. */
const convert = compile({
  wordwrap: false,
  formatters: {
    noteMark: (element, walk, builder) => {
      builder.addInline('[');
      walk(element.children, builder);
      builder.addInline(']');
    },
  },
  selectors: [
    { selector: 'a[id][href^="#note-"]', format: 'noteMark' },
    { selector: 'a[href^="#note-"]', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    { selector: 'img', options: { linkBrackets: ['(', ')'] } },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** Prints a tree as plain text: addresses stand behind what they belong to, code stands as it is. */
export function printText(tree: Root, post: Post): string {
  return `${convert(spellScriptsInHtml(printHtml(tree, post))).trim()}\n`;
}
