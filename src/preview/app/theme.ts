import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const key = 'broadside-theme';

/** Light or dark, or as the system has it. */
export const theme = signal<Theme>(readTheme());

/** How wide readers' screens are taken to be. */
export const device = signal<'desktop' | 'phone'>('desktop');

/** How many columns can be read side by side. */
export const columns = signal(3);

/** Whether the window is too narrow to show copies side by side. */
export const isNarrow = signal(false);

const narrow = matchMedia('(max-width: 820px)');

/** The least width of a column that can be read, in pixels. */
const leastColumn = 400;

function readTheme(): Theme {
  const kept = readKept();
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

/** What a browser keeps for a page of files may be nothing, or refused. */
function readKept(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Shows the page as the person wants it, and keeps that for the next time. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    try {
      localStorage.setItem(key, theme.value);
    } catch {
      return;
    }
  });
  const look = (): void => {
    isNarrow.value = narrow.matches;
    columns.value = Math.max(2, Math.floor(window.innerWidth / leastColumn));
  };
  window.addEventListener('resize', look);
  look();
}
