import type { JSX } from 'preact';
import type { CalendarEntry, Overview } from '../../define.ts';
import { focusNext } from '../focus.ts';
import { Sign } from '../icons.tsx';
import { go, linkTo, type Route } from '../route.ts';
import { addDays, addMonths, findMonday, listMonthDays, showDay, showMonth, showWholeDay } from '../times.ts';
import { groupByDay, listHues } from './days.ts';
import { EntryLine, EntryNote } from './entry.tsx';

interface Given {
  readonly span: 'month' | 'week';
  /** Empty for today. */
  readonly day: string;
  readonly all: Overview;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What went out and what will, by days of the site's zone. */
export function CalendarPage({ span, day, all }: Given): JSX.Element {
  const today = all.local.slice(0, 10);
  const shown = day === '' ? today : day;
  const days = groupByDay(all.calendar);
  const hues = listHues(all.calendar);
  const own =
    span === 'month'
      ? listMonthDays(shown)
      : Array.from({ length: 7 }, (_, index) => addDays(findMonday(shown), index));
  const shift = (by: number): string => (span === 'month' ? addMonths(shown, by) : addDays(shown, by * 7));
  const to = (next: string, how = span): Route => ({ page: 'calendar', span: how, day: next });
  const series = [...hues].filter(([name]) =>
    own.some((one) => days.get(one)?.some((entry) => entry.series === name)),
  );
  return (
    <main class="page calendar-page" id="content">
      <div class="calendar-head">
        <h1>
          {span === 'month'
            ? showMonth(shown)
            : `${showDay(own[0] ?? shown, own[6] ?? shown)} to ${showDay(own[6] ?? shown, '')}`}
        </h1>
        <div class="steps">
          <a class="tool" href={linkTo(to(shift(-1)))} aria-label={`Previous ${span}`}>
            <Sign name="back" />
          </a>
          <a class="button" href={linkTo(to(''))}>
            Today
          </a>
          <a class="tool" href={linkTo(to(shift(1)))} aria-label={`Next ${span}`}>
            <Sign name="next" />
          </a>
        </div>
        <div class="choices" role="group" aria-label="How much is shown">
          {(['month', 'week'] as const).map((how) => (
            <button
              key={how}
              type="button"
              class="choice"
              aria-pressed={how === span}
              onClick={() => go(to(shown, how))}
            >
              {how}
            </button>
          ))}
        </div>
        <p class="detail">{all.site.timezone}</p>
      </div>
      {series.length > 0 && (
        <ul class="series-key" aria-label="Series">
          {series.map(([name, hue]) => (
            <li key={name} style={{ '--hue': hue }}>
              {name}
            </li>
          ))}
        </ul>
      )}
      {span === 'month' ? (
        <div class="month-and-day">
          <Month own={own} shown={shown} today={today} days={days} hues={hues} />
          <Day day={shown} entries={days.get(shown) ?? []} hues={hues} today={today} />
        </div>
      ) : (
        <div class="week">
          {own.map((one) => (
            <Day key={one} day={one} entries={days.get(one) ?? []} hues={hues} today={today} />
          ))}
        </div>
      )}
    </main>
  );
}

interface DaysGiven {
  readonly today: string;
  readonly hues: ReadonlyMap<string, number>;
}

interface MonthGiven extends DaysGiven {
  readonly own: readonly string[];
  readonly shown: string;
  readonly days: ReadonlyMap<string, readonly CalendarEntry[]>;
}

/** How many entries a day of a month shows; the others are counted. */
const mostInDay = 3;

function Month({ own, shown, today, days, hues }: MonthGiven): JSX.Element {
  const weeks = own
    .filter((_, index) => index % 7 === 0)
    .map((monday) => own.slice(own.indexOf(monday), own.indexOf(monday) + 7));
  return (
    <table class="month">
      <caption class="unseen">{showMonth(shown)}</caption>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col" abbr={name}>
              {name.slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => {
              const entries = days.get(day) ?? [];
              const isOther = day.slice(0, 7) !== shown.slice(0, 7);
              return (
                <td
                  key={day}
                  class={[isOther && 'is-other', day === today && 'is-today', day === shown && 'is-shown']
                    .filter(Boolean)
                    .join(' ')}
                >
                  <a
                    class="day-number"
                    href={linkTo({ page: 'calendar', span: 'month', day })}
                    data-day={day}
                    onKeyDown={moveByKeys}
                    aria-current={day === shown ? 'date' : undefined}
                    aria-label={`${showWholeDay(day)}, ${entries.length} on it`}
                  >
                    {Number(day.slice(8))}
                  </a>
                  <div class="entries">
                    {entries.slice(0, mostInDay).map((entry) => (
                      <EntryLine key={`${entry.target ?? ''} ${entry.post}`} entry={entry} hues={hues} />
                    ))}
                    {entries.length > mostInDay && (
                      <a class="more" href={linkTo({ page: 'calendar', span: 'month', day })} tabIndex={-1}>
                        {entries.length - mostInDay} more
                      </a>
                    )}
                  </div>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Arrows go from day to day, as in every calendar. */
function moveByKeys(event: KeyboardEvent): void {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  const day = event.target instanceof HTMLElement ? event.target.dataset['day'] : undefined;
  if (by === undefined || day === undefined) return;
  event.preventDefault();
  const next = addDays(day, by);
  go({ page: 'calendar', span: 'month', day: next });
  focusNext(`[data-day="${next}"]`);
}

function Day({
  day,
  entries,
  hues,
  today,
}: DaysGiven & { readonly day: string; readonly entries: readonly CalendarEntry[] }): JSX.Element {
  return (
    <section class={day === today ? 'day is-today' : 'day'}>
      <h2>{showWholeDay(day)}</h2>
      {entries.length === 0 ? (
        <p class="nothing">Nothing.</p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <li key={`${entry.target ?? ''} ${entry.post}`}>
              <EntryNote entry={entry} hues={hues} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
