import { viewLetter } from '../../mailing/view-letter.ts';
import type { Letter } from '../../model/letter.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { View } from '../../model/view.ts';
import { readHtmlAsMail } from '../../transform/to-text.ts';
import { showSamples } from './merge-tags.ts';

/** A letter as readers get it from Buttondown, in its own frame; merge tags are shown by their fallbacks. */
export function previewOnButtondown({ body, fields }: Rendition, { lang, preview = '' }: Letter): View {
  const shown = showSamples(body);
  return viewLetter({
    lang,
    subject: showSamples(String(fields['subject'] ?? '')),
    preheader: String(fields['description'] ?? preview),
    body: shown,
    text: readHtmlAsMail(shown),
  });
}
