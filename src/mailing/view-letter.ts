import { escapeText } from '../base/escape-html.ts';
import type { View } from '../model/view.ts';
import { writeDocument } from '../views/document.ts';
import { pageStyles, writeViewSheet } from './style.ts';

/** The widths at which letters are looked at: as wide as a letter is, and a phone. */
const widths = [600, 375];

const textStyle =
  '.text { max-width: 80ch; margin: 0; padding: 1.5rem 1rem; white-space: pre-wrap; font: 0.9rem/1.5 ui-monospace, monospace; }';

/**
 * A letter as its readers see it: as mail programs show it, and its plain part beside it. `body` is the HTML that stands in it, with
 * its styles, and `text` the plain part, both with sample values for merge tags.
 */
export function viewLetter(letter: {
  readonly lang: string;
  readonly subject: string;
  readonly preheader: string;
  readonly body: string;
  readonly text: string;
}): View {
  const { lang, subject, preheader, body, text } = letter;
  const head = `<p style="margin:0;padding:12px 24px;border-bottom:1px solid #8884;font:15px/22px system-ui,sans-serif"><strong>${escapeText(subject)}</strong> <span style="opacity:.7">${escapeText(preheader)}</span></p>`;
  const page = `${head}\n<div class="page" style="${pageStyles.page.style}"><div class="letter" style="box-sizing:border-box;max-width:600px;margin:0 auto;${pageStyles.letter.style}">\n${body}\n</div></div>`;
  return {
    frames: [
      {
        name: 'mail',
        html: writeDocument({ title: subject, lang, style: writeViewSheet(), body: page }),
        widths,
      },
      {
        name: 'plain',
        html: writeDocument({
          title: subject,
          lang,
          style: textStyle,
          body: `<pre class="text">${escapeText(text)}</pre>`,
        }),
      },
    ],
  };
}
