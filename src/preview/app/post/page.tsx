import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Overview, PostLine, PostView } from '../../define.ts';
import { focusNext } from '../focus.ts';
import { Sign } from '../icons.tsx';
import { step } from '../keys.ts';
import { linkTo, rename } from '../route.ts';
import { findLine, isLetter, placeOf, readPost, views } from '../state.ts';
import { isNarrow } from '../theme.ts';
import { showDay } from '../times.ts';
import { Board } from './board.tsx';
import { Copy } from './copy.tsx';
import { Original } from './original.tsx';
import { TargetName } from './target-name.tsx';

interface Given {
  readonly name: string;
  /** The copy that is shown where there is room for one; empty for the original. */
  readonly tab: string;
  readonly all: Overview;
}

/** A post with all its copies: side by side, or one at a time where the window is narrow. */
export function PostPage({ name, tab, all }: Given): JSX.Element {
  const line = findLine(name);
  const id = line?.id ?? name;
  const view = views.value.get(id);
  const isMissing = view === undefined && line?.data !== undefined;
  useEffect(() => {
    if (isMissing) void readPost(id);
  }, [id, isMissing]);
  if (line === undefined) return <Nothing>There is no post {name} here.</Nothing>;
  if (line.data === undefined) return <Nothing>These files hold no copies of {line.title}.</Nothing>;
  return (
    <main class="page wide" id="content">
      <PostHead line={line} view={view} all={all} />
      {view === undefined ? (
        <p class="nothing" role="status">
          Rendering …
        </p>
      ) : isNarrow.value ? (
        <Tabs line={line} view={view} tab={tab} all={all} />
      ) : (
        <Board line={line} view={view} all={all} />
      )}
    </main>
  );
}

function Nothing({ children }: { readonly children: readonly string[] | string }): JSX.Element {
  return (
    <main class="page" id="content">
      <p class="nothing">{children}</p>
    </main>
  );
}

interface Shown {
  readonly line: PostLine;
  readonly view: PostView;
  readonly all: Overview;
}

function PostHead({
  line,
  view,
  all,
}: {
  readonly line: PostLine;
  readonly view: PostView | undefined;
  readonly all: Overview;
}): JSX.Element {
  return (
    <div class="post-head">
      <p class="way">
        <a href={linkTo({ page: isLetter(line) ? 'letters' : 'posts' })}>
          <Sign name="back" /> {isLetter(line) ? 'Letters' : 'Posts'}
        </a>
        <span class="steps">
          <button
            type="button"
            class="tool"
            title="Previous post (k)"
            aria-label="Previous post"
            onClick={() => step(-1)}
          >
            <Sign name="back" />
          </button>
          <button
            type="button"
            class="tool"
            title="Next post (j)"
            aria-label="Next post"
            onClick={() => step(1)}
          >
            <Sign name="next" />
          </button>
        </span>
      </p>
      <h1 dir="auto">{line.title}</h1>
      <p class="about">
        {line.draft && <span class="draft">draft</span>}
        {line.local !== undefined && <time dateTime={line.date ?? ''}>{showDay(line.local, all.local)}</time>}
        {isLetter(line) && line.sequence !== undefined && (
          <span class="of-series">
            {line.sequence.name} · letter {line.sequence.position}
            {line.sequence.day !== undefined && ` · day ${line.sequence.day}`}
          </span>
        )}
        {line.series !== undefined && (
          <span class="of-series">
            {line.series.name}
            {line.series.part !== undefined && ` · part ${line.series.part}`}
          </span>
        )}
        {view?.original.editorUrl === undefined ? (
          <span class="path">{line.path}</span>
        ) : (
          <a class="path" href={view.original.editorUrl}>
            {line.path}
          </a>
        )}
      </p>
    </div>
  );
}

function Tabs({ line, view, tab, all }: Shown & { readonly tab: string }): JSX.Element {
  const names = ['', ...view.copies.map(({ target }) => target)];
  const copy = view.copies.find(({ target }) => target === tab);
  const current = copy?.target ?? '';
  const choose = (name: string | undefined): void => {
    if (name === undefined) return;
    rename(placeOf(line.id, name));
    focusNext('[role=tab][aria-selected=true]');
  };
  return (
    <>
      <div
        class="tabs"
        role="tablist"
        aria-label="The original and its copies"
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (by !== undefined) choose(names.at((names.indexOf(current) + by) % names.length));
        }}
      >
        {names.map((name) => {
          const own = view.copies.find(({ target }) => target === name);
          return (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              data-copy={name}
              aria-selected={name === current}
              aria-controls="panel"
              tabIndex={name === current ? 0 : -1}
              onClick={() => choose(name)}
            >
              {own === undefined ? isLetter(line) ? 'letter' : 'original' : <TargetName copy={own} />}
            </button>
          );
        })}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${current}`}>
        {copy === undefined ? (
          <Original line={line} view={view} />
        ) : (
          <Copy key={copy.target} copy={copy} view={view} all={all} />
        )}
      </div>
    </>
  );
}
