import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Overview, Problem } from '../define.ts';
import { CalendarPage } from './calendar/page.tsx';
import { Clock } from './clock.tsx';
import { Sign } from './icons.tsx';
import { isHelpOpen, keyHelp } from './keys.ts';
import { LedgerButton } from './ledger.tsx';
import { LetterPage } from './letters.tsx';
import { PostPage } from './post/page.tsx';
import { PostList } from './posts/list.tsx';
import { linkTo, route } from './route.ts';
import { RulePage } from './rules.tsx';
import { failure, findLine, isConnected, isLetter, overview } from './state.ts';
import { theme, type Theme } from './theme.ts';
import { count } from './words.ts';

/** The whole page: what is true of all of it above, and below it the place that the address tells. */
export function App(): JSX.Element {
  const all = overview.value;
  useSignalEffect(() => {
    const { value } = overview;
    document.title = value === undefined ? 'Broadside preview' : `${nameplate(value)} · Broadside preview`;
  });
  if (all === undefined)
    return (
      <main class="page">
        <p class="nothing" role="status">
          {failure.value ?? 'Reading the posts …'}
        </p>
      </main>
    );
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <Head all={all} />
      <Notices all={all} />
      <Place all={all} />
      <Help />
    </>
  );
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  const content = document.querySelector<HTMLElement>('#content');
  content?.setAttribute('tabindex', '-1');
  content?.focus();
}

function nameplate(all: Overview): string {
  const at = route.value;
  if (at.page === 'post') return findLine(at.name)?.title ?? at.name;
  if (at.page === 'letters') return 'Letters';
  return at.page === 'calendar' ? 'Calendar' : at.page === 'rules' ? 'What is wrong' : all.site.title;
}

function Place({ all }: { readonly all: Overview }): JSX.Element {
  const at = route.value;
  if (at.page === 'post') return <PostPage name={at.name} tab={at.tab} all={all} />;
  if (at.page === 'letters') return <LetterPage all={all} />;
  if (at.page === 'calendar') return <CalendarPage span={at.span} day={at.day} all={all} />;
  return at.page === 'rules' ? <RulePage all={all} /> : <PostList all={all} />;
}

function Head({ all }: { readonly all: Overview }): JSX.Element {
  const { page } = route.value;
  const line = route.value.page === 'post' ? findLine(route.value.name) : undefined;
  const isOfLetter = line !== undefined && isLetter(line);
  const faults = all.rules.reduce((sum, rule) => sum + rule.count, 0);
  return (
    <header class="head">
      <p class="brand">
        <a href={linkTo({ page: 'posts' })}>
          Broadside <span class="site">{all.site.title}</span>
        </a>
      </p>
      <nav aria-label="Parts of the preview">
        <a
          href={linkTo({ page: 'posts' })}
          aria-current={page === 'posts' || (page === 'post' && !isOfLetter) ? 'page' : undefined}
        >
          Posts <span class="number">{all.posts.length}</span>
        </a>
        {all.letters.length > 0 && (
          <a
            href={linkTo({ page: 'letters' })}
            aria-current={page === 'letters' || isOfLetter ? 'page' : undefined}
          >
            Letters <span class="number">{all.letters.length}</span>
          </a>
        )}
        <a
          href={linkTo({ page: 'calendar', span: 'month', day: '' })}
          aria-current={page === 'calendar' ? 'page' : undefined}
        >
          Calendar
        </a>
        <a href={linkTo({ page: 'rules' })} aria-current={page === 'rules' ? 'page' : undefined}>
          What is wrong <span class="number">{faults}</span>
        </a>
      </nav>
      <div class="tools">
        <Clock all={all} />
        <ThemeSwitch />
        <button
          type="button"
          class="tool keys"
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => (isHelpOpen.value = true)}
        >
          <kbd>?</kbd>
        </button>
      </div>
    </header>
  );
}

const next: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const sign = { auto: 'auto', light: 'sun', dark: 'moon' } as const;

function ThemeSwitch(): JSX.Element {
  const name = `Colours: ${theme.value === 'auto' ? 'as the system has them' : theme.value}`;
  return (
    <button
      type="button"
      class="tool"
      aria-label={name}
      title={name}
      onClick={() => (theme.value = next[theme.value])}
    >
      <Sign name={sign[theme.value]} />
    </button>
  );
}

function Notices({ all }: { readonly all: Overview }): JSX.Element {
  return (
    <aside class="notices" aria-label="Notices">
      <p class="notice calm">
        <span>{all.banner.join(' ')}</span>
        {all.isLedgerElsewhere === true && all.token !== undefined && (
          <span class="of-ledger">
            <LedgerButton token={all.token} />
          </span>
        )}
        {all.rendering !== undefined && (
          <span>
            Rendering {count(all.rendering.of, 'copy', 'copies')} to see where they stand:{' '}
            {all.rendering.done} done.
          </span>
        )}
        {all.from === 'server' && (
          <span class={isConnected.value ? 'link-state' : 'link-state is-lost'} role="status">
            {isConnected.value ? 'follows your files' : 'the server has stopped: this is its last state'}
          </span>
        )}
      </p>
      {failure.value !== undefined && (
        <p class="notice bad" role="alert">
          {failure.value}
        </p>
      )}
      {all.problem !== undefined && <ProblemNotice problem={all.problem} />}
    </aside>
  );
}

function ProblemNotice({ problem }: { readonly problem: Problem }): JSX.Element {
  const { code, message, remedy, file, line, column, editorUrl } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return (
    <div class="notice bad" role="alert">
      <p>
        <strong>{code}</strong> {message}
      </p>
      <p>
        {remedy}{' '}
        {place !== '' && (editorUrl === undefined ? <code>{place}</code> : <a href={editorUrl}>{place}</a>)}
      </p>
      <p>Until then the page shows how it was before.</p>
    </div>
  );
}

function Help(): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useLayoutEffect(() => {
    if (isOpen && box.current?.open === false) box.current.showModal();
    if (!isOpen) box.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={box} class="help" aria-labelledby="help-title" onClose={() => (isHelpOpen.value = false)}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {keyHelp.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(/ {1,2}/).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button" onClick={() => (isHelpOpen.value = false)}>
        Close
      </button>
    </dialog>
  );
}
