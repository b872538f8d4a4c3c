import { expect, test } from 'vitest';
import { foldCopy } from '../../src/ledger/fold.ts';
import { decideAll } from '../../src/plan/decide-copies.ts';
import {
  exampleFailure,
  exampleIntent,
  examplePost,
  exampleRendition,
  exampleRequest,
  exampleTarget,
} from '../examples.ts';
import { indexStates } from '../index-states.ts';

const notAsked = (): never => {
  throw new Error('not in this test');
};

/** What becomes of a copy that may have been sent before, while its original's page is missing. */
async function decideWithoutPage(now: string) {
  const post = examplePost('a', { publishAt: '2026-11-23T00:00:00Z' });
  const entries = [exampleIntent(), exampleFailure('unknown')];
  const { decided } = await decideAll([exampleTarget()], {
    blog: {
      posts: [post],
      refused: [],
      diagnostics: [],
      variants: {},
      letters: [],
      letterFaults: new Map(),
      read: notAsked,
      readLetter: notAsked,
      digestLetter: notAsked,
      digest: notAsked,
      findFileOf: notAsked,
      remember: notAsked,
      pages: {
        place: notAsked,
        count: notAsked,
        list: notAsked,
        findVersion: notAsked,
        takeOver: notAsked,
        retake: notAsked,
        remember: notAsked,
      },
    },
    site: {
      url: 'https://example.com',
      title: 'Example',
      description: '',
      author: { name: 'Example Author' },
      language: 'en',
      timezone: 'UTC',
      navigation: 'none',
      postsByUrl: new Map(),
      postsByPath: new Map(),
      postsById: new Map(),
      copies: new Map(),
      seriesByPost: new Map(),
    },
    states: indexStates([foldCopy({ copy: { target: 'devto', postId: 'a' }, entries })]),
    opened: {},
    request: exampleRequest({ now }),
    render: () =>
      Promise.resolve({
        diagnostics: [],
        shown: new Map([
          [
            'devto',
            {
              rendition: exampleRendition('a'),
              content: { tree: { type: 'root', children: [] }, digest: 'source-1' },
            },
          ],
        ]),
      }),
    renderLetter: notAsked,
    probePage: (url) => Promise.resolve(`${url} answers 404`),
  });
  return decided.map(({ action }) => action);
}

test('a copy in doubt waits for its page from the date of its post on, and after three days is held', async () => {
  expect(await decideWithoutPage('2026-11-25T00:00:00Z')).toMatchObject([
    { verb: 'wait', reason: 'not-live' },
  ]);
  expect(await decideWithoutPage('2026-11-27T00:00:00Z')).toMatchObject([
    { verb: 'hold', reason: 'not-live', note: expect.stringContaining('2026-11-23 00:00 UTC') },
  ]);
});
