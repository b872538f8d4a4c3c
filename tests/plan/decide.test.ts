import { describe, expect, it } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { CopyStates, LedgerEntry } from '../../src/model/ledger.ts';
import { idOf, type CopyAction } from '../../src/model/plan.ts';
import type { Post } from '../../src/model/post.ts';
import type { Rendition } from '../../src/model/rendition.ts';
import type { Observation } from '../../src/model/target.ts';
import { decideCandidate } from '../../src/plan/decide.ts';
import { guardActions } from '../../src/plan/guard.ts';
import { keepOrder } from '../../src/plan/keep-order.ts';
import type { PlanRequest } from '../../src/plan/request.ts';
import { selectCopies } from '../../src/plan/select.ts';
import { settleAction } from '../../src/plan/settle.ts';
import { orderPosts } from '../../src/blog/order.ts';
import {
  exampleAction,
  exampleFailure,
  exampleIntent,
  exampleOccasion,
  examplePost,
  exampleReceipt,
  exampleRendition,
  exampleRequest,
  exampleTarget,
} from '../examples.ts';
import { indexStates } from '../index-states.ts';

const opened = { devto: '2026-11-01T10:00:00Z' };

const fault: Diagnostic = {
  rule: 'devto-title-length',
  severity: 'error',
  file: 'posts/a.md',
  line: 2,
  column: 1,
  message: 'The title is too long.',
  remedy: 'Give a shorter one.',
};

function statesOf(entries: Readonly<Record<string, readonly LedgerEntry[]>>): CopyStates {
  return indexStates(
    Object.entries(entries).map(([postId, list]) =>
      foldCopy({ copy: { target: 'devto', postId }, entries: list }),
    ),
  );
}

const held = {
  seen: 'present',
  remoteId: '7',
  url: 'https://dev.to/author/a',
  state: 'live',
  canonicalUrl: 'https://example.com/blog/a',
  echo: 'echo-1',
} as const satisfies Observation;

/** Decides one post's copy all the way, as a plan would. */
function decide(given: {
  readonly post?: Partial<Post>;
  readonly entries?: readonly LedgerEntry[];
  readonly request?: Partial<PlanRequest>;
  readonly rendition?: Partial<Rendition>;
  readonly target?: Parameters<typeof exampleTarget>[0];
  readonly observation?: Observation;
  readonly problems?: readonly Diagnostic[];
  readonly opened?: Readonly<Record<string, string>>;
}): CopyAction | undefined {
  const post = examplePost('a', given.post);
  const target = exampleTarget(given.target);
  const states = statesOf(given.entries === undefined ? {} : { a: given.entries });
  const request = exampleRequest(given.request);
  const selection = selectCopies(target, [post], { states, opened: given.opened ?? opened, request });
  const [candidate] = selection.candidates;
  if (candidate === undefined) return selection.actions[0];
  const action = decideCandidate(
    candidate,
    exampleRendition('a', given.rendition),
    given.problems ?? [],
    request,
  );
  if (given.observation === undefined || (action.verb !== 'create' && action.verb !== 'update'))
    return action;
  return settleAction(action, candidate.state, given.observation, request);
}

