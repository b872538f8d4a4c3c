import { escapeHtml } from '../../base/escape-html.ts';
import { readTags } from './read-tags.ts';

/** HTML in which `replace` may give other addresses to pictures, sound and films, and to pictures that stand for films. */
export function replaceAddresses(html: string, replace: (address: string) => string | undefined): string {
  // A look at the text, since most pages have no picture.
  if (!/\s(?:src|poster)\s*=/i.test(html)) return html;
  let replaced = '';
  let last = 0;
  for (const { attributes } of readTags(html)) {
    for (const { name, value, start, end } of attributes) {
      const made = name === 'src' || name === 'poster' ? replace(value) : undefined;
      if (made === undefined) continue;
      replaced += `${html.slice(last, start)}${name}="${escapeHtml(made)}"`;
      last = end;
    }
  }
  return replaced + html.slice(last);
}
