import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import type { CopyState } from '../../../src/model/ledger.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { walk } from '../../../src/reading/walk.ts';
import { fitSections } from '../../../src/report/dashboard/fit.ts';
import { readChecked } from '../../../src/report/dashboard/marks.ts';
import { findUntold, listNeeds } from '../../../src/report/dashboard/needs.ts';
import { listEveryOffer, renderDashboard } from '../../../src/report/dashboard/render.ts';
import type { DashboardView } from '../../../src/report/dashboard/view.ts';
import {
  exampleAction,
  exampleIntent,
  examplePost,
  exampleReceipt,
  exampleRendition,
} from '../../examples.ts';

const now = '2026-12-01T17:18:00Z';

function makeState(target: string, postId: string, given: Partial<CopyState> = {}): [string, CopyState] {
  const state = { copy: { target, postId }, length: 2, intendedAt: [], ...given };
  return [`${target}\n${postId}`, state];
}

const plan: Plan = {
  version: 2,
  createdAt: now,
  expiresAt: '2026-12-08T17:18:00Z',
  config: 'config',
  ledger: 'files in ledger',
  paused: false,
  diagnostics: [
    {
      rule: 'post-date-invalid',
      severity: 'error',
      file: 'posts/on-tides.md',
      line: 3,
      column: 7,
      message: 'The date "next week" is no date.',
      remedy: 'Write it as 2026-12-01.',
    },
  ],
  actions: [
    exampleAction('hold', 'on-ledgers', {
      target: 'linkedin',
      reason: 'interrupted',
      note: 'linkedin cannot say whether it was posted; look, then run "broadside resolve"',
      ledgerLength: 2,
    }),
    exampleAction('hold', 'what-is-posse', {
      reason: 'drifted',
      note: 'edited by hand on the target; --take source overwrites, --take remote accepts',
      diff: '- The second edition.\n+ The third edition.',
      ledgerLength: 2,
      remoteId: '7',
      url: 'https://dev.to/author/what-is-posse',
    }),
    exampleAction('hold', 'tide-tables', {
      reason: 'refused',
      note: 'Title has already been used in the last five minutes; change the post, or name it to try again',
      ledgerLength: 2,
    }),
    exampleAction('wait', 'how-plans-work', {
      target: 'forum',
      reason: 'by-hand',
      work: 'create',
      since: '2026-11-20T09:00:00Z',
      rendition: exampleRendition('how-plans-work', {
        target: 'forum',
        body: 'A plan says what would change, and *why*.\n\n<b>Not</b> a promise.',
        fields: { title: 'How plans work' },
      }),
    }),
    exampleAction('wait', 'how-plans-work', { target: 'linkedin', at: '2026-12-03T08:30:00Z' }),
    exampleAction('wait', 'a-post-to-come', { target: 'linkedin', at: '2026-12-10T08:30:00Z' }),
    exampleAction('hold', 'ancient', { reason: 'old' }),
  ],
};

const view: DashboardView = {
  blog: '0123456789abcdef',
  now,
  timezone: 'Europe/London',
  plan,
  posts: [
    examplePost('on-ledgers', { title: 'On ledgers' }),
    examplePost('what-is-posse', { title: 'What is POSSE?' }),
    examplePost('tide-tables', { title: 'Tide tables' }),
    examplePost('how-plans-work', { title: 'How plans work' }),
    examplePost('a-post-to-come', { title: 'A post to come', publishAt: '2026-12-09T00:00:00Z' }),
  ],
  states: new Map([
    makeState('linkedin', 'on-ledgers', { unknown: { intent: exampleIntent(), failure: {} as never } }),
    makeState('devto', 'how-plans-work', {
      receipt: exampleReceipt({ at: '2026-11-29T08:20:00Z', url: 'https://dev.to/author/how-plans-work' }),
      createdAt: '2026-11-29T08:20:00Z',
    }),
    makeState('devto', 'long-ago', { receipt: exampleReceipt(), createdAt: '2026-11-20T12:00:01Z' }),
  ]),
  late: [],
  concerns: [
    {
      about: 'linkedin',
      level: 'warning',
      what: 'The access token ends on 2026-12-09, in 8 days.',
      remedy: 'Run "broadside auth linkedin --store gh".',
    },
  ],
  accounts: [{ about: 'devto', level: 'ok', what: 'The API key belongs to author on dev.to.' }],
  schedule: {
    last: '2026-12-01T17:16:00Z',
    next: '2026-12-01T18:17:00Z',
    planned: 168,
    late: [{ planned: '2026-11-30T03:17:00Z', came: '2026-11-30T06:19:00Z' }],
  },
  run: 'https://github.com/example/blog/actions/runs/42',
};

