import type { JSX } from 'preact';
import type { Overview } from '../define.ts';
import { Sign } from './icons.tsx';
import { seekRule } from './posts/list.tsx';
import { linkTo } from './route.ts';
import { count } from './words.ts';

/** How often each rule is broken in the whole blog; errors first, then the most frequent. */
export function RulePage({ all }: { readonly all: Overview }): JSX.Element {
  const most = Math.max(...all.rules.map((rule) => rule.count), 1);
  return (
    <main class="page narrow" id="content">
      <h1>What is wrong</h1>
      {all.looking !== undefined && (
        <p class="hint" role="status">
          {all.looking.done} of {all.looking.of} posts were looked at.
        </p>
      )}
      {all.rules.length === 0 ? (
        all.looking === undefined && <p class="nothing">No post breaks a rule.</p>
      ) : (
        <ol class="rules">
          {all.rules.map(({ rule, severity, count: times, posts, wrong }) => (
            <li key={rule} class={severity}>
              <span class={`fault ${severity}`}>
                <Sign name={severity} />
                <span class="unseen">{severity}: </span>
              </span>
              <div class="what">
                <a href={linkTo({ page: 'posts' })} onClick={() => seekRule(rule)}>
                  <code>{rule}</code>
                </a>
                {wrong !== undefined && <p>{wrong}</p>}
              </div>
              <span class="times">
                {times}
                <span class="of"> in {count(posts.length, 'post')}</span>
              </span>
              <meter class="bar" min={0} max={most} value={times} aria-hidden="true" />
            </li>
          ))}
        </ol>
      )}
    </main>
  );
}