describe('a post that has no copy', () => {
  it('is created', () => {
    expect(decide({})).toMatchObject({
      verb: 'create',
      reason: 'new',
      ledgerLength: 0,
      rendition: { body: 'Body of a' },
    });
  });

  it.each([
    ['is a draft', { draft: true }],
    ['says syndicate: false', { syndicate: false }],
    ['says no to the target', { syndicate: { devto: false } }],
    ['has its original on the target itself', { canonicalUrl: 'https://dev.to/author/a' }],
  ] as const)('is left alone when it %s', (_what, post) => {
    expect(decide({ post })).toBeUndefined();
    expect(decide({ post, request: { named: new Set(['a']) } })).toBeUndefined();
  });

  it('goes to an opt-in target only when it asks to', () => {
    const target = { policy: { optIn: true, schedule: { slots: [], quiet: [] } } };
    expect(decide({ target })).toBeUndefined();
    expect(decide({ target, request: { named: new Set(['a']) } })).toBeUndefined();
    expect(decide({ target, post: { syndicate: { devto: true } } })?.verb).toBe('create');
  });

  it('is held when it is dated before the target was opened, until it is named', () => {
    const post = { publishAt: '2026-10-31T23:59:00Z' };
    expect(decide({ post })).toMatchObject({ verb: 'hold', reason: 'old' });
    expect(decide({ post, request: { named: new Set(['a']) } })?.verb).toBe('create');
    expect(decide({ post, request: { suspended: true } })?.verb).toBe('create');
  });

  it('is not old on the day the target is opened, and old before, on a first run', () => {
    const first = { opened: {}, request: { now: '2026-11-02T15:00:00Z' } };
    expect(decide({ ...first, post: { publishAt: '2026-11-02T00:00:00Z' } })?.verb).toBe('create');
    expect(decide({ ...first, post: { publishAt: '2026-11-01T23:00:00Z' } })?.reason).toBe('old');
  });

  it('waits for its time, unless it is named', () => {
    const post = { publishAt: '2026-11-30T08:00:00Z' };
    expect(decide({ post })).toMatchObject({ verb: 'wait', reason: 'scheduled', at: '2026-11-30T08:00:00Z' });
    expect(decide({ post, request: { named: new Set(['a']) } })?.verb).toBe('create');
  });

  it('is adopted when the target already has it', () => {
    expect(decide({ observation: held })).toMatchObject({ verb: 'adopt', reason: 'found', remoteId: '7' });
    expect(decide({ observation: { seen: 'absent' } })?.verb).toBe('create');
  });

  it('says so when the target could not be asked', () => {
    expect(decide({ observation: { seen: 'unknown', why: 'no network' } })).toMatchObject({
      verb: 'create',
      unobserved: true,
    });
  });
});

