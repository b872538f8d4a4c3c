import type { JSX } from 'preact';
import type { CopyStateWord } from '../define.ts';

const states: Readonly<Record<CopyStateWord, string>> = {
  live: 'M3.5 8.5l3 3 6-7',
  waiting: 'M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
  held: 'M5.8 4v8M10.2 4v8',
  new: 'M8 3v10M3 8h10',
  changed: 'M2.5 9.5c1.5-3 3.5-3 5.5-1.5s4 1.5 5.5-1.5',
  drifted: 'M3 5h8.5l-2.5-2.5M13 11H4.5L7 13.5',
  error: 'M4 4l8 8M12 4l-8 8',
  off: 'M4.5 8h7',
  rendering: 'M4 8h.01M8 8h.01M12 8h.01',
  'by-hand': 'M11.2 2.6l2.2 2.2-7.6 7.6-3 .8.8-3z',
};

/** The sign of a copy's state; a word always stands beside it. */
export function StateIcon({ state }: { readonly state: CopyStateWord }): JSX.Element {
  return <Icon path={states[state]} />;
}

const signs = {
  back: 'M10 3L5 8l5 5',
  next: 'M6 3l5 5-5 5',
  out: 'M6.5 3.5H3.5v9h9V9.5M9.5 3h3.5v3.5M13 3L7.5 8.5',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  done: 'M3.5 8.5l3 3 6-7',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  auto: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M10 3.2v9.6M12 5v6',
  clock: 'M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z',
  error: 'M8 1.8l6.4 11.4H1.6zM8 6.5v3M8 11.2v.3',
  warning: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.8v4M8 10.9v.3',
  edit: 'M11.2 2.6l2.2 2.2-7.6 7.6-3 .8.8-3z',
  again: 'M13 8a5 5 0 1 1-1.6-3.7M13.2 2v3h-3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14',
} as const;

/** A sign beside a word, or in a button that has a name. */
export function Sign({ name }: { readonly name: keyof typeof signs }): JSX.Element {
  return <Icon path={signs[name]} />;
}

function Icon({ path }: { readonly path: string }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
