import { describe, expect, it } from 'vitest';
import { BroadsideError, SendError } from '../../src/base/errors.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import { stateKey } from '../../src/model/ledger.ts';
import type { CopyEntries, CopyKey, CopyState, Ledger, LedgerEntry } from '../../src/model/ledger.ts';
import { copyOf } from '../../src/model/plan.ts';
import type { Action, FeedAction, Outcome, PostActionOf } from '../../src/model/plan.ts';
import type { Capabilities, Connection, FeedDocument, Taken } from '../../src/model/target.ts';
import { applyPlan, type Application } from '../../src/plan/apply.ts';
import {
  exampleAction,
  exampleFailure,
  exampleIntent,
  exampleReceipt,
  exampleRendition,
} from '../examples.ts';
import { indexStates } from '../index-states.ts';

const quick: Capabilities = {
  observe: true,
  update: 'freely',
  pace: { writes: { count: 1000, ms: 1 } },
};

/** A ledger that lives as long as a test, and tells what it was asked, in order. */
interface MemoryLedger extends Ledger {
  readonly bodies: ReadonlyMap<string, string>;
  stateOf(postId: string, target?: string): CopyState;
  entriesOf(postId: string, target?: string): readonly LedgerEntry[];
  /** Forgets what a copy has beyond its first entries, as a file or branch that is set back does. */
  setBack(postId: string, length: number): void;
}

function openMemoryLedger(tell: (what: string) => void, given: readonly CopyEntries[] = []): MemoryLedger {
  const copies = new Map(
    given.map((one) => [stateKey(one.copy), { copy: one.copy, entries: [...one.entries] }]),
  );
  const bodies = new Map<string, string>();
  const find = (copy: CopyKey) => copies.get(stateKey(copy)) ?? { copy, entries: [] };
  return {
    description: 'memory',
    bodies,
    read: () => Promise.resolve({ copies: structuredClone([...copies.values()]), opened: {} }),
    readStates: () =>
      Promise.resolve({ states: indexStates([...copies.values()].map(foldCopy)), opened: {} }),
    append(copy, expectedLength, entry) {
      const { entries } = find(copy);
      if (entries.length !== expectedLength) return Promise.resolve('moved');
      tell(`${entry.kind} ${copy.postId}`);
      copies.set(stateKey(copy), { copy, entries: [...entries, entry] });
      return Promise.resolve('ok');
    },
    open: () => Promise.resolve(),
    storeBody(fingerprint, body) {
      bodies.set(fingerprint, body);
      return Promise.resolve();
    },
    readBody: (fingerprint) => Promise.resolve(bodies.get(fingerprint)),
    readPieces: () => Promise.resolve(new Map()),
    storePieces: () => Promise.resolve(),
    entriesOf: (postId, target = 'devto') => find({ target, postId }).entries,
    setBack(postId, length) {
      const copy = { target: 'devto', postId };
      const entries = find(copy).entries.slice(0, length);
      if (length === 0) copies.delete(stateKey(copy));
      else copies.set(stateKey(copy), { copy, entries });
    },
    stateOf(postId, target = 'devto') {
      const copy = { target, postId };
      return foldCopy(find(copy));
    },
  };
}

function taken(postId: string): Taken {
  return {
    remoteId: `id-${postId}`,
    url: `https://dev.to/author/${postId}`,
    state: 'live',
    echo: `echo-${postId}`,
  };
}

function create(postId: string, given: Partial<PostActionOf<'create'>> = {}): Action {
  const rendition = exampleRendition(postId, { fingerprint: `fingerprint-${postId}` });
  return exampleAction('create', postId, { rendition, ...given });
}

function update(postId: string, given: Partial<PostActionOf<'update'>> = {}): Action {
  const rendition = exampleRendition(postId, { fingerprint: `fingerprint-${postId}` });
  return exampleAction('update', postId, { rendition, remoteId: '7', ...given });
}

interface Bench {
  readonly actions: readonly Action[];
  readonly given?: readonly CopyEntries[];
  readonly wrapLedger?: (ledger: MemoryLedger) => Ledger;
  /** What the target does with one request, by the post's id; by default it takes it. */
  readonly answer?: (postId: string, signal: AbortSignal) => Promise<Taken>;
  readonly application?: Partial<Application>;
  /** Whether the targets can be asked what they hold. */
  readonly observes?: boolean;
}

