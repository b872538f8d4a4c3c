import { expect, test } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import type { Connection, Observation } from '../../src/model/target.ts';
import { observeTargets } from '../../src/plan/observe.ts';
import { exampleAction, exampleReceipt, exampleRequest, exampleTarget } from '../examples.ts';
import { indexStates } from '../index-states.ts';

const notAsked = (): never => {
  throw new Error('not in this test');
};

/** What becomes of a new copy of `b` whose target answers with the copy that has the id 7, while `a` is recorded under `recorded`. */
async function settleNew(recorded: string) {
  const { url, echo, canonicalUrl } = exampleReceipt();
  const seen: Observation = { seen: 'present', remoteId: '7', url, echo, canonicalUrl, state: 'live' };
  const connection: Connection = {
    observe: () => Promise.resolve([seen]),
    create: notAsked,
    update: notAsked,
    retract: notAsked,
    restore: notAsked,
  };
  const receipt = exampleReceipt({ remoteId: recorded });
  const { actions } = await observeTargets(
    {
      connect: () => Promise.resolve(connection),
      ledger: {
        description: 'ledger',
        read: notAsked,
        readStates: notAsked,
        append: notAsked,
        open: notAsked,
        storeBody: notAsked,
        readBody: notAsked,
        readPieces: notAsked,
        storePieces: notAsked,
      },
      now: notAsked,
      report: notAsked,
      signal: new AbortController().signal,
    },
    [exampleTarget()],
    [exampleAction('create', 'b')],
    indexStates([foldCopy({ copy: { target: 'devto', postId: 'a' }, entries: [receipt] })]),
    exampleRequest(),
  );
  return actions;
}

test('a copy that is found is adopted, unless it is the recorded copy of another', async () => {
  expect(await settleNew('8')).toMatchObject([{ verb: 'adopt', post: 'b', remoteId: '7' }]);
  expect(await settleNew('7')).toMatchObject([{ verb: 'create', post: 'b' }]);
});
