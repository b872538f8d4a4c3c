import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { lookAtLedger } from './data.ts';
import { Sign } from './icons.tsx';

/** How often a ledger that was asked for once is read again, in milliseconds. */
const readAgainAfter = 60_000;

const said = signal('');
const isReading = signal(false);
let timer: ReturnType<typeof setInterval> | undefined;

/** Reads the ledger where it is kept, since others may have published from elsewhere, and goes on to do so while the page is open. */
export function LedgerButton({ token }: { readonly token: string }): JSX.Element {
  const read = async (): Promise<void> => {
    isReading.value = true;
    try {
      const { isRead, message } = await lookAtLedger(token);
      said.value = isRead ? '' : message;
      timer ??= isRead ? setInterval(() => void readUnlessHidden(), readAgainAfter) : undefined;
    } catch (error) {
      said.value = error instanceof Error ? error.message : String(error);
    }
    isReading.value = false;
  };
  const readUnlessHidden = async (): Promise<void> => {
    if (!document.hidden) await read();
  };
  return (
    <>
      <button
        type="button"
        class="plain"
        disabled={isReading.value}
        title="Another machine may have published. From then on, the ledger is read once a minute."
        onClick={() => void read()}
      >
        <Sign name="again" /> {isReading.value ? 'reading the ledger …' : 'read the ledger'}
      </button>
      <span role="status">{said.value}</span>
    </>
  );
}