describe('a copy that is there', () => {
  const entries = [exampleIntent(), exampleReceipt()];
  const edited = { inputs: { source: 'source-2', options: 'options' }, fingerprint: 'fingerprint-2' };

  it('is kept while nothing changed', () => {
    expect(decide({ entries })).toMatchObject({ verb: 'keep', reason: 'unchanged', ledgerLength: 2 });
  });

  it('is kept when the post changed but the copy would not', () => {
    expect(decide({ entries, rendition: { inputs: edited.inputs } })?.verb).toBe('keep');
  });

  it('is updated when the post changed, and says why', () => {
    expect(decide({ entries, rendition: edited, observation: held })).toMatchObject({
      verb: 'update',
      reason: 'changed',
      note: 'post',
      remoteId: '7',
    });
  });

  it('names what changed', () => {
    const inputs = { source: 'source-1', options: 'options', navigation: 'new' };
    const rendition = { inputs, fingerprint: 'fingerprint-2' };
    expect(decide({ entries, rendition })?.note).toBe('series navigation');
    expect(decide({ entries, rendition, request: { backfill: false } })?.verb).toBe('keep');
  });

  it('is not touched when its series lacks a part it shows, as in a checkout of an old commit', () => {
    const shown = [exampleIntent(), exampleReceipt({ references: ['part-2', 'part-3'] })];
    const inputs = { source: 'source-1', options: 'options', navigation: 'other' };
    const decideFor = (references: readonly string[]) =>
      decide({ entries: shown, rendition: { inputs, fingerprint: 'fingerprint-2', references } })?.verb;
    expect(decideFor(['part-2'])).toBe('keep');
    expect(decideFor(['part-2', 'part-3', 'part-4'])).toBe('update');
  });

  it('is not touched by a new version of the program unless asked', () => {
    const rendition = { fingerprint: 'fingerprint-2' };
    expect(decide({ entries, rendition })?.verb).toBe('keep');
    expect(decide({ entries, rendition, request: { refresh: true } })?.verb).toBe('update');
    expect(decide({ entries, request: { refresh: true } })?.verb).toBe('keep');
  });

  it('is held when someone edited it on the target, and overwritten only when asked', () => {
    const observation = { ...held, echo: 'echo-2' };
    expect(decide({ entries, rendition: edited, observation })).toMatchObject({
      verb: 'hold',
      reason: 'drifted',
    });
    const take = { take: 'source', named: new Set(['a']) } as const;
    expect(decide({ entries, rendition: edited, observation, request: take })?.verb).toBe('update');
    expect(decide({ entries, observation, request: take })?.verb).toBe('update');
    expect(decide({ entries, observation: held, request: take })?.verb).toBe('keep');
  });

  it('is accepted as someone edited it when asked', () => {
    const observation = { ...held, echo: 'echo-2' };
    const request = { take: 'remote', named: new Set(['a']) } as const;
    expect(decide({ entries, observation, request })).toMatchObject({
      verb: 'adopt',
      origin: 'edited',
      found: { echo: 'echo-2' },
    });
    expect(decide({ entries, observation: held, request })?.verb).toBe('keep');
  });

  it('is held when the target no longer has it', () => {
    expect(decide({ entries, rendition: edited, observation: { seen: 'absent' } })).toMatchObject({
      verb: 'hold',
      reason: 'removed',
    });
  });

  it('is held, never retracted, when its post is gone, a draft or withdrawn', () => {
    expect(decide({ entries, post: { draft: true } })).toMatchObject({ verb: 'hold', reason: 'removed' });
    expect(decide({ entries, post: { syndicate: false } })).toMatchObject({
      verb: 'hold',
      reason: 'removed',
    });
    const selection = selectCopies(
      exampleTarget(),
      [],
      exampleOccasion({ states: statesOf({ a: entries }), opened }),
    );
    expect(selection.actions).toMatchObject([{ verb: 'hold', reason: 'removed', post: 'a' }]);
  });

  it('is held under its old id when its post is renamed', () => {
    const post = examplePost('b', { canonicalUrl: 'https://example.com/blog/a' });
    const selection = selectCopies(
      exampleTarget(),
      [post],
      exampleOccasion({ states: statesOf({ a: entries }), opened }),
    );
    expect(selection.candidates).toEqual([]);
    expect(selection.actions).toMatchObject([{ verb: 'hold', reason: 'renamed', post: 'b' }]);
  });

  it('stays down once it is retracted', () => {
    const gone = [
      ...entries,
      exampleIntent({ verb: 'retract' }),
      exampleReceipt({ verb: 'retract', state: 'gone' }),
    ];
    expect(decide({ entries: gone, rendition: edited })).toMatchObject({
      verb: 'keep',
      note: 'retracted; "broadside publish a --target devto --again" brings it back',
    });
    const again = { again: true, named: new Set(['b']) };
    expect(decide({ entries: gone, request: { again: true } })?.verb).toBe('keep');
    expect(decide({ entries: gone, request: again })).toBeUndefined();
  });

  describe('that was retracted and is asked for again', () => {
    const gone = [
      ...entries,
      exampleIntent({ verb: 'retract' }),
      exampleReceipt({ verb: 'retract', state: 'gone' }),
    ];
    const request = { again: true, named: new Set(['a']) };

    it('comes back as it is now, to where it was', () => {
      const expected = { verb: 'create', reason: 'again', remoteId: '7', url: 'https://dev.to/author/a' };
      for (const rendition of [{}, edited])
        expect(decide({ entries: gone, request, rendition, observation: held })).toMatchObject({
          ...expected,
          ledgerLength: gone.length,
        });
    });

    it('is made anew where the target no longer has it', () => {
      const action = decide({ entries: gone, request, observation: { seen: 'absent' } });
      expect(action).toMatchObject({ verb: 'create', reason: 'again' });
      expect(action).not.toHaveProperty('remoteId');
    });

    it('is held where it was edited by hand, and where it cannot be shown', () => {
      const observation = { ...held, echo: 'echo-2' };
      expect(decide({ entries: gone, request, observation })).toMatchObject({
        verb: 'hold',
        reason: 'drifted',
      });
      const source = { ...request, take: 'source' } as const;
      expect(decide({ entries: gone, request: source, observation })).toMatchObject({
        reason: 'again',
        note: 'it had been retracted; overwrites what was edited by hand on the target',
      });
      expect(decide({ entries: gone, request, problems: [fault] })?.reason).toBe('unsupported');
    });

    it('is settled like any other when nobody knows whether it was taken', () => {
      const unknown = [...gone, exampleIntent(), exampleFailure('unknown')];
      expect(decide({ entries: unknown, observation: held })).toMatchObject({
        reason: 'again',
        remoteId: '7',
      });
      const blind = { capabilities: { ...exampleTarget().capabilities, observe: false } };
      expect(decide({ entries: unknown, request, target: blind })?.reason).toBe('interrupted');
    });
  });

  it('is left alone after being adopted until its post is edited', () => {
    const adopted = [exampleReceipt({ verb: 'adopt' })];
    const options = { inputs: { source: 'source-1', options: 'other' }, fingerprint: 'fingerprint-2' };
    expect(decide({ entries: adopted, rendition: options })?.verb).toBe('keep');
    expect(decide({ entries: adopted, rendition: edited })?.verb).toBe('update');
  });

  it('is updated only by name where the target cannot be asked', () => {
    const target = {
      capabilities: {
        observe: false,
        update: 'named',
        pace: { writes: { count: 1, ms: 1 } },
      },
    } as const;
    expect(decide({ entries, rendition: edited, target })).toMatchObject({ verb: 'keep' });
    const request = { named: new Set(['a']), targetNamed: true };
    expect(decide({ entries, rendition: edited, target, request })?.verb).toBe('update');
  });
});

