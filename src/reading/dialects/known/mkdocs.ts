import type { Family } from './family.ts';

/** MkDocs' own words for notes beside everybody's (https://squidfunk.github.io/mkdocs-material/reference/admonitions/, checked December 2026). */
export const mkdocs = {
  directives: { annotate: 'unwrap', quote: 'quote', tab: 'tab' },
} as const satisfies Family;
