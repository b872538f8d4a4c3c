import type { JSX } from 'preact';
import type { LetterLine, Overview } from '../define.ts';
import { Sign, StateIcon } from './icons.tsx';
import { linkTo } from './route.ts';
import { placeOf } from './state.ts';
import { count, nameState, tellState } from './words.ts';

/** Every sequence in its order, with the day on which each letter arrives, and the letters by themselves. */
export function LetterPage({ all }: { readonly all: Overview }): JSX.Element {
  const bySequence = Map.groupBy(all.letters, ({ sequence }) => sequence?.name ?? '');
  return (
    <main class="page narrow" id="content">
      <h1 class="unseen">Letters</h1>
      {[...bySequence].map(([name, letters]) => (
        <section key={name} class="sequence">
          <h2>{name === '' ? 'By themselves' : name}</h2>
          <ol class="letters">
            {letters.map((letter) => (
              <LetterRow key={letter.id} letter={letter} all={all} />
            ))}
          </ol>
        </section>
      ))}
      {all.letters.length === 0 && <p class="nothing">There are no letters yet.</p>}
    </main>
  );
}

function LetterRow({ letter, all }: { readonly letter: LetterLine; readonly all: Overview }): JSX.Element {
  const { subject, preview, sequence, data, draft, path, faults } = letter;
  const when = sequence?.day === undefined ? undefined : `day ${sequence.day}`;
  return (
    <li class="letter-row" data-post={letter.id}>
      <p class="when" title={sequence?.delay === undefined ? '' : `${sequence.delay} after the one before`}>
        {when ?? (sequence === undefined ? '' : 'day unknown')}
      </p>
      <div class="what">
        <h3 dir="auto">
          {data === undefined ? subject : <a href={linkTo(placeOf(letter.id))}>{subject}</a>}
        </h3>
        {preview !== undefined && <p class="preheader">{preview}</p>}
        <p class="about">
          {draft && <span class="draft">draft</span>}
          <span class="path">{path}</span>
          {faults.errors > 0 && (
            <span class="fault error">
              <Sign name="error" />
              {count(faults.errors, 'error')}
            </span>
          )}
          {faults.warnings > 0 && (
            <span class="fault warning">
              <Sign name="warning" />
              {count(faults.warnings, 'warning')}
            </span>
          )}
          {all.mailing.map(({ name }) => {
            const copy = letter.states[name];
            return (
              copy !== undefined && (
                <span
                  key={name}
                  class={`state ${copy.state}`}
                  title={`${name}: ${tellState(copy, all.local)}`}
                >
                  <StateIcon state={copy.state} />
                  {name} {nameState(copy.state)}
                </span>
              )
            );
          })}
        </p>
      </div>
    </li>
  );
}