describe('a copy that cannot be changed in every part', () => {
  const target = {
    fixed: ['card'],
    capabilities: { observe: false, update: 'named', pace: { writes: { count: 1, ms: 1 } } },
  } as const;
  const entries = [exampleReceipt({ inputs: { source: 'source-1', options: 'options', card: 'card-1' } })];
  const inputs = { source: 'source-2', options: 'options', card: 'card-2' };
  const request = { named: new Set(['a']), targetNamed: true };

  it('is updated as far as it can be, and the plan says what stays', () => {
    const action = decide({ entries, target, request, rendition: { inputs, fingerprint: 'fingerprint-2' } });
    expect(action).toMatchObject({
      verb: 'update',
      rendition: { inputs: { source: 'source-2', card: 'card-1' } },
    });
    expect(action?.note).toBe(
      'post; the card stays as it was sent, unless the copy is retracted and published with --again',
    );
  });
});

describe('a copy whose outcome is in doubt', () => {
  it('is in flight for ten minutes, unless its sender has ended', () => {
    const entries = [exampleIntent({ at: '2026-11-21T08:51:00Z' })];
    expect(decide({ entries })).toMatchObject({ verb: 'wait', reason: 'in-flight' });
    expect(decide({ entries, request: { isSenderGone: () => true }, observation: held })?.verb).toBe('adopt');
    const soon = { now: '2026-11-21T08:51:59Z', isSenderGone: () => true };
    expect(decide({ entries, request: soon })).toMatchObject({ verb: 'wait', reason: 'in-flight' });
    expect(decide({ entries: [...entries, exampleFailure('unknown')], request: soon })).toMatchObject({
      verb: 'wait',
      reason: 'in-flight',
      note: 'since 2026-11-21T08:51:00Z; it may arrive until 2026-11-21T08:52:00Z',
    });
    expect(decide({ entries, request: { now: '2026-11-21T09:02:00Z' }, observation: held })?.verb).toBe(
      'adopt',
    );
  });

  it.each([
    ['an intent without outcome', [exampleIntent()]],
    ['a failure that says unknown', [exampleIntent(), exampleFailure('unknown')]],
  ])('is settled by looking: %s', (_what, entries) => {
    expect(decide({ entries, observation: held })).toMatchObject({ verb: 'adopt', origin: 'own' });
    expect(decide({ entries, observation: { seen: 'absent' } })?.verb).toBe('create');
  });

  it('is held where the target cannot be asked, named or not', () => {
    const target = {
      capabilities: {
        observe: false,
        update: 'named',
        pace: { writes: { count: 1, ms: 1 } },
      },
    } as const;
    for (const entries of [[exampleIntent()], [exampleIntent(), exampleFailure('unknown')]]) {
      for (const request of [{}, { named: new Set(['a']), targetNamed: true }]) {
        expect(decide({ entries, target, request })).toMatchObject({ verb: 'hold', reason: 'interrupted' });
      }
    }
  });

  it('is in flight, and then held, when its post is gone or withdrawn meanwhile', () => {
    const soon = { now: '2026-11-20T12:05:00Z' };
    const select = (request: Partial<PlanRequest>) => {
      const states = statesOf({ a: [exampleIntent()] });
      return selectCopies(exampleTarget(), [], { states, opened, request: exampleRequest(request) }).actions;
    };
    const withdrawn = { entries: [exampleIntent()], post: { syndicate: false } } as const;
    expect(decide({ ...withdrawn, request: soon })).toMatchObject({ verb: 'wait', reason: 'in-flight' });
    expect(decide(withdrawn)).toMatchObject({ verb: 'hold', reason: 'interrupted' });
    expect(select(soon)).toMatchObject([{ verb: 'wait', reason: 'in-flight', post: 'a' }]);
    expect(select({})).toMatchObject([{ verb: 'hold', reason: 'interrupted', post: 'a' }]);
  });

  it('is not sent again where it could not be shown', () => {
    const entries = [exampleIntent(), exampleFailure('unknown')];
    expect(decide({ entries, problems: [fault] })).toMatchObject({ verb: 'hold', reason: 'unsupported' });
  });

  it('is left to who began to take it down', () => {
    const entries = [exampleIntent(), exampleReceipt(), exampleIntent({ verb: 'retract' })];
    for (const doubt of [entries, [...entries, exampleFailure('unknown')]])
      expect(decide({ entries: doubt, observation: { ...held, state: 'draft' } })).toMatchObject({
        verb: 'hold',
        reason: 'interrupted',
        note: 'it may have been taken down; run "broadside retract a --target devto" once more',
      });
  });

  it('is sent again after nothing was sent', () => {
    expect(decide({ entries: [exampleIntent(), exampleFailure('no')] })?.verb).toBe('create');
  });

  it('is settled by a person', () => {
    const decision = {
      v: 1,
      kind: 'decision',
      at: '2026-11-21T08:00:00Z',
      attempt: exampleIntent().attempt,
      by: 'the author',
    } as const;
    const doubt = [exampleIntent(), exampleFailure('unknown')];
    expect(decide({ entries: [...doubt, { ...decision, what: 'not-posted' }] })?.verb).toBe('create');
    const posted = { ...decision, what: 'posted', url: 'https://dev.to/author/a', remoteId: '7' } as const;
    expect(decide({ entries: [...doubt, posted] })).toMatchObject({ verb: 'keep', remoteId: '7' });
  });
});

