import { renderToString } from 'katex';
import { readTexStyle, texFonts } from './tex-fonts.ts';

/** Draws TeX as HTML that needs `writeTexStyle`. What KaTeX does not know is shown as it is, in red. */
export function drawTex(tex: string, display: boolean): string {
  return renderToString(tex, {
    displayMode: display,
    throwOnError: false,
    strict: 'ignore',
    trust: false,
    maxSize: 20,
    maxExpand: 500,
  });
}

/** The style of drawn TeX, with the fonts in it that this HTML needs. */
export function writeTexStyle(html: string): string {
  const faces = texFonts
    .filter(({ wanted }) => wanted?.test(html) ?? true)
    .map(
      ({ name, weight = 'normal', style = 'normal', read }) =>
        `@font-face{font-family:"${name}";font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${read()}) format("woff2")}`,
    );
  return `${faces.join('\n')}\n${readTexStyle().replaceAll(/@font-face\{[^}]*\}/g, '')}`;
}
