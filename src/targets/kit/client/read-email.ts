import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type { CopySought, Observation, Taken } from '../../../model/target.ts';

/** A sequence as a listing has it. */
export const sequenceShape = z.object({
  id: z.int(),
  name: z.string(),
  active: z.boolean().nullish(),
  subscriber_count: z.int().nullish(),
});

export type Sequence = z.output<typeof sequenceShape>;

/** An email of a sequence, in the shape of a listing or of a single answer; a new one may come without its position. */
export const emailShape = z.object({
  id: z.int(),
  sequence_id: z.int(),
  subject: z.string(),
  preview_text: z.string().nullish(),
  content: z.string().nullish(),
  published: z.boolean(),
  position: z.int().nullish(),
  delay_value: z.int(),
  delay_unit: z.string(),
});

export type Email = z.output<typeof emailShape>;

/** Where a letter is: the sequence, the email in it, and the place in the sequence that it was last sent to, the first being 0. */
export interface EmailPlace {
  readonly sequence: number;
  readonly email: number;
  readonly position: number;
}

/** A place as one text, for the ledger. */
function formatPlace({ sequence, email, position }: EmailPlace): string {
  return `${sequence}/${email}/${position}`;
}

/** The place that a text is of, if it is one. */
export function readPlace(remoteId: string): EmailPlace | undefined {
  const [, sequence, email, position] = /^(\d+)\/(\d+)\/(\d+)$/.exec(remoteId) ?? [];
  if (sequence === undefined) return undefined;
  return { sequence: Number(sequence), email: Number(email), position: Number(position) };
}

/** The place in its sequence that a rendition is for, the first being 0. */
export function readPosition({ fields }: Rendition): number {
  return Number(fields['position']);
}

/** The address at which people see a sequence in Kit; a stand-in shows it itself. */
function locateSequence(id: number, url: string): string {
  const { host, origin } = new URL(url);
  return `${host === 'api.kit.com' ? 'https://app.kit.com' : origin}/sequences/${id}`;
}

/** An email as proof that it was taken, at the place that it was sent to. */
export function describeTaken(email: Email, position: number, url: string): Taken {
  return {
    remoteId: formatPlace({ sequence: email.sequence_id, email: email.id, position }),
    url: locateSequence(email.sequence_id, url),
    state: email.published ? 'live' : 'draft',
    echo: digestEmail(email),
  };
}

/** Digests what readers get of an email, and when; its place changes by itself as others come before it. */
function digestEmail(email: Email): string {
  return digestJson({
    subject: email.subject,
    preview: email.preview_text ?? '',
    content: email.content ?? '',
    delay: [email.delay_value, email.delay_unit] satisfies Json,
  });
}

/**
 * The email of a letter, found by the recorded id. Otherwise, among emails that are recorded for no other letter, by its subject,
 * at its own place first; or else by its words, because the subject may have changed since it was sent.
 */
function findEmail(
  { postId, remoteId, rendition, owners = new Map() }: CopySought,
  emails: readonly Email[],
): { readonly email: Email; readonly index: number } | undefined {
  const at = (index: number) => {
    const email = emails[index];
    return email && { email, index };
  };
  const place = remoteId === undefined ? undefined : readPlace(remoteId);
  if (place !== undefined) {
    return at(
      emails.findIndex(({ id, sequence_id }) => id === place.email && sequence_id === place.sequence),
    );
  }
  if (rendition === undefined) return undefined;
  const position = readPosition(rendition);
  const others = new Set(
    [...owners].map(([id, owner]) => (owner === postId ? undefined : readPlace(id)?.email)),
  );
  const isFree = ({ id }: Email): boolean => !others.has(id);
  const isIt = (email: Email): boolean => email.subject === rendition.fields['subject'] && isFree(email);
  const own = emails[position];
  if (own !== undefined && isIt(own)) return at(position);
  return (
    at(emails.findIndex(isIt)) ??
    at(emails.findIndex((email) => email.content === rendition.body && isFree(email)))
  );
}

/**
 * What is known of a letter in a sequence, and what readers could be mailed at once, or out of order, if it were sent as it is to be.
 * Nobody could where Kit says that nobody is in the sequence.
 */
export function observeLetter(
  sought: CopySought,
  sequence: Sequence,
  emails: readonly Email[],
  { url, published }: { readonly url: string; readonly published: boolean },
): Observation {
  const found = findEmail(sought, emails);
  const position = sought.rendition && readPosition(sought.rendition);
  const hasReaders = sequence.subscriber_count !== 0;
  if (found === undefined) {
    const isRisky = position !== undefined && hasReaders && published;
    const risk = isRisky ? tellRisk(position, emails.length) : undefined;
    return { seen: 'absent', ...(risk !== undefined && { risk }) };
  }
  const { email, index } = found;
  const place = readPlace(sought.remoteId ?? '')?.position ?? index;
  const risk =
    hasReaders && sought.rendition ? tellChange(email, { place, index }, sought.rendition) : undefined;
  return {
    seen: 'present',
    ...describeTaken(email, place, url),
    canonicalUrl: sought.canonicalUrl,
    body: email.content ?? '',
    ...(risk !== undefined && { risk }),
  };
}

/**
 * What a change of a letter could do to readers who are in the sequence. `place`: where it was last sent to; `index`: where it is.
 */
function tellChange(
  email: Email,
  { place, index }: { readonly place: number; readonly index: number },
  rendition: Rendition,
): string | undefined {
  const position = readPosition(rendition);
  if (position !== place && position !== index)
    return `it is moved from place ${index + 1} to place ${position + 1} of the sequence, and readers could get letters out of order`;
  const { delay_value: value, delay_unit: unit } = rendition.fields;
  return email.published && countHours(value, unit) < countHours(email.delay_value, email.delay_unit)
    ? 'it arrives sooner than before, and Kit may mail it at once to readers who have waited longer'
    : undefined;
}

/** A delay, which Kit counts in days or hours, in hours. */
function countHours(value: Json | undefined, unit: Json | undefined): number {
  return Number(value ?? 0) * (unit === 'hours' ? 1 : 24);
}

/** What a new letter that is published could do to those who are in the sequence; the first place is 0. */
function tellRisk(position: number, count: number): string | undefined {
  if (position === 0)
    return 'it is the first of the sequence, and Kit mails it at once to whoever waits there';
  return position < count
    ? `it comes before ${count - position} others, and Kit may mail it at once to readers who are past its place`
    : undefined;
}
