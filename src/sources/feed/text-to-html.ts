import { escapeHtml } from '../../base/escape-html.ts';

/** Plain text as HTML: paragraphs where lines are left blank, breaks where lines end. */
export function textToHtml(plain: string): string {
  return escapeHtml(plain)
    .split(/(?:\r?\n[ \t]*){2,}/)
    .map((paragraph) => `<p>${paragraph.trim().replace(/\r?\n/g, '<br>')}</p>`)
    .join('\n');
}
