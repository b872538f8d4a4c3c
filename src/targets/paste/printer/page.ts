import { escapeHtml } from '../../../base/escape-html.ts';
import type { Rendition } from '../../../model/rendition.ts';

/** A page to open in a browser and copy from: what stands in its box is not copied. `language` is BCP 47. */
export function printPage(shownTitle: string, { body, canonicalUrl }: Rendition, language: string): string {
  const title = escapeHtml(shownTitle);
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${title}</title>`,
    '<style>',
    'body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif; }',
    'pre { overflow-x: auto; padding: 1rem; border: 1px solid; }',
    'img { max-width: 100%; height: auto; }',
    'header { user-select: none; -webkit-user-select: none; padding: 1rem; border: 1px solid; font-size: 0.9rem; }',
    '</style>',
    `<header>Title: <strong>${title}</strong>. Select all, copy, and paste; this box is not copied. Original: ${escapeHtml(canonicalUrl)}</header>`,
    body,
    '',
  ].join('\n');
}