describe('a copy that was refused', () => {
  const entries = [exampleIntent(), exampleFailure('refused')];

  it('is not sent again until its inputs change', () => {
    expect(decide({ entries })).toMatchObject({
      verb: 'hold',
      reason: 'refused',
      note: 'It went wrong; change the post, or name it to try again',
    });
    expect(decide({ entries, rendition: { inputs: { source: 'source-2', options: 'options' } } })?.verb).toBe(
      'create',
    );
  });
});

describe('a copy that was refused, new or there already', () => {
  const request = { named: new Set(['a']) };
  const denial = {
    v: 1,
    kind: 'decision',
    what: 'not-posted',
    at: '2026-11-21T08:00:00Z',
    attempt: exampleIntent().attempt,
    by: 'the author',
  } as const;
  const change = { rendition: { inputs: { source: 'source-2' }, fingerprint: 'fingerprint-2' } };
  const later = exampleIntent({ verb: 'update', inputs: { source: 'source-2' } });
  const cases = [
    ['create', [exampleIntent()], {}],
    ['update', [exampleIntent(), exampleReceipt(), later], change],
  ] as const;

  it.each(cases)('is sent again once a person says so: %s', (verb, sent, given) => {
    const entries = [...sent, exampleFailure('refused')];
    expect(decide({ ...given, entries })).toMatchObject({ verb: 'hold', reason: 'refused' });
    expect(decide({ ...given, entries, request })?.verb).toBe(verb);
    expect(decide({ ...given, entries: [...entries, denial] })?.verb).toBe(verb);
  });

  it.each(cases)('for a time waits until then: %s', (verb, sent, given) => {
    const until = '2026-11-21T09:03:00Z';
    const entries = [...sent, { ...exampleFailure('no'), until }];
    expect(decide({ ...given, entries })).toMatchObject({
      verb: 'wait',
      reason: 'rate-limited',
      at: until,
      note: 'It went wrong.',
    });
    for (const lifted of [request, { now: until }]) {
      expect(decide({ ...given, entries, request: lifted })?.verb).toBe(verb);
    }
    expect(decide({ ...given, entries: [...entries, denial] })?.verb).toBe(verb);
    expect(decide({ ...given, entries: [...entries, later, exampleFailure('no')] })?.verb).toBe(verb);
  });
});

