import type { Delay } from '../../model/letter.ts';

/** A length of time, as far as the programs that mail sequences can wait: whole hours or whole days. */
type Length = Pick<Delay, 'value' | 'unit'>;

/** Ten years, in hours: what is longer is a slip of the pen. */
const longestHours = 10 * 366 * 24;

const hoursOf: Readonly<Record<string, number>> = { h: 1, hour: 1, hr: 1, d: 24, day: 24, w: 168, week: 168 };

const isoDelay = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/i;

/**
 * A delay as authors write it: "7 days", "36 hours", "1 week", `P7D`, `PT36H`, or a number of days such as 0. Undefined where it
 * cannot be read.
 */
export function readDelay(value: unknown): Length | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const hours = readWords(text) ?? readIso(text);
  if (hours === undefined || !Number.isInteger(hours) || hours > longestHours) return undefined;
  return nameLength(hours);
}

/** A number of hours in the unit that says it shortest. */
export function nameLength(hours: number): Length {
  return hours % 24 === 0 ? { value: hours / 24, unit: 'days' } : { value: hours, unit: 'hours' };
}

/** How many hours a delay takes. */
export function countHours({ value, unit }: Length): number {
  return unit === 'days' ? value * 24 : value;
}

function readWords(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 24;
  if (/^(?:none|immediately|at once|now)$/i.test(text)) return 0;
  const parts = [...text.matchAll(/(\d+)\s*([a-z]+)/gi)];
  const rest = text.replaceAll(/\d+\s*[a-z]+/gi, '').replaceAll(/,|\band\b/gi, '');
  if (parts.length === 0 || rest.trim() !== '') return undefined;
  const hours = parts.map(([, count = '', unit = '']) => {
    const word = unit.toLowerCase();
    return Number(count) * (hoursOf[word] ?? hoursOf[word.replace(/s$/, '')] ?? Number.NaN);
  });
  return hours.reduce((sum, one) => sum + one, 0);
}

function readIso(text: string): number | undefined {
  const match = isoDelay.exec(text);
  if (match === null || text.length < 3) return undefined;
  const [, weeks = 0, days = 0, hours = 0] = match;
  return Number(weeks) * 168 + Number(days) * 24 + Number(hours);
}
