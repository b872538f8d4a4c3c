import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import { SendError } from '../../../base/errors.ts';
import type { HttpCall } from '../../../base/http/client.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type { Connection, CopySought, Observation, RemoteState, Taken } from '../../../model/target.ts';
import { markAsHtml, unmark } from './editor-mode.ts';
import { nameSlug } from '../name-slug.ts';
import type { Newsletter } from './open-newsletter.ts';

/** An email is scheduled only for a time at least so far ahead that a person can still stop it, in milliseconds. */
const leastLead = 15 * 60_000;

const emailShape = z.object({
  id: z.string(),
  absolute_url: z.string(),
  body: z.string().optional(),
  canonical_url: z.string(),
  description: z.string(),
  publish_date: z.string().nullish(),
  slug: z.string().nullish(),
  status: z.string(),
  subject: z.string(),
});

type Email = z.output<typeof emailShape>;

/** What emails are made of beside their renditions. */
export interface EmailOptions {
  /** Whether an email with a date ahead is scheduled for it, instead of being left as a draft. */
  readonly scheduled: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly warn?: ((message: string) => void) | undefined;
}

/** Holds each letter as an email, which is a draft or scheduled, never one that is sent at once. */
export function holdEmails(newsletter: Newsletter, options: EmailOptions): Connection {
  async function send(call: HttpCall, signal: AbortSignal): Promise<Taken> {
    const email = newsletter.read(await newsletter.ask(call, signal), call, emailShape, 'an email');
    return describeTaken(email);
  }

  async function observe(
    copies: readonly CopySought[],
    signal: AbortSignal,
  ): Promise<readonly Observation[]> {
    const isListed = copies.some(({ remoteId }) => remoteId === undefined);
    const listed = isListed
      ? await newsletter.list('/v1/emails?excluded_fields=body', emailShape, 'a list of emails', signal)
      : [];
    const seen: Observation[] = [];
    for (const sought of copies) seen.push(await look(newsletter, sought, listed, signal));
    return seen;
  }

  async function create(rendition: Rendition, signal: AbortSignal): Promise<Taken> {
    const { slug } = rendition.fields;
    const json = { ...describeEmail(rendition), slug: slug ?? null, ...chooseTime(rendition, options) };
    const call: HttpCall = { method: 'POST', path: '/v1/emails', json };
    try {
      return await send(call, signal);
    } catch (error) {
      if (!(error instanceof SendError) || error.status !== 400) throw error;
      return lookAfterRefusal(rendition, error, signal);
    }
  }

  /** An email that is refused because it is there already is taken, not made again. */
  async function lookAfterRefusal(
    rendition: Rendition,
    refusal: SendError,
    signal: AbortSignal,
  ): Promise<Taken> {
    const { postId, canonicalUrl } = rendition;
    const found = await observe([{ postId, canonicalUrl, rendition }], signal).catch(() => undefined);
    if (found === undefined) {
      const remedy = 'Run the command again: it looks for the letter before it sends anything.';
      const said = `${refusal.message}; it could not be looked up`;
      throw new SendError(refusal.code, said, { remedy, sent: 'no', status: 400 });
    }
    const [seen] = found;
    if (seen?.seen !== 'present') throw refusal;
    const { remoteId, url, state, echo } = seen;
    return { remoteId, url, state, echo };
  }

  return {
    observe,

    tellTime: () => newsletter.tellTime(),

    create,

    async update(remoteId, rendition, signal) {
      const before = await getEmail(newsletter, remoteId, signal);
      if (before !== undefined) refuseSent(before, 'It stays as its readers have it.');
      if (before !== undefined) tellOtherDate(before, rendition, options);
      const json = describeEmail(rendition);
      return send({ method: 'PATCH', path: `/v1/emails/${encodeURIComponent(remoteId)}`, json }, signal);
    },

    async retract(remoteId, signal) {
      const before = await getEmail(newsletter, remoteId, signal);
      const gone: Taken = { remoteId, url: before?.absolute_url ?? '', state: 'gone', echo: '' };
      if (before === undefined) return gone;
      refuseSent(before, 'Write another letter that puts right what is wrong.');
      await newsletter.ask({ method: 'DELETE', path: `/v1/emails/${encodeURIComponent(remoteId)}` }, signal);
      return gone;
    },

    restore: (_remoteId, rendition, signal) => create(rendition, signal),
  };
}

