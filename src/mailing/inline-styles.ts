import type { Root } from 'hast';
import { selectAll } from 'hast-util-select';
import { bodyStyles } from './style.ts';

/** Puts the styles of a letter into its elements, each as an attribute: of two that say the same, the later. */
export function inlineStyles(html: Root): void {
  for (const { selector, style } of bodyStyles) {
    for (const { properties } of selectAll(selector, html)) {
      const before = typeof properties['style'] === 'string' ? properties['style'] : '';
      properties['style'] = joinStyles(before, style);
    }
  }
}

function joinStyles(before: string, added: string): string {
  const declarations = [before, added].flatMap((style) => (style === '' ? [] : style.split(';')));
  const last = new Map(declarations.map((one) => [one.slice(0, one.indexOf(':')), one]));
  return [...last.values()].join(';');
}
