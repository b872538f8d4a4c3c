import { digestJson } from '../../base/digest.ts';
import { commonTags, writeTag, type WriteMergeTag } from '../../mailing/merge-tags.ts';
import { renderMail } from '../../mailing/render-mail.ts';
import type { Delay, Letter } from '../../model/letter.ts';
import type { Site } from '../../model/site.ts';
import type { Content } from '../../model/source.ts';
import type { Rendered } from '../../model/target.ts';
import { sealLetter } from '../define.ts';
import type { MailFields } from './fields.ts';

/** What shapes letters that are written as files. */
export interface MailRendering {
  /** The target's name in the config. */
  readonly name: string;
  readonly from: string | undefined;
  readonly unsubscribe: string | undefined;
  /** How merge tags are written, by name. */
  readonly mergeTags: Readonly<Record<string, string>>;
  readonly digestOptions: (site: Site) => string;
}

/** Renders a letter as a mail of its own: the document, and all that stands around it. */
export function renderForMail(
  letter: Letter,
  content: Content,
  site: Site,
  rendering: MailRendering,
): Rendered {
  const { name, from, unsubscribe } = rendering;
  const { html, subject, preheader, text, diagnostics } = renderMail(content, letter, site, {
    target: name,
    mergeTags: chooseTags(rendering.mergeTags),
    ...(unsubscribe !== undefined && { unsubscribe }),
  });
  const { sequence, delay, day, publishAt } = letter;
  const fields: MailFields = {
    subject,
    preheader,
    text,
    from: from ?? null,
    unsubscribe: unsubscribe ?? null,
    message_id: `${digestJson([name, letter.id]).slice(0, 32)}@${new URL(site.url).hostname}`,
    date: publishAt ?? null,
    position: sequence?.position ?? null,
    delay: delay === undefined ? null : showDelay(delay),
    day: day ?? null,
  };
  const rendition = sealLetter({
    target: name,
    letter,
    content,
    options: rendering.digestOptions(site),
    body: html,
    fields,
  });
  return { rendition, diagnostics };
}

/** Merge tags as the config writes them; those that all mail programs have stay as letters write them. */
function chooseTags(given: MailRendering['mergeTags']): WriteMergeTag {
  return (name, fallback) => {
    const written = given[name];
    if (written !== undefined) return written.replaceAll('{fallback}', fallback ?? '');
    return commonTags.has(name) ? writeTag(name, fallback) : undefined;
  };
}

function showDelay({ value, unit }: Delay): string {
  return `${value} ${value === 1 ? unit.slice(0, -1) : unit}`;
}
