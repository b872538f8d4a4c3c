import type { CalendarEntry, ShownState, CopyStateWord } from '../define.ts';
import { showTime } from './times.ts';

/** The states in the order in which an author wants to know of them. */
export const stateWords: readonly CopyStateWord[] = [
  'error',
  'held',
  'drifted',
  'by-hand',
  'changed',
  'new',
  'rendering',
  'waiting',
  'live',
  'off',
];

/** What people read for a state. */
export function nameState(word: CopyStateWord): string {
  return word === 'by-hand' ? 'by hand' : word;
}

/** More about a state than its word: when, or why. */
export function describeState({ state, reason, local }: ShownState, now: string): string {
  const time = local === undefined ? undefined : showTime(local, now);
  const own = shortenReason(reason);
  if (state === 'live') return time ?? '';
  if (state === 'waiting') return time ?? own;
  if (state === 'new' || state === 'rendering') return '';
  return state === 'by-hand' && time !== undefined ? `since ${time}` : own;
}

/** A reason without what the state beside it says already. */
export function shortenReason(reason: string): string {
  return reason.replace(/^held: /, '').replace(/^(?:changed|unsupported|drifted|scheduled)(?:: |, |$)/, '');
}

/** A state in whole words, for a title and for those who hear it. */
export function tellState(copy: ShownState, now: string): string {
  const time = copy.local === undefined ? [] : [showTime(copy.local, now)];
  const own = shortenReason(copy.reason);
  const reason = own === '' || own === nameState(copy.state) ? [] : [own];
  return [nameState(copy.state), ...reason, ...time].join(', ');
}

/** What became of an entry of the calendar, with its reason. */
export function tellEntry({ what, target, reason }: CalendarEntry): string {
  const isPlain = target === undefined || reason === 'unchanged' || reason === 'new';
  const own = isPlain ? '' : shortenReason(reason);
  if (own === '' || reason.startsWith('scheduled')) return nameEntry(what);
  if (what === 'waiting') return `waits: ${own}`;
  if (what !== 'out') return `${nameEntry(what)}: ${own}`;
  return reason.startsWith('changed') ? `went out, changed since: ${own}` : `went out, ${own}`;
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
