import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Overview } from '../define.ts';
import { Sign } from './icons.tsx';
import { moveClock } from './state.ts';
import { showTime, toInstant } from './times.ts';

/** When the page was opened: a year is said only where it is another. */
const opened = new Date().toISOString();

/** What time it is on the page, in the site's zone, and how to act as if it were another. */
export function Clock({ all }: { readonly all: Overview }): JSX.Element {
  const box = useRef<HTMLDetailsElement>(null);
  const isMoved = all.at !== undefined;
  const time = showTime(all.local, opened);
  const zone = all.site.timezone;
  if (all.from === 'files')
    return (
      <p class="clock" title={`In ${zone}`}>
        <Sign name="clock" />
        as of {time}
      </p>
    );
  const move = (at: string | undefined): void => {
    void moveClock(at);
    if (box.current !== null) box.current.open = false;
  };
  return (
    <details class={isMoved ? 'clock is-moved' : 'clock'} ref={box}>
      <summary>
        <Sign name="clock" />
        {isMoved ? `as if ${time}` : time}
      </summary>
      <form
        class="popover"
        onSubmit={(event) => {
          event.preventDefault();
          const at = new FormData(event.currentTarget).get('at');
          move(typeof at === 'string' && at !== '' ? toInstant(at, zone) : undefined);
        }}
      >
        <label for="clock-at">As if it were, in {zone}</label>
        <input id="clock-at" name="at" type="datetime-local" defaultValue={all.local.slice(0, 16)} />
        <div class="buttons">
          <button type="submit" class="button primary">
            Move the clock
          </button>
          {isMoved && (
            <button type="button" class="button" onClick={() => move(undefined)}>
              Back to now
            </button>
          )}
        </div>
        <p class="hint">States, calendar and copies are shown as they would be then.</p>
      </form>
    </details>
  );
}