/** Applies a plan of these actions, and tells all that happened in order. */
async function apply(bench: Bench) {
  const events: string[] = [];
  const told: Outcome[] = [];
  const written: FeedDocument[] = [];
  const ledger = openMemoryLedger((what) => events.push(what), bench.given);
  const request = (what: string, postId: string, signal: AbortSignal): Promise<Taken> => {
    events.push(`${what} ${postId}`);
    return bench.answer?.(postId, signal) ?? Promise.resolve(taken(postId));
  };
  const connection: Connection = {
    observe: () => Promise.reject(new Error('nothing is asked while applying')),
    create: (rendition, signal) => request('create', rendition.postId, signal),
    update: (remoteId, rendition, signal) => request(`update ${remoteId} of`, rendition.postId, signal),
    retract: () => Promise.reject(new Error('nothing is retracted while applying')),
    restore: (remoteId, rendition, signal) => request(`restore ${remoteId} of`, rendition.postId, signal),
  };
  let attempts = 0;
  const open = { connection, capabilities: { ...quick, observe: bench.observes ?? true } };
  const outcomes = await applyPlan({
    plan: {
      version: 2,
      createdAt: '2026-11-21T09:00:00Z',
      expiresAt: '2026-11-28T09:00:00Z',
      config: 'config',
      ledger: 'memory',
      paused: false,
      actions: bench.actions,
      diagnostics: [],
    },
    ledger: bench.wrapLedger?.(ledger) ?? ledger,
    targets: new Map([
      ['devto', open],
      ['linkedin', open],
    ]),
    closed: new Map(),
    newAttempt: () => ({ id: `attempt-${(attempts += 1)}`, machine: 'machine', process: 1 }),
    by: 'author',
    now: () => '2026-11-21T09:00:00.000Z',
    writeDocuments: (documents) => void written.push(...documents),
    siteUrl: 'https://example.com',
    maxWait: 300,
    signal: new AbortController().signal,
    onOutcome: (outcome) => void told.push(outcome),
    ...bench.application,
  });
  const results = Object.fromEntries(outcomes.map(({ action, result }) => [copyOf(action).postId, result]));
  return { outcomes, results, told, events, written, ledger };
}

