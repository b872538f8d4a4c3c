import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** KaTeX's style sheet. */
export function readTexStyle(): string {
  return readFileSync(resolve('katex/dist/katex.min.css'), 'utf8');
}

/** A font of KaTeX: what of its HTML needs it, always where there is nothing, and its file in base64. */
interface TexFont {
  readonly name: string;
  readonly wanted?: RegExp;
  readonly weight?: string;
  readonly style?: string;
  readonly read: () => string;
}

/** The fonts that formulas of posts use; others fall back on the main one. */
export const texFonts: readonly TexFont[] = [
  {
    name: 'KaTeX_Main',
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Main-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Main',
    weight: 'bold',
    wanted: /\b(?:math|text)bf\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Main-Bold.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Main',
    style: 'italic',
    wanted: /\b(?:math|text)it\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Main-Italic.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Math',
    style: 'italic',
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Math-Italic.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Math',
    style: 'italic',
    weight: 'bold',
    wanted: /\bboldsymbol\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Math-BoldItalic.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Size1',
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Size1-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Size2',
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Size2-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Size3',
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Size3-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Size4',
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Size4-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_AMS',
    wanted: /\b(?:amsrm|mathbb|textbb)\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_AMS-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Caligraphic',
    wanted: /\bmathcal\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Caligraphic-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Fraktur',
    wanted: /\b(?:mathfrak|textfrak)\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Fraktur-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_SansSerif',
    wanted: /\b(?:mathsf|textsf)\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_SansSerif-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Script',
    wanted: /\b(?:mathscr|textscr)\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Script-Regular.woff2'), 'base64'),
  },
  {
    name: 'KaTeX_Typewriter',
    wanted: /\b(?:mathtt|texttt)\b/,
    read: () => readFileSync(resolve('katex/dist/fonts/KaTeX_Typewriter-Regular.woff2'), 'base64'),
  },
];
