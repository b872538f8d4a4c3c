import { z } from 'zod';
import { isLoopback } from '../base/http/loopback.ts';
import type { Policy } from '../model/target.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const durationOption = z
  .string()
  .regex(/^\d+ (minute|hour|day|week)s?$/, 'is not a delay such as "2 days", "36 hours" or "1 week"')
  .transform((text) => {
    const [count, unit = ''] = text.split(' ');
    const letter = unit.charAt(0).toUpperCase();
    return letter === 'H' || letter === 'M' ? `PT${count}${letter}` : `P${count}${letter}`;
  });

const slotOption = z
  .string()
  .regex(
    /^([Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un) ([01]\d|2[0-3]):[0-5]\d$/,
    'is not a weekday and time such as "Tue 08:30"',
  )
  .transform((text) => {
    const [day = '', time = ''] = text.toLowerCase().split(' ');
    return { weekday: weekdays.indexOf(day) + 1, time };
  });

const quietOption = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'is not a range of times such as "22:00-07:00"')
  .transform((text) => ({ from: text.slice(0, 5), to: text.slice(6) }))
  .refine(({ from, to }) => from !== to, 'covers no time or the whole day');

/** Whether quiet ranges leave no minute of a day free: each ends within one. */
function coverWholeDay(ranges: Policy['schedule']['quiet']): boolean {
  const isQuiet = (time: string): boolean =>
    ranges.some(({ from, to }) => (from < to ? from <= time && time < to : from <= time || time < to));
  return ranges.length > 0 && ranges.every(({ to }) => isQuiet(to));
}

/** When the copies of a target may go out. */
export const scheduleOption = z
  .strictObject({
    after: durationOption.optional().describe('Delay after the date of the original, such as "2 days".'),
    slots: z
      .array(slotOption)
      .default([])
      .describe('Weekdays and times in the site’s zone, such as "Tue 08:30".'),
    catch_up: z
      .enum(['slots', 'now'])
      .default('slots')
      .describe('When a copy that missed its slot goes out: in the next slot, or at once.'),
    per_day: z.int().positive().optional().describe('How many new copies go out on one day, at most.'),
    per_run: z.int().positive().optional().describe('How many new copies go out in one run, at most.'),
    quiet: z
      .array(quietOption)
      .refine((ranges) => !coverWholeDay(ranges), 'leaves no time of day in which anything goes out')
      .default([])
      .describe('Times in which nothing goes out, such as "22:00-07:00".'),
  })
  .prefault({});

/** The options every target has. */
export const commonOptions = {
  schedule: scheduleOption,
  since: z.iso
    .date()
    .optional()
    .describe('Posts dated before this day are old: published only when named. YYYY-MM-DD.'),
};

/** Which posts go to a target that holds one copy per post; its kind says what is usual there. */
export const optInOption = z
  .boolean()
  .describe('Whether only posts whose front matter names this target go there.');

/** The options of every target that copies are sent to; `secrets` names the variable that each secret comes from. */
export function accountOptions<Secrets extends z.ZodRawShape>(secrets: Secrets) {
  return { ...commonOptions, secrets: secretsOption(secrets) };
}

/** What a provider knows of readers beside what it knows of all, by the names that merge tags give it. */
export const mergeFields = z
  .array(z.string().regex(/^[a-z]\w*$/i, 'is not a name of letters, digits and underscores'))
  .default([])
  .describe('The fields of your own that readers have there, and that merge tags such as {city} may name.');

function secretsOption<Secrets extends z.ZodRawShape>(secrets: Secrets) {
  return z
    .strictObject(secrets)
    .prefault({} as never)
    .describe('The environment variables that secrets come from.');
}

/** An address that is contacted: https, or plain http on loopback only. */
export const serverUrl = z.url({ abort: true }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}, 'is neither https nor http on loopback');

/** A target's own address, without a final slash. */
export const targetUrl = serverUrl.transform((text) => text.replace(/\/+$/, ''));

/** The name of the environment variable that holds a secret; `example` is the default one. */
export function secretVariable(example: string) {
  return z
    .string()
    .regex(
      /^[A-Z_][A-Z0-9_]*$/,
      `is not the name of an environment variable in capitals, such as "${example}"; a secret itself never belongs here`,
    )
    .refine(
      (name) => !/^(?:GITHUB|GH|ACTIONS)_/.test(name),
      'begins with GITHUB_, GH_ or ACTIONS_, as what GitHub gives to its runs does; no target gets that',
    )
    .optional();
}