describe('a plan as a whole', () => {
  const parts = [1, 2, 3].map((part) => examplePost(`p${part}`, { series: { name: 'S', part } }));
  const guard = (actions: readonly CopyAction[], request: Partial<PlanRequest> = {}) =>
    guardActions(actions, new Map(), [exampleTarget()], exampleRequest(request));
  const order = (actions: readonly CopyAction[]) =>
    keepOrder(actions, parts, [exampleTarget()], exampleOccasion());

  it('never lets a part of a series overtake an earlier one', () => {
    const actions = [
      exampleAction('hold', 'p1'),
      exampleAction('create', 'p2'),
      exampleAction('create', 'p3'),
    ];
    expect(order(actions).map(({ verb, reason }) => [verb, reason])).toEqual([
      ['hold', 'unsupported'],
      ['wait', 'out-of-order'],
      ['wait', 'out-of-order'],
    ]);
  });

  it('makes each part require the earlier ones it is sent with', () => {
    const ordered = order([exampleAction('create', 'p1'), exampleAction('create', 'p2')]);
    expect(ordered.map((action) => ('requires' in action ? action.requires : undefined))).toEqual([
      undefined,
      ['p1'],
    ]);
  });

  it('holds more updates than max_updates, all of them, unless the posts are named', () => {
    const updates = parts.map((post) => exampleAction('update', post.id));
    expect(guard(updates, { maxUpdates: 3 }).every(({ verb }) => verb === 'update')).toBe(true);
    expect(guard(updates, { maxUpdates: 2 }).every(({ reason }) => reason === 'too-many')).toBe(true);
    expect(
      guard(updates, { maxUpdates: 2, named: new Set(['p1', 'p2', 'p3']) }).every(
        ({ verb }) => verb === 'update',
      ),
    ).toBe(true);
  });

  it('waits for midnight UTC when the target takes no more today', () => {
    const pace = { writes: { count: 1, ms: 1 }, daily: { requests: 13, perWrite: 4 } };
    const target = exampleTarget({ capabilities: { observe: false, update: 'named', pace } });
    const states = statesOf({
      yesterday: [exampleIntent({ at: '2026-11-20T23:59:59Z' })],
      today: [exampleIntent({ at: '2026-11-21T00:00:00Z' })],
    });
    const actions = ['x', 'y', 'z'].map((postId) => exampleAction('create', postId));
    const guarded = guardActions(actions, states, [target], exampleRequest());
    expect(guarded.map(({ verb }) => verb)).toEqual(['create', 'create', 'wait']);
    expect(guarded[2]).toMatchObject({ reason: 'rate-limited', at: '2026-11-22T00:00:00Z' });
  });

  it('takes an old post for new where its author set a time for the target', () => {
    const posts = [
      examplePost('old', { publishAt: '2024-01-01T00:00:00Z' }),
      examplePost('again', {
        publishAt: '2024-01-02T00:00:00Z',
        syndicate: { devto: { at: '2026-11-20T08:00:00Z' } },
      }),
    ];
    const request = exampleRequest({ now: '2026-11-21T10:00:00Z' });
    const { actions, candidates } = selectCopies(
      exampleTarget(),
      posts,
      exampleOccasion({ opened: { devto: '2026-11-01T00:00:00Z' }, request }),
    );
    expect(actions.map((action) => [idOf(action), action.reason])).toEqual([['old', 'old']]);
    expect(candidates.map(({ writing }) => writing.id)).toEqual(['again']);
  });

  it('gives the slot of a copy that is due and cannot go to the next one', () => {
    const target = exampleTarget({
      policy: { optIn: false, schedule: { slots: [], quiet: [], perDay: 1 } },
    });
    const posts = ['a', 'b', 'c'].map((id, index) =>
      examplePost(id, { publishAt: `2026-11-0${index + 1}T00:00:00Z` }),
    );
    const request = exampleRequest({ now: '2026-11-21T10:00:00Z' });
    const select = (stuck: ReadonlyMap<string, string>) =>
      selectCopies(
        target,
        posts,
        exampleOccasion({ opened: { devto: '2026-10-01T00:00:00Z' }, request }),
        stuck,
      );
    const first = select(new Map());
    expect(first.candidates.map(({ writing }) => writing.id)).toEqual(['a']);
    const since = first.candidates[0]?.dueSince ?? '';
    const next = select(new Map([['a', since]]));
    expect(next.candidates.map(({ writing, dueSince }) => [writing.id, dueSince])).toEqual([
      ['a', since],
      ['b', '2026-11-02T00:00:00Z'],
    ]);
    expect(next.actions.map((action) => [idOf(action), action.reason])).toEqual([['c', 'scheduled']]);
  });

  it('orders posts by date, no part before an earlier one', () => {
    const posts = [
      examplePost('two', { series: { name: 'S', part: 2 }, publishAt: '2026-11-01T00:00:00Z' }),
      examplePost('one', { series: { name: 'S', part: 1 }, publishAt: '2026-11-03T00:00:00Z' }),
      examplePost('between', { publishAt: '2026-11-02T00:00:00Z' }),
      examplePost('after', { publishAt: '2026-11-04T00:00:00Z' }),
    ];
    expect(orderPosts(posts).map((post) => post.id)).toEqual(['between', 'one', 'two', 'after']);
  });
});

describe('folding', () => {
  it('keeps the first creation and the last receipt', () => {
    const state = foldCopy({
      copy: { target: 'devto', postId: 'a' },
      entries: [
        exampleIntent(),
        exampleReceipt({ at: '2026-11-20T12:00:01Z' }),
        exampleIntent({ verb: 'update' }),
        exampleReceipt({ at: '2026-11-21T12:00:01Z', verb: 'update', echo: 'echo-2' }),
      ],
    });
    expect(state).toMatchObject({
      length: 4,
      createdAt: '2026-11-20T12:00:01Z',
      receipt: { echo: 'echo-2' },
    });
    expect(state.pending).toBeUndefined();
  });

  it('takes an accepted hand edit as the echo to compare with', () => {
    const state = foldCopy({
      copy: { target: 'devto', postId: 'a' },
      entries: [
        exampleReceipt(),
        {
          v: 1,
          kind: 'decision',
          at: '2026-11-21T12:00:00Z',
          attempt: exampleIntent().attempt,
          what: 'take-remote',
          by: 'the author',
          echo: 'echo-9',
        },
      ],
    });
    expect(state.receipt?.echo).toBe('echo-9');
  });
});
