import type { JSX } from 'preact';

interface Given<Key extends string> {
  /** What is chosen, for those who hear it. */
  readonly name: string;
  readonly all: readonly { readonly key: Key; readonly label: string; readonly number?: number }[];
  readonly chosen: Key;
  readonly choose: (key: Key) => void;
}

/** Ways to see the same thing, of which one is chosen. */
export function Choices<Key extends string>({ name, all, chosen, choose }: Given<Key>): JSX.Element {
  return (
    <div class="ways" role="group" aria-label={name}>
      {all.map(({ key, label, number = 0 }) => (
        <button key={key} type="button" aria-pressed={key === chosen} onClick={() => choose(key)}>
          {label}
          {number > 0 && <span class="number">{number}</span>}
        </button>
      ))}
    </div>
  );
}
