import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { CopyStateWord, Overview, PostLine } from '../../define.ts';
import { StateIcon, Sign } from '../icons.tsx';
import { focusPost, shownIds } from '../keys.ts';
import { linkTo } from '../route.ts';
import { overview, placeOf } from '../state.ts';
import { showDay } from '../times.ts';
import { count, describeState, nameState, stateWords, tellState } from '../words.ts';
import { countStates, matches } from './filter.ts';

const words = signal('');
const state = signal<CopyStateWord | undefined>(undefined);
const target = signal<string | undefined>(undefined);
const rule = signal<string | undefined>(undefined);

/** Shows the posts that break a rule, and no others. */
export function seekRule(name: string): void {
  words.value = '';
  state.value = undefined;
  target.value = undefined;
  rule.value = name;
}

const shown = computed<readonly PostLine[]>(() => {
  const { posts, rules } = overview.value ?? { posts: [], rules: [] };
  const broken = rules.find((one) => one.rule === rule.value);
  return posts.filter((post) =>
    matches(post, {
      words: words.value,
      ...(state.value === undefined ? {} : { state: state.value }),
      ...(target.value === undefined ? {} : { target: target.value }),
      ...(rule.value === undefined ? {} : { only: new Set(broken?.posts) }),
    }),
  );
});

shown.subscribe((posts) => {
  shownIds.value = posts.map(({ id }) => id);
});

/** Every post with the state of each of its copies. */
export function PostList({ all }: { readonly all: Overview }): JSX.Element {
  return (
    <main class="page" id="content">
      <h1 class="unseen">Posts</h1>
      <Filters all={all} />
      {shown.value.length > 0 && (
        <p class="posts-head" style={{ '--targets': all.targets.length }} aria-hidden="true">
          <span />
          <span class="states">
            {all.targets.map(({ name }) => (
              <span key={name}>{name}</span>
            ))}
          </span>
        </p>
      )}
      <ul class="posts" style={{ '--targets': all.targets.length }} aria-label="Posts">
        {shown.value.map((post) => (
          <PostRow key={post.id} post={post} all={all} />
        ))}
      </ul>
      {shown.value.length === 0 && (
        <p class="nothing">{all.posts.length === 0 ? 'There are no posts yet.' : 'No post matches.'}</p>
      )}
      {all.leftOut !== undefined && all.leftOut > 0 && (
        <p class="nothing">
          {count(all.leftOut, 'post')} of this list {all.leftOut === 1 ? 'has' : 'have'} no copies in these files, which would be too large with
          them.
        </p>
      )}
    </main>
  );
}

function Filters({ all }: { readonly all: Overview }): JSX.Element {
  const counts = countStates(all.posts, target.value);
  return (
    <div class="filters">
      <div class="search">
        <Sign name="search" />
        <input
          id="search"
          type="search"
          placeholder="Search title, path, tag, series"
          aria-label="Search the posts"
          value={words.value}
          onInput={({ currentTarget }) => (words.value = currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              focusPost(shownIds.value[0]);
            }
            if (event.key === 'Escape') {
              words.value = '';
              event.currentTarget.blur();
            }
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="choices" role="group" aria-label="State">
        <Choice isChosen={state.value === undefined} choose={() => (state.value = undefined)}>
          all <span class="number">{all.posts.length}</span>
        </Choice>
        {stateWords
          .filter((word) => word !== 'off' && (counts.has(word) || state.value === word))
          .map((word) => (
            <Choice
              key={word}
              isChosen={state.value === word}
              choose={() => (state.value = state.value === word ? undefined : word)}
            >
              <span class={`state ${word}`}>
                <StateIcon state={word} />
                {nameState(word)}
              </span>{' '}
              <span class="number">{counts.get(word) ?? 0}</span>
            </Choice>
          ))}
      </div>
      <label class="pick">
        <span class="unseen">Target</span>
        <select
          value={target.value ?? ''}
          onChange={({ currentTarget }) => (target.value = currentTarget.value === '' ? undefined : currentTarget.value)}
        >
          <option value="">every target</option>
          {all.targets.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {rule.value !== undefined && (
        <button type="button" class="chip" onClick={() => (rule.value = undefined)}>
          <code>{rule.value}</code> <span aria-hidden="true">×</span>
          <span class="unseen">: show the others too</span>
        </button>
      )}
      <p class="unseen" role="status">
        {count(shown.value.length, 'post')}
      </p>
    </div>
  );
}

function Choice(props: {
  readonly isChosen: boolean;
  readonly choose: () => void;
  readonly children: JSX.Element | readonly (JSX.Element | string)[];
}): JSX.Element {
  return (
    <button type="button" class="choice" aria-pressed={props.isChosen} onClick={props.choose}>
      {props.children}
    </button>
  );
}

function PostRow({ post, all }: { readonly post: PostLine; readonly all: Overview }): JSX.Element {
  const { errors, warnings } = post.faults;
  return (
    <li class="post-row" data-post={post.id}>
      <div class="what">
        <h2 dir="auto">
          {post.data === undefined ? post.title : <a href={linkTo(placeOf(post.id))}>{post.title}</a>}
        </h2>
        <p class="about">
          {post.draft && <span class="draft">draft</span>}
          {post.local !== undefined && <time dateTime={post.date ?? ''}>{showDay(post.local, all.local)}</time>}
          {post.series !== undefined && (
            <span class="of-series">
              {post.series.name}
              {post.series.part !== undefined && ` · part ${post.series.part}`}
            </span>
          )}
          {errors > 0 && (
            <span class="fault error">
              <Sign name="error" />
              {count(errors, 'error')}
            </span>
          )}
          {warnings > 0 && (
            <span class="fault warning">
              <Sign name="warning" />
              {count(warnings, 'warning')}
            </span>
          )}
          <span class="path">{post.path}</span>
        </p>
      </div>
      <dl class="states">
        {all.targets.map(({ name }) => {
          const copy = post.states[name];
          return (
            copy !== undefined && (
              <div key={name} class={copy.state === 'off' ? 'cell is-off' : 'cell'} title={`${name}: ${tellState(copy, all.local)}`}>
                <dt>{name}</dt>
                <dd>
                  <span class={`state ${copy.state}`}>
                    <StateIcon state={copy.state} />
                    {nameState(copy.state)}
                  </span>
                  <span class="detail">{describeState(copy, all.local)}</span>
                </dd>
              </div>
            )
          );
        })}
      </dl>
    </li>
  );
}
