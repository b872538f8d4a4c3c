import type { Reply } from '../exchange.ts';
import { replyJson } from '../stand-in.ts';
import type { HeldEmail, HeldSequence } from './held.ts';

/** What an email may say (developers.kit.com, sequence emails, checked November 2026). */
const emailFields = new Set([
  'subject',
  'preview_text',
  'content',
  'delay_value',
  'delay_unit',
  'email_template_id',
  'published',
  'send_days',
  'position',
]);

/** What a sequence may say (developers.kit.com, sequences, checked November 2026). */
const sequenceFields = new Set([
  'name',
  'email_address',
  'email_template_id',
  'send_days',
  'send_hour',
  'time_zone',
  'active',
  'repeat',
  'hold',
  'exclude_subscriber_sources',
]);

/** A refusal as the API words it. */
export function refuse(status: number, ...errors: readonly string[]): Reply {
  return replyJson(status, { errors });
}

/** Why a new sequence is refused, if it is. */
export function refuseSequence(given: Readonly<Record<string, unknown>>): Reply | undefined {
  const faults = listUnknown(given, sequenceFields);
  if (typeof given['name'] !== 'string' || given['name'].trim() === '') faults.push("name can't be blank");
  return faults.length > 0 ? refuse(422, ...faults) : undefined;
}

/** The sequence with an email as it would be, at its place, or the refusal. An email that is there stays where it is unless it is moved. */
export function placeEmail(
  before: HeldEmail,
  given: Readonly<Record<string, unknown>>,
  sequence: HeldSequence,
): { readonly sequence: HeldSequence; readonly email: HeldEmail } | { readonly refuse: Reply } {
  const index = sequence.emails.findIndex(({ id }) => id === before.id);
  const others = sequence.emails.filter(({ id }) => id !== before.id);
  const email: HeldEmail = {
    ...before,
    subject: choose(given, 'subject', before.subject) as string,
    previewText: choose(given, 'preview_text', before.previewText) as string | null,
    content: choose(given, 'content', before.content) as string | null,
    delayValue: choose(given, 'delay_value', before.delayValue) as number,
    delayUnit: choose(given, 'delay_unit', before.delayUnit) as string,
    sendDays: choose(given, 'send_days', before.sendDays) as readonly string[] | null,
    published: (given['published'] ?? before.published) as boolean,
  };
  const position = Number(given['position'] ?? (index === -1 ? others.length : index));
  const faults = [...listUnknown(given, emailFields), ...listFaults(email, given, position)];
  if (!Number.isInteger(position) || position < 0 || position > others.length)
    faults.push('position is not a place in the sequence');
  if (faults.length > 0) return { refuse: refuse(422, ...faults) };
  return { email, sequence: { ...sequence, emails: others.toSpliced(position, 0, email) } };
}

function choose(given: Readonly<Record<string, unknown>>, key: string, kept: unknown): unknown {
  return key in given ? given[key] : kept;
}

function listFaults(
  email: HeldEmail,
  given: Readonly<Record<string, unknown>>,
  position: number,
): readonly string[] {
  const { subject, delayValue, delayUnit, published } = email;
  const faults: string[] = [];
  if (typeof subject !== 'string' || subject.trim() === '') faults.push("subject can't be blank");
  if (delayUnit !== 'days' && delayUnit !== 'hours') faults.push('delay_unit must be one of: days, hours');
  if (!Number.isInteger(delayValue) || delayValue < 0) faults.push('delay_value must be an integer');
  if (delayValue === 0 && (position !== 0 || delayUnit !== 'days'))
    faults.push('only the first email can be sent immediately');
  if (typeof published !== 'boolean') faults.push('published must be a boolean');
  if (delayUnit === 'hours' && Array.isArray(given['send_days']))
    faults.push('send_days only applies to emails with a delay in days');
  return faults;
}

function listUnknown(given: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): string[] {
  return Object.keys(given)
    .filter((key) => !known.has(key))
    .map((key) => `${key} is not a parameter`);
}

/** Why readers in a sequence are mailed an email at once because of a change, if they are. */
export function findMailing(
  before: HeldSequence,
  after: HeldSequence,
  email: HeldEmail,
  readers: number,
): string | undefined {
  if (readers === 0 || !after.active || !email.published) return undefined;
  const place = after.emails.findIndex(({ id }) => id === email.id);
  const earlier = before.emails.findIndex(({ id }) => id === email.id);
  const wasPublished = before.emails[earlier]?.published ?? false;
  if (!wasPublished && place === 0) return 'the first was published';
  if (earlier === -1 && place < after.emails.length - 1) return 'it was inserted before others';
  return earlier !== -1 && earlier !== place ? 'it was moved' : undefined;
}
