import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Overview, PostLine, PostView } from '../../define.ts';
import { isLetter } from '../state.ts';
import { columns, device } from '../theme.ts';
import { Copy } from './copy.tsx';
import { Original } from './original.tsx';
import { TargetName } from './target-name.tsx';

/** The columns that a person asked for, the last one last, and those that are not to be seen. The original has no name. */
const asked = signal<readonly string[]>([]);
const hidden = signal<ReadonlySet<string>>(new Set());

interface Given {
  readonly line: PostLine;
  readonly view: PostView;
  readonly all: Overview;
}

/** The original and its copies side by side, as many as there is room for. */
export function Board({ line, view, all }: Given): JSX.Element {
  const names = ['', ...view.copies.map(({ target }) => target)];
  const shown = chooseColumns(names, asked.value, hidden.value, columns.value);
  const toggle = (name: string): void => {
    const isShown = shown.includes(name);
    const { value } = hidden;
    hidden.value = isShown ? new Set([...value, name]) : new Set([...value].filter((one) => one !== name));
    if (!isShown) asked.value = [...asked.value.filter((one) => one !== name), name];
  };
  return (
    <>
      <div class="board-tools">
        <div class="choices" role="group" aria-label="Columns">
          {names.map((name) => {
            const copy = view.copies.find(({ target }) => target === name);
            return (
              <button
                key={name}
                type="button"
                class="choice"
                aria-pressed={shown.includes(name)}
                onClick={() => toggle(name)}
              >
                {copy === undefined ? isLetter(line) ? 'letter' : 'original' : <TargetName copy={copy} />}
              </button>
            );
          })}
        </div>
        <DeviceSwitch />
      </div>
      <div class="board">
        {shown.map((name) => {
          const copy = view.copies.find(({ target }) => target === name);
          return (
            <section
              key={name}
              class="column"
              data-copy={name}
              tabIndex={-1}
              aria-label={copy?.target ?? 'Original'}
            >
              {copy === undefined ? (
                <Original line={line} view={view} />
              ) : (
                <Copy copy={copy} view={view} all={all} />
              )}
            </section>
          );
        })}
      </div>
    </>
  );
}

/** The columns there is room for: what was asked for last stays, else the first ones do. */
function chooseColumns(
  names: readonly string[],
  last: readonly string[],
  without: ReadonlySet<string>,
  room: number,
): readonly string[] {
  const rank = (name: string): number => last.lastIndexOf(name);
  const wanted = names.filter((name) => !without.has(name)).toSorted((a, b) => rank(b) - rank(a));
  const chosen = new Set(wanted.slice(0, room));
  return names.filter((name) => chosen.has(name));
}

function DeviceSwitch(): JSX.Element {
  return (
    <div class="choices" role="group" aria-label="Readers’ screens">
      {(['desktop', 'phone'] as const).map((name) => (
        <button
          key={name}
          type="button"
          class="choice"
          aria-pressed={device.value === name}
          onClick={() => (device.value = name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
