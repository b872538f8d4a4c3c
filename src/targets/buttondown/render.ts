import { renderMail } from '../../mailing/render-mail.ts';
import type { Letter } from '../../model/letter.ts';
import type { Rendition } from '../../model/rendition.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { reportFaults, type Fault } from '../../transform/report-faults.ts';
import { sealLetter } from '../define.ts';
import { subjectLimit } from './limits.ts';
import { writeTemplateTags } from './merge-tags.ts';
import { nameSlug } from './name-slug.ts';

/** What shapes a letter for Buttondown. */
export interface ButtondownRendering {
  /** The target's name in the config. */
  readonly name: string;
  /** The keys of readers' metadata that letters may name. */
  readonly fields: readonly string[];
  readonly digestOptions: (site: Site) => string;
}

/** Renders a letter as an email by itself, or as a step of the sequence's automation, with fields named as the API names them. */
export function renderForButtondown(
  letter: Letter,
  content: Content,
  site: Site,
  { name, fields, digestOptions }: ButtondownRendering,
): Rendered {
  const mail = renderMail(content, letter, site, { target: name, mergeTags: writeTemplateTags(fields) });
  const isStep = letter.sequence !== undefined;
  const own = isStep ? describeStep(letter) : describeEmail(letter, mail.preheader);
  const rendition = sealLetter({
    target: name,
    letter,
    content,
    options: digestOptions(site),
    body: mail.body,
    fields: { subject: mail.subject, ...own },
  });
  const faults = [...findSubjectFaults(mail.subject), ...(isStep ? findDayFaults(letter) : [])];
  return { rendition, diagnostics: [...mail.diagnostics, ...reportFaults(letter, content, name, faults)] };
}

/**
 * When a step is done. Buttondown counts each delay from the event that begins the automation, not from the step before
 * (Buttondown's OpenAPI document of August 2026, Timing, checked November 2026).
 */
function describeStep({ hours = 0 }: Letter): Rendition['fields'] {
  const isDays = hours % 24 === 0;
  return { delay_value: isDays ? hours / 24 : hours, delay_unit: isDays ? 'days' : 'hours' };
}

function describeEmail({ id, publishAt }: Letter, preheader: string): Rendition['fields'] {
  return { slug: nameSlug(id), description: preheader, publish_date: publishAt ?? null };
}

function findSubjectFaults({ length }: string): readonly Fault[] {
  if (length <= subjectLimit) return [];
  return [
    {
      rule: 'buttondown-subject-length',
      severity: 'error',
      at: 'subject',
      message: `The subject has ${length} characters, and Buttondown takes ${subjectLimit}.`,
      remedy: 'Shorten the subject.',
    },
  ];
}

function findDayFaults({ hours }: Letter): readonly Fault[] {
  if (hours !== undefined) return [];
  return [
    {
      rule: 'buttondown-day-unknown',
      severity: 'error',
      at: 'subject',
      message:
        'Nobody can tell on which day after a reader joins this letter arrives, and Buttondown counts from that day.',
      remedy: 'Mend the faults that are reported for the sequence and its delays.',
    },
  ];
}
