import { z } from 'zod';
import { digestJson } from '../../../base/digest.ts';
import type { Json, Rendition } from '../../../model/rendition.ts';
import type { Taken } from '../../../model/target.ts';
import { markAsHtml, unmark } from './editor-mode.ts';

const json: z.ZodType<Json> = z.json();

const actionShape = z.object({
  type: z.string(),
  metadata: z.record(z.string(), json),
  timing: z
    .object({
      time: z.enum(['immediate', 'delay']),
      delay: z.object({ value: z.string(), unit: z.string(), time_of_day: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

export const automationShape = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  trigger: z.string(),
  actions: z.array(actionShape),
});

export type AutomationAction = z.output<typeof actionShape>;
export type Automation = z.output<typeof automationShape>;

/** The event by which readers begin a sequence. */
export const trigger = 'subscriber.confirmed';

/** The automation that the letters of a sequence share. */
export interface Sequence {
  /** The name of the source that the letters come from. */
  readonly source: string;
  /** The automation's name in Buttondown. */
  readonly automation: string;
}

/** The key in an action's metadata by which it is known which letter it mails. */
const letterKey = 'letter';

function nameLetter({ source }: Sequence, postId: string): string {
  return `${source}/${postId}`;
}

/** What a letter is known by. */
export interface SoughtLetter {
  readonly postId: string;
  readonly subject?: Json | undefined;
}

/**
 * The automation of a sequence: the one on record, else the one of its name, else one that mails a letter of it under another name.
 * One that has only the name, and begins by another event, is somebody else's.
 */
export function findAutomation(
  automations: readonly Automation[],
  sequence: Sequence,
  remoteId?: string,
): Automation | undefined {
  const recorded = remoteId?.split('/')[0];
  const isOwn = ({ metadata }: AutomationAction): boolean =>
    JSON.stringify(metadata[letterKey] ?? '').startsWith(`"${nameLetter(sequence, '')}`);
  return (
    automations.find(({ id }) => id === recorded) ??
    automations.find(({ name, actions }) => name === sequence.automation && actions.some(isOwn)) ??
    automations.find((one) => one.name === sequence.automation && one.trigger === trigger) ??
    automations.find(({ actions }) => actions.some(isOwn))
  );
}

/** The action that mails a letter: by what it says of itself, else, of those that say nothing, by its subject. */
export function findAction(
  { actions }: Automation,
  { postId, subject }: SoughtLetter,
  sequence: Sequence,
): AutomationAction | undefined {
  const own = nameLetter(sequence, postId);
  return (
    actions.find(({ metadata }) => metadata[letterKey] === own) ??
    actions.find(
      ({ type, metadata }) =>
        type === 'send_email' &&
        subject !== undefined &&
        !(letterKey in metadata) &&
        metadata['subject'] === subject,
    )
  );
}

/** The action that mails a letter as a rendition has it. Its delay counts from the start of the automation. */
export function writeAction({ postId, fields, body }: Rendition, sequence: Sequence): AutomationAction {
  const { subject = '', delay_value: value, delay_unit: unit } = fields;
  const isDelayed = typeof value === 'number' && value > 0 && typeof unit === 'string';
  return {
    type: 'send_email',
    metadata: { subject, body: markAsHtml(body), [letterKey]: nameLetter(sequence, postId) },
    timing: isDelayed
      ? { time: 'delay', delay: { value: String(value), unit } }
      : { time: 'immediate', delay: null },
  };
}

/** Actions with one of them replaced, or with a new one inserted in order of time. */
export function placeAction(
  actions: readonly AutomationAction[],
  before: AutomationAction | undefined,
  action: AutomationAction,
): readonly AutomationAction[] {
  if (before !== undefined) return actions.map((one) => (one === before ? action : one));
  const later = actions.findIndex((one) => countHours(one) > countHours(action));
  return actions.toSpliced(later === -1 ? actions.length : later, 0, action);
}

const hoursOf: Readonly<Record<string, number>> = { minutes: 1 / 60, hours: 1, days: 24, weeks: 168 };

function countHours({ timing }: AutomationAction): number {
  const delay = timing?.delay;
  return timing?.time === 'delay' && delay ? Number(delay.value) * (hoursOf[delay.unit] ?? 1) : 0;
}

/** Whether two actions are done at the same time. */
export function isSameTime(one: AutomationAction, other: AutomationAction): boolean {
  return countHours(one) === countHours(other) && readTimeOfDay(one) === readTimeOfDay(other);
}

function readTimeOfDay({ timing }: AutomationAction): string {
  return timing?.delay?.time_of_day ?? '';
}

/** An action as it is sent: what an answer says of it, and nothing that a request may not say. */
export function passOn({ type, metadata, timing }: AutomationAction): Json {
  if (!timing) return { type, metadata };
  const { time, delay } = timing;
  const sent = delay && {
    value: delay.value,
    unit: delay.unit,
    ...(delay.time_of_day && { time_of_day: delay.time_of_day }),
  };
  return { type, metadata, timing: { time, delay: sent ?? null } };
}

/** A letter's action as proof that it was taken. `url`: where Buttondown's API is. */
export function describeTaken(
  automation: Automation,
  action: AutomationAction,
  postId: string,
  url: string,
): Taken {
  const { metadata } = action;
  return {
    remoteId: `${automation.id}/${postId}`,
    url: locateAutomation(automation.id, url),
    state: automation.status === 'active' ? 'live' : 'draft',
    echo: digestJson({
      subject: metadata['subject'] ?? '',
      body: readBody(action),
      hours: countHours(action),
      time: readTimeOfDay(action),
    }),
  };
}

/** The body that an action mails, as it was rendered. */
export function readBody({ metadata }: AutomationAction): string {
  const { body } = metadata;
  return typeof body === 'string' ? unmark(body) : '';
}

/** The address at which people see an automation in Buttondown; a stand-in shows it itself. */
export function locateAutomation(id: string, url: string): string {
  const { host, origin } = new URL(url);
  return `${host === 'api.buttondown.com' ? 'https://buttondown.com' : origin}/automations/${id}`;
}
