import type { Root, RootContent } from 'hast';
import { parseBareHtml } from './parse-html.ts';

const silentElements = new Set(['script', 'style', 'template', 'noscript']);
const titleLength = 1000;

/**
 * A title or name as one line of plain text. `text` is believed to be plain: left-over entities are decoded and pairs of
 * inline tags removed, anything else that looks like a tag is what the author wrote about. So it is not read as HTML.
 */
export function readPlainText(text: string, format: 'text' | 'html' = 'text'): string {
  const bounded = text.slice(0, titleLength);
  if (!/[<&]/.test(bounded)) return tidyLine(bounded);
  const html =
    format === 'html'
      ? bounded
      : bounded
          .replace(/<(em|strong|b|i|code|span|sup|sub|small)(?:\s[^<>]*)?>([^<]*)<\/\1>/gi, '$2')
          .replaceAll('<', '&lt;');
  return tidyLine(readHtmlText(html));
}

/** Characters that show nothing and may speak to a terminal; breaks of lines and tabs are none. */
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/** Text without control characters. */
export function dropControls(text: string): string {
  return text.replace(controls, '');
}

function tidyLine(text: string): string {
  return text.replace(/[\u0000-\u001F\u007F-\u009F\s]+/g, ' ').trim();
}

/** The text that HTML shows, without scripts and styles. */
function readHtmlText(html: string): string {
  const parts: string[] = [];
  const stack: (Root | RootContent)[] = [parseBareHtml(html)];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'text') parts.push(node.value);
    else if (node.type === 'root' || (node.type === 'element' && !silentElements.has(node.tagName))) {
      stack.push(...node.children.toReversed());
    }
  }
  return parts.join('');
}

/** An absolute http(s) URL, resolved where it is relative; undefined for anything else, such as `javascript:`. */
export function readHttpUrl(text: string, base: string | undefined): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
