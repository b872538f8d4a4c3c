/** An email of a sequence as it is kept; its position is its place in the list. */
export interface HeldEmail {
  readonly id: number;
  readonly subject: string;
  readonly previewText: string | null;
  readonly content: string | null;
  readonly delayValue: number;
  readonly delayUnit: string;
  readonly sendDays: readonly string[] | null;
  readonly published: boolean;
}

/** A sequence as it is kept. */
export interface HeldSequence {
  readonly id: number;
  readonly name: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly active: boolean;
  /** In the order in which readers get them. */
  readonly emails: readonly HeldEmail[];
}

/** What a Kit holds. */
export interface State {
  nextId: number;
  sequences: readonly HeldSequence[];
  /** The emails that readers in a sequence were mailed at once, because of a change. */
  mailed: readonly { readonly email: number; readonly why: string }[];
}

const allDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A sequence as the API answers with it. */
export function showSequence(sequence: HeldSequence, readers: number): Record<string, unknown> {
  return {
    id: sequence.id,
    name: sequence.name,
    hold: false,
    repeat: false,
    created_at: sequence.createdAt,
    updated_at: sequence.createdAt,
    email_address: 'rehearsal@example.com',
    email_template_id: 1,
    send_days: allDays,
    send_hour: 11,
    time_zone: 'America/New_York',
    active: sequence.active,
    exclude_subscriber_sources: [],
    email_count: sequence.emails.length,
    subscriber_count: readers,
  };
}

/** An email as the API answers with it. */
export function showEmail(email: HeldEmail, sequence: HeldSequence): Record<string, unknown> {
  return { ...listEmail(email, sequence), content: email.content };
}

/** An email in a listing that was not asked for the content. */
export function listEmail(email: HeldEmail, sequence: HeldSequence): Record<string, unknown> {
  return {
    id: email.id,
    sequence_id: sequence.id,
    subject: email.subject,
    preview_text: email.previewText,
    email_address: 'rehearsal@example.com',
    email_template_id: null,
    published: email.published,
    position: sequence.emails.findIndex(({ id }) => id === email.id),
    delay_value: email.delayValue,
    delay_unit: email.delayUnit,
    send_days: email.delayUnit === 'hours' ? null : (email.sendDays ?? allDays),
  };
}
