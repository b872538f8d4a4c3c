import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const key = 'broadside-theme';

/** Light or dark, or as the system has it. */
export const theme = signal<Theme>(readTheme());

/** How wide readers' screens are taken to be. */
export const device = signal<'desktop' | 'phone'>('desktop');

/** The targets whose copies are not shown side by side, since the person hid them. */
export const hidden = signal<ReadonlySet<string>>(new Set());

/** Whether the window is too narrow to show copies side by side. */
export const isNarrow = signal(false);

const narrow = matchMedia('(max-width: 820px)');

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
  };
  narrow.addEventListener('change', look);
  look();
}
