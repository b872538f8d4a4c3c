import type { CalendarEntry, CopyState, CopyStateWord } from '../define.ts';
import { showTime } from './times.ts';

/** The states in the order in which an author wants to know of them. */
export const stateWords: readonly CopyStateWord[] = [
  'error',
  'held',
  'drifted',
  'by-hand',
  'changed',
  'new',
  'waiting',
  'live',
  'off',
];

/** What people read for a state. */
export function nameState(word: CopyStateWord): string {
  return word === 'by-hand' ? 'by hand' : word;
}

/** More about a state than its word: when, or why. */
export function describeState({ state, reason, local }: CopyState, now: string): string {
  const time = local === undefined ? undefined : showTime(local, now);
  if (state === 'live') return time ?? '';
  if (state === 'waiting') return time ?? reason;
  if (state === 'new') return '';
  return reason.replace(`${state}: `, '');
}

/** A state in whole words, for a title and for those who hear it. */
export function tellState(copy: CopyState, now: string): string {
  const time = copy.local === undefined ? [] : [showTime(copy.local, now)];
  const own = copy.reason.replace(`${copy.state}: `, '');
  const reason = own === '' || own === nameState(copy.state) ? [] : [own];
  return [nameState(copy.state), ...reason, ...time].join(', ');
}

const entries: Readonly<Record<CalendarEntry['what'], string>> = {
  out: 'went out',
  due: 'goes out with the next publish',
  waiting: 'goes out',
  held: 'is held',
  'by-hand': 'is to be made by hand',
};

/** What becomes of an entry of the calendar. */
export function nameEntry(what: CalendarEntry['what']): string {
  return entries[what];
}

/** A number with its noun. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
