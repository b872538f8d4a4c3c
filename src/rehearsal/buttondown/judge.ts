import type { z } from 'zod';
import type { Reply } from '../exchange.ts';
import type { HeldAction, HeldEmail, State } from './held.ts';
import { refuse } from './refusals.ts';
import type { emailChangeShape, emailShape, GivenAction } from './shapes.ts';

/** The events by which an automation of letters begins, of all that there are. */
const triggers = new Set(['subscriber.confirmed', 'subscriber.created', 'subscriber.tags.changed']);

type GivenEmail = z.output<typeof emailShape>;
type GivenChange = z.output<typeof emailChangeShape>;

/** Why a new email is refused, if it is. `at`: milliseconds since 1970. */
export function refuseEmail(given: GivenEmail, { emails }: State, at: number): Reply | undefined {
  if (emails.some(({ subject, body }) => subject === given.subject && body === given.body))
    return refuse(400, 'You already have an email with this subject and body.', 'email_duplicate');
  return (
    refuseWords(given.body, given.canonical_url, given.metadata) ??
    refuseSlug(given.slug, emails) ??
    refuseStatus(given.status, given.publish_date ?? null, at)
  );
}

/** Why a change of an email is refused, if it is. */
export function refuseChange(
  given: GivenChange,
  before: HeldEmail,
  { emails }: State,
  at: number,
): Reply | undefined {
  const others = emails.filter(({ id }) => id !== before.id);
  const date = given.publish_date === 'none' ? null : (given.publish_date ?? before.publishDate);
  return (
    refuseWords(given.body ?? '', given.canonical_url ?? '', given.metadata ?? {}) ??
    refuseSlug(given.slug, others) ??
    (given.status ? refuseStatus(given.status, date, at) : undefined)
  );
}

function refuseWords(
  body: string,
  url: string,
  metadata: Readonly<Record<string, unknown>>,
): Reply | undefined {
  if (/^---\r?\n/.test(body)) {
    return refuse(400, 'The body begins with front matter.', 'body_contains_frontmatter');
  }
  if (url !== '' && !(/^https?:\/\/\S+$/.test(url) && URL.canParse(url)))
    return refuse(400, 'The canonical URL is not a URL.', 'canonical_url_invalid');
  return Object.keys(metadata).length > 0
    ? refuse(403, 'Metadata on emails is not part of the plan of this newsletter.')
    : undefined;
}

function refuseSlug(slug: string | null | undefined, emails: readonly HeldEmail[]): Reply | undefined {
  return typeof slug === 'string' && emails.some((email) => email.slug === slug)
    ? refuse(400, 'Another email has this slug.', 'slug_invalid')
    : undefined;
}

function refuseStatus(status: string, publishDate: string | null, at: number): Reply | undefined {
  if (status === 'draft') return undefined;
  if (status === 'about_to_send') {
    return refuse(
      400,
      'The first email that is sent by the API has to be confirmed.',
      'sending_requires_confirmation',
    );
  }
  if (status !== 'scheduled') return refuse(400, `An email cannot be made ${status}.`, 'status_invalid');
  if (publishDate === null) return refuse(400, 'When is it to be sent?', 'publish_date_missing');
  return Date.parse(publishDate) <= at
    ? refuse(400, 'The date is in the past.', 'publish_date_invalid')
    : undefined;
}

/** Why an automation is refused, if it is. */
export function refuseAutomation(
  trigger: string | null | undefined,
  actions: readonly GivenAction[] | null | undefined,
): Reply | undefined {
  if (typeof trigger === 'string' && !triggers.has(trigger)) {
    return refuse(400, `Nothing is begun by ${trigger}.`, 'trigger_action_invalid');
  }
  for (const action of actions ?? []) {
    const fault = refuseAction(action);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function refuseAction({ type, metadata, timing }: GivenAction): Reply | undefined {
  if (type !== 'send_email') return refuse(400, `This stand-in does not ${type}.`, 'action_invalid');
  const { subject, body } = metadata;
  if (typeof subject !== 'string' || subject === '' || typeof body !== 'string' || body === '')
    return refuse(400, 'A subject and a body are needed.', 'action_invalid__missing_body_or_subject');
  const isDelayed = timing?.time === 'delay';
  const isSound = /^[1-9]\d*$/.test(timing?.delay?.value ?? '');
  return isDelayed === isSound && isDelayed === Boolean(timing?.delay)
    ? undefined
    : refuse(400, 'The delay is not one.', 'delay_invalid');
}

/** Actions as they are kept. */
export function holdActions(actions: readonly GivenAction[]): readonly HeldAction[] {
  return actions.map(({ type, metadata, timing }) => ({
    type,
    metadata,
    timing: timing ? { time: timing.time, delay: timing.delay ?? null } : null,
  }));
}
