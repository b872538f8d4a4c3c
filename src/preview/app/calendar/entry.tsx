import type { JSX } from 'preact';
import type { CalendarEntry, CopyStateWord } from '../../define.ts';
import { StateIcon } from '../icons.tsx';
import { linkTo } from '../route.ts';
import { placeOf } from '../state.ts';
import { nameEntry, tellEntry } from '../words.ts';

interface Given {
  readonly entry: CalendarEntry;
  readonly hues: ReadonlyMap<string, number>;
}

const states: Readonly<Record<CalendarEntry['what'], CopyStateWord>> = {
  out: 'live',
  due: 'new',
  waiting: 'waiting',
  held: 'held',
  'by-hand': 'by-hand',
};

/** An entry in one line: when, what and where. */
export function EntryLine({ entry, hues }: Given): JSX.Element {
  const { post, title, target, what, local, series } = entry;
  const hue = series === undefined ? undefined : hues.get(series);
  return (
    <a
      class={`entry ${what}${hue === undefined ? '' : ' has-hue'}`}
      style={hue === undefined ? undefined : { '--hue': hue }}
      href={linkTo(placeOf(post, target))}
      title={`${local.slice(11, 16)} ${target ?? 'original'}: ${title}, ${nameEntry(what)}`}
    >
      <StateIcon state={states[what]} />
      <span class="where">{target ?? 'original'}</span>{' '}
      <span class="title" dir="auto">
        {title}
      </span>
      <span class="unseen">, {nameEntry(what)}</span>
    </a>
  );
}

/** An entry with its reason. */
export function EntryNote({ entry, hues }: Given): JSX.Element {
  const { post, title, target, what, local, series } = entry;
  const hue = series === undefined ? undefined : hues.get(series);
  return (
    <div
      class={`entry-note ${what}${hue === undefined ? '' : ' has-hue'}`}
      style={hue === undefined ? undefined : { '--hue': hue }}
    >
      <time dateTime={entry.at}>{local.slice(11, 16)}</time>
      <div>
        <a href={linkTo(placeOf(post, target))} dir="auto">
          {title}
        </a>
        <p>
          <span class={`state ${states[what]}`}>
            <StateIcon state={states[what]} />
            {target ?? 'original'}
          </span>{' '}
          {tellEntry(entry)}
        </p>
      </div>
    </div>
  );
}