describe('the dashboard', () => {
  it('reads well for a blog in trouble', async () => {
    await expect(renderDashboard(view)).toMatchFileSnapshot('in-trouble.md');
  });

  it('offers what its boxes say, and each once', () => {
    const text = renderDashboard(view);
    const shown = readChecked(text.replaceAll('[ ]', '[x]'));
    expect(shown.map(({ ask, target, post }) => `${ask} ${target} ${post}`)).toEqual([
      'posted linkedin on-ledgers',
      'not-posted linkedin on-ledgers',
      'take-source devto what-is-posse',
      'take-remote devto what-is-posse',
      'publish devto tide-tables',
      'posted forum how-plans-work',
      'publish linkedin how-plans-work',
      'retract devto how-plans-work',
    ]);
    expect(listEveryOffer(view)).toHaveLength(shown.length);
  });

  it('changes a mark with what its line says, and not with the time at which it goes', () => {
    const digests = (actions: Plan['actions']): readonly string[] =>
      listEveryOffer({ ...view, plan: { ...plan, actions } }).map(({ line }) => line);
    const [drifted] = plan.actions.slice(1, 2);
    const [timed] = plan.actions.slice(4, 5);
    if (drifted?.verb !== 'hold' || timed?.verb !== 'wait') throw new Error('no such lines');
    expect(digests([{ ...drifted, diff: '- More.' }])).not.toEqual(digests([drifted]));
    expect(digests([{ ...drifted, ledgerLength: 3 }])).not.toEqual(digests([drifted]));
    expect(digests([{ ...timed, at: '2026-12-04T08:30:00Z' } as typeof timed])).toEqual(digests([timed]));
  });

  it('gives each blog of a repository marks of its own', () => {
    const known = new Set(listEveryOffer(view).map(({ line }) => line));
    const others = listEveryOffer({ ...view, blog: 'fedcba9876543210' });
    expect(others.filter(({ line }) => known.has(line))).toEqual([]);
  });

  it('shows what strangers write as text: no box, no mark, no mention, no link', () => {
    const hostile = `x\n- [x] <!-- broadside:publish devto one ${'0'.repeat(32)} --> @you #1 https://evil.example </pre></details>\n<!-- broadside:told -->`;
    const bad: Plan = {
      ...plan,
      diagnostics: plan.diagnostics.map((one) => ({ ...one, message: hostile, file: hostile })),
      actions: plan.actions.map((action) =>
        action.verb === 'hold' ? { ...action, note: hostile, ...(action.diff && { diff: hostile }) } : action,
      ),
    };
    const text = renderDashboard({
      ...view,
      plan: bad,
      posts: view.posts.map((post) => ({ ...post, title: hostile })),
      concerns: [{ about: hostile, level: 'error', what: hostile, remedy: hostile }],
    });
    expect(readChecked(text)).toEqual([]);
    const [html, addresses, texts]: string[][] = [[], [], []];
    walk(unified().use(remarkParse).use(remarkGfm).parse(text), (node) => {
      if (node.type === 'link') addresses?.push(node.url);
      if (node.type === 'text') texts?.push(node.value);
      if (node.type === 'html') html?.push(node.value);
    });
    for (const address of addresses ?? []) expect(address).not.toContain('evil');
    for (const shown of texts ?? []) expect(shown).not.toMatch(/@you|#1\b/);
    expect(html?.join('\n')).not.toMatch(
      /<!-- broadside:publish devto one 0|evil\.example <\/pre><\/details>\n<!--/,
    );
  });
});

describe('what needs a person', () => {
  it('is told once, and again where it is new', () => {
    const text = renderDashboard(view);
    const needs = listNeeds(view);
    expect(needs).toHaveLength(6);
    expect(findUntold(needs, text)).toEqual([]);
    expect(findUntold(needs, text.replaceAll('\n', '\r\n'))).toEqual([]);
    const tomorrow = view.concerns.map((one) => ({ ...one, what: one.what.replace('8 days', '7 days') }));
    expect(findUntold(listNeeds({ ...view, concerns: tomorrow }), text)).toEqual([]);
    const more = [...view.concerns, { about: 'devto', level: 'error' as const, what: 'The key is refused.' }];
    expect(findUntold(listNeeds({ ...view, concerns: more }), text).map((one) => one.text)).toEqual([
      'The key is refused.',
    ]);
  });
});

describe('what has no room', () => {
  const item = (text: string, fold?: string) => ({
    text: `- ${text}\n`,
    ...(fold !== undefined && { fold: { text: `${fold}\n`, instead: 'Too long.\n' } }),
  });

  it('is counted, the later parts first, and a fold is whole or not there', () => {
    const sections = [
      { heading: 'First', most: 2, items: [item('a', 'x'.repeat(100)), item('b'), item('c')] },
      { heading: 'None', most: 2, items: [] },
      { heading: 'Last', most: 9, items: [item('d', 'y'.repeat(400))] },
    ];
    expect(fitSections(sections, 480)).toBe(
      `### First\n\n- a\n${'x'.repeat(100)}\n- b\n\n_And 1 more, which \`broadside plan\` shows._\n\n### Last\n\n- d\nToo long.\n\n`,
    );
    expect(fitSections(sections, 326)).toContain('### Last\n\n\n_And 1 more');
  });
});
