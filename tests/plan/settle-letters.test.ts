import { expect, test } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import type { Observation } from '../../src/model/target.ts';
import { decideCandidate } from '../../src/plan/decide.ts';
import { settleAction } from '../../src/plan/settle.ts';
import {
  exampleAction,
  exampleIntent,
  exampleLetterTarget,
  examplePost,
  exampleReceipt,
  exampleRendition,
  exampleRequest,
} from '../examples.ts';

const copy = { target: 'devto', postId: 'a' };
const none = foldCopy({ copy, entries: [] });
const taken = foldCopy({ copy, entries: [exampleReceipt({ state: 'draft', fingerprint: 'before' })] });

/** A letter as its provider says that it stands. */
function see(given: Partial<Extract<Observation, { seen: 'present' }>>): Observation {
  const { remoteId, url, echo, canonicalUrl } = exampleReceipt();
  return { seen: 'present', remoteId, url, echo, canonicalUrl, state: 'draft', ...given };
}

test('a change to what readers have been mailed is told and never sent', () => {
  const change = exampleAction('update', 'a');
  expect(settleAction(change, taken, see({}), exampleRequest())).toMatchObject({ verb: 'update' });
  for (const echo of [exampleReceipt().echo, 'as its provider wrote it when it was sent']) {
    expect(settleAction(change, taken, see({ state: 'sent', echo }), exampleRequest())).toMatchObject({
      verb: 'keep',
      note: expect.stringContaining('readers have been mailed it'),
    });
  }
});

test('what could mail readers at once is held until a person names it', () => {
  const risk = 'forty readers wait at this place';
  const seen: Observation = { seen: 'absent', risk };
  const create = exampleAction('create', 'a');
  expect(settleAction(create, none, seen, exampleRequest())).toMatchObject({
    verb: 'hold',
    reason: 'sends-now',
    note: `${risk}; name the letter to go on`,
  });
  expect(settleAction(create, none, seen, exampleRequest({ named: new Set(['a']) }))).toMatchObject({
    verb: 'create',
  });
});

test('a letter that is found is recorded, whatever sending it could have done', () => {
  const seen = see({ risk: 'forty readers wait at this place' });
  expect(settleAction(exampleAction('create', 'a'), none, seen, exampleRequest())).toMatchObject({
    verb: 'adopt',
  });
});

test('a change to a letter whose outcome nobody knows is told as one of a letter', () => {
  const sent = exampleIntent({ verb: 'update', fingerprint: 'after' });
  const state = foldCopy({
    copy: { target: 'welcome', postId: 'a' },
    entries: [exampleReceipt({ state: 'draft' }), sent],
  });
  const candidate = {
    subject: { letter: 'a' },
    writing: examplePost('a'),
    target: exampleLetterTarget(),
    state,
    need: 'settle',
  } as const;
  expect(decideCandidate(candidate, exampleRendition('a'), [], exampleRequest())).toMatchObject({
    verb: 'update',
    reason: 'changed',
    note: 'letter',
    letter: 'a',
  });
});