/** An email with its body; undefined where there is none of that id. */
async function getEmail(newsletter: Newsletter, id: string, signal: AbortSignal): Promise<Email | undefined> {
  const call: HttpCall = { method: 'GET', path: `/v1/emails/${encodeURIComponent(id)}` };
  try {
    return newsletter.read(await newsletter.ask(call, signal), call, emailShape, 'an email');
  } catch (error) {
    if (error instanceof SendError && error.status === 404) return undefined;
    throw error;
  }
}

/** The whole of an email that was found in a listing without bodies. */
async function look(
  newsletter: Newsletter,
  sought: CopySought,
  listed: readonly Email[],
  signal: AbortSignal,
): Promise<Observation> {
  const id = sought.remoteId ?? findListed(sought, listed)?.id;
  const email = id === undefined ? undefined : await getEmail(newsletter, id, signal);
  if (email === undefined || email.status === 'deleted') return { seen: 'absent' };
  return {
    seen: 'present',
    ...describeTaken(email),
    canonicalUrl: email.canonical_url,
    body: unmark(email.body ?? ''),
  };
}

/** Everything that an email says, except its slug, its status and its date. */
function describeEmail({ fields, body, canonicalUrl }: Rendition): Readonly<Record<string, Json>> {
  return {
    subject: fields['subject'] ?? '',
    body: markAsHtml(body),
    description: fields['description'] ?? '',
    canonical_url: canonicalUrl,
  };
}

/**
 * Says that a scheduled email keeps its date, because nobody can tell whether the letter's own date is newer or a person moved it.
 */
function tellOtherDate(
  { status, publish_date }: Email,
  { postId, fields }: Rendition,
  { scheduled, warn }: EmailOptions,
): void {
  if (!scheduled || status !== 'scheduled' || !publish_date) return;
  const date = fields['publish_date'];
  if (typeof date === 'string' && Date.parse(date) === Date.parse(publish_date)) return;
  warn?.(`${postId} stays scheduled for ${publish_date}; to have another date, change it in Buttondown`);
}

/** A status that each new email states, since Buttondown sends at once what comes without one; and the date that goes with it. */
function chooseTime(
  { postId, fields }: Rendition,
  { scheduled, now, warn }: EmailOptions,
): Readonly<Record<string, Json>> {
  const date = fields['publish_date'];
  if (!scheduled || typeof date !== 'string') return { status: 'draft' };
  if (Date.parse(date) - now() >= leastLead) return { status: 'scheduled', publish_date: date };
  warn?.(`${postId} is left as a draft, because its date is past or too near; send it in Buttondown`);
  return { status: 'draft' };
}

/** An email as proof that it was taken. */
function describeTaken(email: Email): Taken {
  return {
    remoteId: email.id,
    url: email.absolute_url,
    state: readState(email),
    echo: digestJson({
      subject: email.subject,
      body: unmark(email.body ?? ''),
      description: email.description,
      canonicalUrl: email.canonical_url,
    }),
  };
}

/** Whatever is neither a draft nor scheduled is being sent, or was. */
function readState({ status }: Email): RemoteState {
  return status === 'draft' || status === 'scheduled' ? 'draft' : 'sent';
}

/** The email that a letter is: by its slug, else by the address of its original. */
function findListed({ postId, canonicalUrl }: CopySought, emails: readonly Email[]): Email | undefined {
  const slug = nameSlug(postId);
  return (
    emails.find((email) => email.slug === slug) ??
    (canonicalUrl === '' ? undefined : emails.find((email) => email.canonical_url === canonicalUrl))
  );
}

/** Refuses what would change a letter that readers have. */
function refuseSent(email: Email, remedy: string): void {
  if (readState(email) !== 'sent') return;
  throw new SendError('REQUEST_REFUSED', `“${email.subject}” has been sent to its readers`, {
    remedy,
    sent: 'refused',
  });
}
