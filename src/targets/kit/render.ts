import { renderMail } from '../../mailing/render-mail.ts';
import type { Letter } from '../../model/letter.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { reportFaults, type Fault } from '../../transform/report-faults.ts';
import { sealLetter } from '../define.ts';
import { writeLiquid } from './merge-tags.ts';

/** What shapes a letter for Kit. */
export interface KitRendering {
  /** The target's name in the config. */
  readonly name: string;
  /** The custom fields that readers have in Kit. */
  readonly fields: readonly string[];
  readonly digestOptions: (site: Site) => string;
}

/**
 * Renders a letter as an email of a sequence: the body is the content of Kit's own frame, and the fields have the names of its API.
 */
export function renderForKit(
  letter: Letter,
  content: Content,
  site: Site,
  { name, fields, digestOptions }: KitRendering,
): Rendered {
  const mail = renderMail(content, letter, site, { target: name, mergeTags: writeLiquid(fields) });
  const position = (letter.sequence?.position ?? 1) - 1;
  const { value, unit } = letter.delay ?? { value: 0, unit: 'days' };
  const rendition = sealLetter({
    target: name,
    letter,
    content,
    options: digestOptions(site),
    body: mail.body,
    fields: {
      subject: mail.subject,
      preview_text: mail.preheader === '' ? null : mail.preheader,
      position,
      delay_value: value,
      // Kit knows what goes at once only by days.
      delay_unit: value === 0 ? 'days' : unit,
    },
  });
  const isTogether = position > 0 && value === 0;
  const faults = isTogether ? [describeDelay(letter)] : [];
  return { rendition, diagnostics: [...mail.diagnostics, ...reportFaults(letter, content, name, faults)] };
}

function describeDelay({ places }: Letter): Fault {
  return {
    rule: 'kit-delay',
    severity: 'error',
    at: places.delay === undefined ? 'sequence' : 'delay',
    message:
      'The letter comes together with the one before, which Kit does only for the first of a sequence.',
    remedy: 'Give it a delay of at least an hour, such as "delay: 1 hour".',
  };
}