function refuse(
  code: ConstructorParameters<typeof SendError>[0],
  sent: SendError['sent'],
  retryAfter?: number,
) {
  return new SendError(code, 'It went wrong.', {
    remedy: 'Try again.',
    sent,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

describe('the order of things', () => {
  it('is intent, request, receipt, one copy after the other', async () => {
    const { events, results, ledger } = await apply({ actions: [create('a'), create('b')] });
    expect(events).toEqual(['intent a', 'create a', 'receipt a', 'intent b', 'create b', 'receipt b']);
    expect(results).toEqual({ a: 'done', b: 'done' });
    expect(ledger.entriesOf('a')).toMatchObject([
      { kind: 'intent', verb: 'create', attempt: { id: 'attempt-1' }, fingerprint: 'fingerprint-a' },
      {
        kind: 'receipt',
        attempt: { id: 'attempt-1' },
        remoteId: 'id-a',
        url: 'https://dev.to/author/a',
        canonicalUrl: 'https://example.com/blog/a',
        inputs: { source: 'source-1', options: 'options' },
        fingerprint: 'fingerprint-a',
        echo: 'echo-a',
      },
    ]);
  });

  it('keeps each body that it was about to send', async () => {
    const { ledger } = await apply({
      actions: [create('a'), create('b')],
      answer: (postId) =>
        postId === 'a' ? Promise.resolve(taken('a')) : Promise.reject(refuse('REQUEST_REFUSED', 'refused')),
    });
    expect([...ledger.bodies]).toEqual([
      ['fingerprint-a', 'Body of a'],
      ['fingerprint-b', 'Body of b'],
    ]);
  });

  it('sends an update to the copy that is there', async () => {
    const entries = [exampleIntent(), exampleReceipt()];
    const { events, ledger } = await apply({
      given: [{ copy: { target: 'devto', postId: 'a' }, entries }],
      actions: [update('a', { ledgerLength: 2 })],
    });
    expect(events).toEqual(['intent a', 'update 7 of a', 'receipt a']);
    expect(ledger.stateOf('a')).toMatchObject({ length: 4, receipt: { verb: 'update', echo: 'echo-a' } });
  });

  it('sends nothing for what waits, is held or is kept', async () => {
    const { events, outcomes } = await apply({
      actions: [
        exampleAction('wait', 'a'),
        exampleAction('hold', 'b', { reason: 'drifted' }),
        exampleAction('keep', 'c'),
      ],
    });
    expect(events).toEqual([]);
    expect(outcomes).toEqual([]);
  });

  it('tells every outcome as it comes', async () => {
    const { outcomes, told } = await apply({ actions: [create('a'), create('b')] });
    expect(told).toEqual(outcomes);
  });
});

describe('a copy that moved in the ledger since the plan was made', () => {
  it('is skipped and named, and the rest goes on', async () => {
    const { events, results, outcomes } = await apply({
      given: [{ copy: { target: 'devto', postId: 'a' }, entries: [exampleIntent()] }],
      actions: [create('a'), create('b')],
    });
    expect(results).toEqual({ a: 'skipped', b: 'done' });
    expect(outcomes[0]?.message).toBe('the copy has changed in the ledger since the plan was made');
    expect(events).toEqual(['intent b', 'create b', 'receipt b']);
  });

  it('still gets its receipt when it moved while the request was under way', async () => {
    let ledger: Ledger | undefined;
    const run = await apply({
      actions: [create('a')],
      wrapLedger: (memory) => (ledger = memory),
      answer: async () => {
        await ledger?.append({ target: 'devto', postId: 'a' }, 1, exampleIntent());
        return taken('a');
      },
    });
    expect(run.results).toEqual({ a: 'done' });
    expect(run.ledger.entriesOf('a').map((entry) => entry.kind)).toEqual(['intent', 'intent', 'receipt']);
  });
});

describe('a request that fails', () => {
  it.each([
    ['no', 'failed', []],
    ['refused', 'refused', ['refusal']],
    ['unknown', 'unknown', ['unknown']],
  ] as const)('with sent: %s is recorded as that, and the rest goes on', async (sent, result, marks) => {
    const { outcomes, results, ledger } = await apply({
      actions: [create('a'), create('b')],
      answer: (postId) =>
        postId === 'a' ? Promise.reject(refuse('REQUEST_FAILED', sent)) : Promise.resolve(taken('b')),
    });
    expect(results).toEqual({ a: result, b: 'done' });
    expect(outcomes[0]).toMatchObject({
      code: 'REQUEST_FAILED',
      message: 'It went wrong.',
      remedy: 'Try again.',
    });
    expect(ledger.entriesOf('a')).toMatchObject([
      { kind: 'intent' },
      { kind: 'failure', sent, code: 'REQUEST_FAILED' },
    ]);
    expect(Object.keys(ledger.stateOf('a'))).toEqual(['copy', 'length', 'lastAt', 'intendedAt', ...marks]);
  });

  it('in a way nobody foresaw is of unknown outcome', async () => {
    const { results, ledger } = await apply({
      actions: [create('a')],
      answer: () => Promise.reject(new TypeError('a fault in the client')),
    });
    expect(results).toEqual({ a: 'unknown' });
    expect(ledger.entriesOf('a')[1]).toMatchObject({ kind: 'failure', sent: 'unknown', code: 'INTERNAL' });
  });

  it('is not sent again by the same run', async () => {
    const { events } = await apply({
      actions: [create('a')],
      answer: () => Promise.reject(refuse('REQUEST_TIMED_OUT', 'unknown')),
    });
    expect(events).toEqual(['intent a', 'create a', 'failure a']);
  });

  it.each(['CREDENTIAL_REFUSED', 'HOST_UNREACHABLE'] as const)(
    'with %s ends that target’s turn, not the others’',
    async (code) => {
      const { events, results, outcomes } = await apply({
        actions: [create('a'), create('b'), create('c', { target: 'linkedin' })],
        answer: (postId) =>
          postId === 'a' ? Promise.reject(refuse(code, 'no')) : Promise.resolve(taken(postId)),
      });
      expect(results).toEqual({ a: 'failed', b: 'failed', c: 'done' });
      expect(events.filter((event) => event.startsWith('create'))).toEqual(['create a', 'create c']);
      expect(outcomes.find(({ action }) => copyOf(action).postId === 'b')?.code).toBe(code);
    },
  );

  it('keeps back the later parts of a series that need it', async () => {
    const { events, results, outcomes } = await apply({
      actions: [
        create('a'),
        create('b', { requires: ['a'] }),
        create('c', { requires: ['a', 'b'] }),
        create('d'),
      ],
      answer: (postId) =>
        postId === 'a'
          ? Promise.reject(refuse('REQUEST_REFUSED', 'refused'))
          : Promise.resolve(taken(postId)),
    });
    expect(results).toEqual({ a: 'refused', b: 'skipped', c: 'skipped', d: 'done' });
    expect(outcomes[1]?.message).toBe('a, an earlier part of its series, is not out');
    expect(events).not.toContain('intent b');
  });
});

describe('a target that asks to wait', () => {
  /** Asks to wait so many seconds the first time, and takes it the second. */
  function askOnce(seconds: number | undefined): (postId: string) => Promise<Taken> {
    const asked = new Set<string>();
    return (postId) => {
      if (asked.has(postId)) return Promise.resolve(taken(postId));
      asked.add(postId);
      return Promise.reject(refuse('RATE_LIMITED', 'no', seconds));
    };
  }

  it('is waited for, then sent to again with an intent of its own', async () => {
    const began = performance.now();
    const { events, results, ledger } = await apply({ actions: [create('a')], answer: askOnce(0.2) });
    expect(performance.now() - began).toBeGreaterThan(190);
    expect(results).toEqual({ a: 'done' });
    expect(events).toEqual(['intent a', 'create a', 'failure a', 'intent a', 'create a', 'receipt a']);
    expect(ledger.entriesOf('a').map((entry) => entry.attempt.id)).toEqual([
      'attempt-1',
      'attempt-1',
      'attempt-2',
      'attempt-2',
    ]);
  });

  it('is not waited for longer than asked, all its waits together', async () => {
    const { results } = await apply({
      actions: [create('a'), create('b'), create('c')],
      answer: askOnce(0.2),
      application: { maxWait: 0.5 },
    });
    expect(results).toEqual({ a: 'done', b: 'done', c: 'failed' });
  });

  it('without saying how long is not waited for', async () => {
    const { events, results } = await apply({ actions: [create('a')], answer: askOnce(undefined) });
    expect(results).toEqual({ a: 'failed' });
    expect(events).toEqual(['intent a', 'create a', 'failure a']);
  });

  it('that cannot be asked what it holds is sent a new copy again by a later run only, a change at once', async () => {
    const change = update('b');
    const { events, results } = await apply({
      actions: [change, create('a')],
      answer: askOnce(0.01),
      observes: false,
    });
    expect(results).toEqual({ b: 'done', a: 'failed' });
    expect(events.filter((event) => /^(create|update)/.test(event))).toEqual([
      'update 7 of b',
      'update 7 of b',
      'create a',
    ]);
  });

  it.each([
    [600, '2026-11-21T09:10:00.000Z'],
    [1_000_000, '2026-11-22T09:00:00.000Z'],
  ])('for %i s, longer than a run waits, has that recorded, a day at most', async (seconds, until) => {
    const { ledger } = await apply({
      actions: [create('a')],
      answer: () => Promise.reject(refuse('RATE_LIMITED', 'no', seconds)),
    });
    expect(ledger.entriesOf('a')[1]).toMatchObject({ kind: 'failure', sent: 'no', until });
  });

  it('gets nothing else in the same run once it is not waited for', async () => {
    const { events, results } = await apply({
      actions: [create('a'), create('b'), create('c', { target: 'linkedin' })],
      answer: (postId) => (postId === 'c' ? Promise.resolve(taken('c')) : askOnce(undefined)(postId)),
    });
    expect(results).toEqual({ a: 'failed', b: 'failed', c: 'done' });
    expect(events).not.toContain('intent b');
  });

  it('is left alone once the run is interrupted', async () => {
    const interruption = new AbortController();
    const { events, results } = await apply({
      actions: [create('a'), create('b')],
      answer: () => {
        setTimeout(() => interruption.abort(), 20);
        return Promise.reject(refuse('RATE_LIMITED', 'no', 30));
      },
      application: { signal: interruption.signal },
    });
    expect(results).toEqual({ a: 'failed', b: 'skipped' });
    expect(events).toEqual(['intent a', 'create a', 'failure a']);
  });
});

describe('an intent that took long to record', () => {
  /** A ledger whose intents take so many seconds by the clock given to the run. */
  function slowLedger(seconds: number) {
    let clock = Date.parse('2026-11-21T09:00:00Z');
    return {
      now: () => new Date(clock).toISOString(),
      wrap: (ledger: Ledger): Ledger => ({
        ...ledger,
        append(copy, length, entry) {
          if (entry.kind === 'intent') clock += seconds * 1000;
          return ledger.append(copy, length, entry);
        },
      }),
    };
  }

  it.each([
    [59, ['intent a', 'create a', 'receipt a'], 'done'],
    [60, ['intent a', 'failure a'], 'failed'],
    [61, ['intent a', 'failure a'], 'failed'],
    [-1, ['intent a', 'failure a'], 'failed'],
  ])('of %i s', async (seconds, expected, result) => {
    const { now, wrap } = slowLedger(seconds);
    const { events, results, ledger } = await apply({
      actions: [create('a')],
      wrapLedger: wrap,
      application: { now },
    });
    expect(events).toEqual(expected);
    expect(results).toEqual({ a: result });
    expect(ledger.stateOf('a').pending).toBeUndefined();
  });

  it('while the clock was set back is not sent, however early it seems to be', async () => {
    const { now, wrap } = slowLedger(1);
    let passed = 0;
    const { events } = await apply({
      actions: [create('a')],
      wrapLedger: wrap,
      application: { now, elapsed: () => (passed += 61_000) },
    });
    expect(events).toEqual(['intent a', 'failure a']);
  });

  it('leaves the request only what is left of the minute', async () => {
    const { now, wrap } = slowLedger(59.9);
    const { results, ledger } = await apply({
      actions: [create('a')],
      wrapLedger: wrap,
      application: { now },
      answer: (_postId, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(refuse('REQUEST_FAILED', 'unknown')));
        }),
    });
    expect(results).toEqual({ a: 'unknown' });
    expect(ledger.stateOf('a').unknown).toBeDefined();
  });

  it('that could not be recorded at all is not sent', async () => {
    const { events, outcomes } = await apply({
      actions: [create('a')],
      wrapLedger: (ledger) => ({
        ...ledger,
        append: () =>
          Promise.reject(
            new BroadsideError('LEDGER_UNWRITABLE', 'The disk is full.', { remedy: 'Make room.' }),
          ),
      }),
    });
    expect(events).toEqual([]);
    expect(outcomes).toMatchObject([
      { result: 'failed', code: 'LEDGER_UNWRITABLE', message: 'The disk is full.', remedy: 'Make room.' },
    ]);
  });

  it('says so when it was taken but the receipt could not be recorded', async () => {
    const { outcomes, ledger } = await apply({
      actions: [create('a')],
      wrapLedger: (memory) => ({
        ...memory,
        append: (copy, length, entry) =>
          entry.kind === 'receipt'
            ? Promise.reject(
                new BroadsideError('LEDGER_UNWRITABLE', 'The disk is full.', { remedy: 'Make room.' }),
              )
            : memory.append(copy, length, entry),
      }),
    });
    expect(outcomes[0]).toMatchObject({
      result: 'unknown',
      code: 'OUTCOME_UNRECORDED',
      message:
        'devto took a as id-a, at https://dev.to/author/a, and that could not be recorded. The disk is full. Make room.',
      remedy: expect.stringContaining('broadside resolve a devto --url https://dev.to/author/a'),
    });
    expect(ledger.stateOf('a').pending).toBeDefined();
  });

  it.each([
    [
      'unknown',
      'It went wrong. It may be on devto, and that could not be recorded. The disk is full. Make room.',
    ],
    [
      'refused',
      'It went wrong. devto refused it, and that could not be recorded. The disk is full. Make room.',
    ],
  ] as const)('says so when it is %s and that could not be recorded', async (sent, message) => {
    const { outcomes } = await apply({
      actions: [create('a')],
      answer: () => Promise.reject(refuse('REQUEST_FAILED', sent)),
      wrapLedger: (memory) => ({
        ...memory,
        append: (copy, length, entry) =>
          entry.kind === 'failure'
            ? Promise.reject(
                new BroadsideError('LEDGER_UNWRITABLE', 'The disk is full.', { remedy: 'Make room.' }),
              )
            : memory.append(copy, length, entry),
      }),
    });
    expect(outcomes).toMatchObject([{ result: sent, code: 'OUTCOME_UNRECORDED', message }]);
  });

  it('says so when it was not sent and that could not be recorded, and does not try again', async () => {
    const error = new SendError('RATE_LIMITED', 'devto asks to wait', {
      remedy: 'Run the command again later.',
      sent: 'no',
      retryAfter: 1,
    });
    const { outcomes, events } = await apply({
      actions: [create('a')],
      answer: () => Promise.reject(error),
      wrapLedger: (memory) => ({
        ...memory,
        append: (copy, length, entry) =>
          entry.kind === 'failure'
            ? Promise.reject(
                new BroadsideError('LEDGER_UNWRITABLE', 'The disk is full.', { remedy: 'Make room.' }),
              )
            : memory.append(copy, length, entry),
      }),
    });
    expect(events.filter((event) => event === 'create a')).toHaveLength(1);
    expect(outcomes).toMatchObject([
      {
        result: 'failed',
        code: 'RATE_LIMITED',
        message:
          'devto asks to wait. devto did not take it, and that could not be recorded. The disk is full. Make room.',
        remedy: expect.stringContaining('broadside resolve a devto --not-posted'),
      },
    ]);
  });
});

describe('a ledger that is set back while the request is under way', () => {
  const attempt = { id: 'earlier', machine: 'machine', process: 1 };
  const before = [exampleIntent({ attempt }), { ...exampleFailure('no'), attempt }];

  /** Sends one copy, whose ledger meanwhile goes back to its first entries. */
  async function sendWhileSetBack(length: number, answer: () => Promise<Taken>) {
    let ledger: MemoryLedger | undefined;
    return apply({
      given: [{ copy: { target: 'devto', postId: 'a' }, entries: before }],
      actions: [create('a', { ledgerLength: 2 })],
      wrapLedger: (memory) => (ledger = memory),
      answer: () => {
        ledger?.setBack('a', length);
        return answer();
      },
    });
  }

  it.each([0, 1, 2])('to %i entries: intent and receipt are added anew', async (length) => {
    const { results, ledger } = await sendWhileSetBack(length, () => Promise.resolve(taken('a')));
    expect(results).toEqual({ a: 'done' });
    expect(ledger.entriesOf('a').slice(0, length)).toEqual(before.slice(0, length));
    expect(ledger.entriesOf('a').slice(length)).toMatchObject([
      { kind: 'intent', attempt: { id: 'attempt-1' } },
      { kind: 'receipt', attempt: { id: 'attempt-1' }, remoteId: 'id-a' },
    ]);
  });

  it('an unknown outcome is added anew, with its intent', async () => {
    const { results, ledger } = await sendWhileSetBack(0, () =>
      Promise.reject(refuse('REQUEST_TIMED_OUT', 'unknown')),
    );
    expect(results).toEqual({ a: 'unknown' });
    expect(ledger.stateOf('a')).toMatchObject({
      length: 2,
      unknown: { intent: { attempt: { id: 'attempt-1' } } },
    });
  });

  it('what was not sent leaves nothing to add', async () => {
    const { results, ledger } = await sendWhileSetBack(0, () =>
      Promise.reject(refuse('HOST_UNREACHABLE', 'no')),
    );
    expect(results).toEqual({ a: 'failed' });
    expect(ledger.entriesOf('a')).toEqual([]);
  });
});

describe('an interruption', () => {
  it('ends what is under way, and begins nothing new', async () => {
    const interruption = new AbortController();
    const { events, results, outcomes } = await apply({
      actions: [create('a'), create('b')],
      answer: (postId, signal) => {
        interruption.abort();
        return signal.aborted ? Promise.reject(new Error('it was cut off')) : Promise.resolve(taken(postId));
      },
      application: { signal: interruption.signal },
    });
    expect(results).toEqual({ a: 'done', b: 'skipped' });
    expect(outcomes[1]?.message).toBe('interrupted before it was sent');
    expect(events).toEqual(['intent a', 'create a', 'receipt a']);
  });

  it('does not wait for the next turn, nor send in it', async () => {
    const interruption = new AbortController();
    const { events, results } = await apply({
      actions: [create('a'), create('b')],
      application: {
        signal: interruption.signal,
        targets: new Map([
          [
            'devto',
            {
              capabilities: { ...quick, pace: { writes: { count: 1, ms: 3_600_000 } } },
              connection: {
                observe: () => Promise.resolve([]),
                create: (rendition) => {
                  setTimeout(() => interruption.abort(), 20);
                  return Promise.resolve(taken(rendition.postId));
                },
                update: () => Promise.reject(new Error('not in this test')),
                retract: () => Promise.reject(new Error('not in this test')),
                restore: () => Promise.reject(new Error('not in this test')),
              },
            },
          ],
        ]),
      },
    });
    expect(results).toEqual({ a: 'done', b: 'skipped' });
    expect(events).toEqual(['intent a', 'receipt a']);
  });
});

describe('a target that could not be opened or asked', () => {
  it('has its actions fail with the reason, and the others go on', async () => {
    const closed = new BroadsideError('CREDENTIAL_MISSING', 'There is no key.', { remedy: 'Set one.' });
    const { events, results, outcomes } = await apply({
      actions: [create('a'), create('b', { target: 'linkedin' })],
      application: { closed: new Map([['devto', closed]]) },
    });
    expect(results).toEqual({ a: 'failed', b: 'done' });
    expect(outcomes[0]).toMatchObject({
      code: 'CREDENTIAL_MISSING',
      message: 'There is no key.',
      remedy: 'Set one.',
    });
    expect(events).toEqual(['intent b', 'create b', 'receipt b']);
  });

  it('is sent nothing that had to be looked for first', async () => {
    const { events, results } = await apply({ actions: [create('a', { unobserved: true })] });
    expect(results).toEqual({ a: 'skipped' });
    expect(events).toEqual([]);
  });
});

describe('a copy that was found', () => {
  const found = { state: 'live', echo: 'echo-there' } as const;
  const adopt = (given: Partial<PostActionOf<'adopt'>>): Action =>
    exampleAction('adopt', 'a', { found, ...given });

  it.each([
    ['elsewhere', 'adopt'],
    ['own', 'create'],
  ] as const)('%s is recorded as it is there, and nothing is sent', async (origin, verb) => {
    const { events, ledger } = await apply({ actions: [adopt({ origin })] });
    expect(events).toEqual(['receipt a']);
    expect(ledger.stateOf('a').receipt).toMatchObject({ verb, remoteId: '7', echo: 'echo-there' });
  });

  it('edited by hand is accepted in the name of who asked', async () => {
    const { events, ledger } = await apply({
      given: [{ copy: { target: 'devto', postId: 'a' }, entries: [exampleIntent(), exampleReceipt()] }],
      actions: [adopt({ origin: 'edited', ledgerLength: 2 })],
    });
    expect(events).toEqual(['decision a']);
    expect(ledger.entriesOf('a')[2]).toMatchObject({ what: 'take-remote', by: 'author', echo: 'echo-there' });
    expect(ledger.stateOf('a').receipt?.echo).toBe('echo-there');
  });

  it('is skipped when its copy moved meanwhile', async () => {
    const { results } = await apply({
      given: [{ copy: { target: 'devto', postId: 'a' }, entries: [exampleIntent()] }],
      actions: [adopt({ origin: 'elsewhere' })],
    });
    expect(results).toEqual({ a: 'skipped' });
  });
});

describe('a feed', () => {
  const documents = [{ path: 'feed.xml', type: 'application/rss+xml', text: '<rss/>' }];
  const feed: FeedAction = {
    verb: 'create',
    reason: 'new',
    note: '1 item',
    target: 'feed',
    feed: 'feed',
    ledgerLength: 0,
    inputs: { options: 'options', a: 'fingerprint-a' },
    fingerprint: 'whole',
    references: [],
    documents,
  };

  it('is written, then recorded', async () => {
    const { written, outcomes, ledger } = await apply({ actions: [feed] });
    expect(written).toEqual(documents);
    expect(outcomes).toMatchObject([{ result: 'done', url: 'https://example.com/feed.xml' }]);
    expect(ledger.stateOf('feed', 'feed').receipt).toMatchObject({ fingerprint: 'whole', state: 'live' });
  });

  it('that only lacks its files gets them, and no new entry', async () => {
    const { target, ledgerLength } = feed;
    const kept: Action = {
      verb: 'keep',
      reason: 'unchanged',
      target,
      feed: target,
      ledgerLength,
      documents,
    };
    const { written, events } = await apply({ actions: [kept] });
    expect(written).toEqual(documents);
    expect(events).toEqual([]);
  });

  it('that cannot be written is not recorded', async () => {
    const { events, results } = await apply({
      actions: [feed],
      application: {
        writeDocuments() {
          throw new BroadsideError('OUTPUT_UNWRITABLE', 'feed.xml cannot be written.', {
            remedy: 'Make room.',
          });
        },
      },
    });
    expect(results).toEqual({ feed: 'failed' });
    expect(events).toEqual([]);
  });
});
