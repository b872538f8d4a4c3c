import { viewLetter } from '../../mailing/view-letter.ts';
import type { Letter } from '../../model/letter.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { View } from '../../model/view.ts';
import { readHtmlAsMail } from '../../transform/to-text.ts';
import { showSamples } from './merge-tags.ts';

/** A letter as readers get it from Kit, in its own frame; merge tags are shown by their fallbacks. */
export function previewOnKit({ body, fields }: Rendition, { lang }: Letter): View {
  const { subject, preview_text: preview } = fields;
  const shown = showSamples(body);
  return viewLetter({
    lang,
    subject: typeof subject === 'string' ? showSamples(subject) : '',
    preheader: typeof preview === 'string' ? showSamples(preview) : '',
    body: shown,
    text: readHtmlAsMail(shown),
  });
}
