import { expect, it } from 'vitest';
import { emptyState } from '../../src/model/ledger.ts';
import type { Candidate } from '../../src/plan/candidate.ts';
import { awaitPage, awaitPieces } from '../../src/plan/await-page.ts';
import { examplePost, exampleReceipt, exampleRequest, exampleTarget } from '../examples.ts';

const receipt = exampleReceipt({ at: '2026-03-01T08:00:00Z' });

/** What becomes of a copy that is out, of a post that says when it was changed. */
function awaitChanged(updatedAt: string | undefined, now: string, isUnseen = false): string {
  const writing = examplePost('one', updatedAt === undefined ? {} : { updatedAt });
  const state = {
    copy: { target: 'devto', postId: 'one' },
    status: 'live',
    ledgerLength: 2,
    receipt,
  } as unknown as Candidate['state'];
  const { verb, reason, ...more } = awaitPieces(
    {
      subject: { post: 'one' },
      writing,
      target: exampleTarget({ name: 'devto' }),
      state,
      need: 'compare',
    },
    { words: 'The page is old.', isUnseen },
    exampleRequest({ now }),
  );
  return `${verb} ${reason}: ${'note' in more ? more.note : ''}`;
}

it.each([
  ['waits at first', '2026-03-05T08:00:00Z', '2026-03-07T08:00:00Z', 'wait no-page: The page is old'],
  [
    'is held from three days after the change',
    '2026-03-05T08:00:00Z',
    '2026-03-09T08:00:00Z',
    'hold no-page: The page is old, and the post has been changed since 2026-03-05 08:00 UTC; put the page up, or write in markdown what only it shows',
  ],
  [
    'waits where the copy was made after the day that the post names',
    '2026-02-01T08:00:00Z',
    '2026-03-09T08:00:00Z',
    'wait no-page: The page is old',
  ],
  ['waits where the post names none', undefined, '2026-03-09T08:00:00Z', 'wait no-page: The page is old'],
])('a changed copy whose page is not as its post is %s', (_, updatedAt, now, said) => {
  expect(awaitChanged(updatedAt, now)).toBe(said);
});

it('a copy that is held since its page is missing says where it is', () => {
  const state = { ...emptyState({ target: 'devto', postId: 'one' }), receipt };
  const dueSince = '2026-03-05T08:00:00Z';
  const request = exampleRequest({ now: '2026-03-09T08:00:00Z' });
  expect(awaitPage({ post: 'one' }, state, dueSince, 'its page answers 404', request)).toMatchObject({
    verb: 'hold',
    reason: 'not-live',
    remoteId: receipt.remoteId,
    url: receipt.url,
  });
});

it('a copy whose page nobody has looked at yet waits, however long it has been due', () => {
  expect(awaitChanged('2026-03-05T08:00:00Z', '2026-03-09T08:00:00Z', true)).toMatch(/^wait no-page/);
});
