import type { Shell } from '../base/shell.ts';

const width = 24;

/** A bar on the terminal that says how far something is; nothing where nobody looks. */
export interface Progress {
  /** Shows how many are done. */
  readonly step: (done: number) => void;
  /** Takes the bar away, so that a line can be printed; the next step shows it again. */
  readonly clear: () => void;
}

/** Opens a bar for so many steps. It is drawn anew only where it would look different. */
export function openProgress(
  total: number,
  shell: Pick<Shell, 'interactive' | 'format' | 'report'>,
): Progress {
  if (!shell.interactive || shell.format !== 'human' || total < 2) {
    return { step: () => undefined, clear: () => undefined };
  }
  let shown = '';
  const clear = (): void => {
    if (shown !== '') shell.report('\r\u001B[K');
    shown = '';
  };
  return {
    clear,
    step(done) {
      const filled = Math.floor((done / total) * width);
      const bar = `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${Math.floor((done / total) * 100)}%`;
      if (bar === shown) return;
      clear();
      shell.report(bar);
      shown = bar;
    },
  };
}
