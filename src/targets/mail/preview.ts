import { readLetterBody } from '../../mailing/document.ts';
import { fillSamples, fillText, sampleTag } from '../../mailing/merge-tags.ts';
import { viewLetter } from '../../mailing/view-letter.ts';
import type { Letter } from '../../model/letter.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { View } from '../../model/view.ts';
import { readMailFields } from './fields.ts';

/** A letter as mail programs show it, with its plain part; merge tags are shown by their fallbacks. */
export function previewMail(rendition: Rendition, { lang }: Letter): View {
  const { subject, preheader, text } = readMailFields(rendition);
  const show = (words: string): string => fillText(words, sampleTag);
  return viewLetter({
    lang,
    subject: show(subject),
    preheader: show(preheader),
    body: fillSamples(readLetterBody(rendition.body)),
    text: show(text),
  });
}
