import { compile, type HtmlToTextOptions } from 'html-to-text';
import { once } from '../base/once.ts';
import { spellScriptsInHtml } from './plain-scripts-in-html.ts';

const options: HtmlToTextOptions = {
  wordwrap: false,
  formatters: {
    noteMark: (element, walk, builder) => {
      builder.addInline('[');
      walk(element.children, builder);
      builder.addInline(']');
    },
    alt: (element, _walk, builder) => {
      builder.addInline(String(element.attribs['alt'] ?? ''));
    },
  },
  selectors: [
    { selector: 'a[id][href^="#note-"]', format: 'noteMark' },
    { selector: 'a[href^="#note-"]', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
    { selector: 'a > img', format: 'alt' },
    { selector: 'img', options: { linkBrackets: ['(', ')'] } },
    ...['figure', 'figcaption', 'details', 'summary'].map((selector) => ({ selector, format: 'block' })),
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
};

const convert = compile(options);

/** How long a line of a mail's plain part is at most, in characters, but for addresses and code (RFC 5322, section 2.1.1). */
const mailLine = 78;

const convertForMail = once(() => compile({ ...options, wordwrap: mailLine }));

/**
 * Reads the HTML of a tree as plain text: addresses stand behind what they belong to, code stands as it is. Words are never torn
 * apart into lines: places wrap them as they like.
 */
export function readHtmlAsText(html: string): string {
  return `${convert(spellScriptsInHtml(html)).trim()}\n`;
}

/** The same, in lines of a mail's length. */
export function readHtmlAsMail(html: string): string {
  return `${convertForMail()(spellScriptsInHtml(html))
    .replaceAll(/[ \t]+$/gm, '')
    .trim()}\n`;
}
