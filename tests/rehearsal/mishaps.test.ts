import { describe, expect, onTestFinished, test } from 'vitest';
import { startDevto } from '../../src/rehearsal/devto/start.ts';
import { countMishaps, type Mishap, type Misbehaviour } from '../../src/rehearsal/mishaps.ts';
import { startLinkedin } from '../../src/rehearsal/linkedin/start.ts';
import type { RequestMoment, StandIn, Troubles } from '../../src/rehearsal/stand-in.ts';
import { makeClock, makeFolder } from '../targets/connection-contract.ts';

const creates = { nth: 1, method: 'POST', path: '^/api/articles$' };

async function openDevto(troubles: Troubles): Promise<StandIn> {
  const standIn = await startDevto({
    folder: await makeFolder(),
    apiKey: 'key',
    now: makeClock(),
    ...troubles,
  });
  onTestFinished(() => standIn.close());
  return standIn;
}

const headers = {
  'api-key': 'key',
  accept: 'application/vnd.forem.api-v1+json',
  'content-type': 'application/json',
  'user-agent': 'broadside-tests',
};

function createArticle({ url }: StandIn, title = 'On ledgers', signal?: AbortSignal): Promise<Response> {
  const article = { title, body_markdown: 'Words.', published: true, ai_disclosure_level: 'no_ai' };
  const body = JSON.stringify({ article });
  const redirect = 'manual';
  const init: RequestInit = { method: 'POST', headers, body, redirect, signal: signal ?? null };
  return fetch(`${url}/api/articles`, init);
}

async function listTitles({ url }: StandIn): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/articles/me/all`, { headers });
  const articles = (await response.json()) as readonly { readonly title: string }[];
  return articles.map(({ title }) => title);
}

/** A create that goes wrong: its status, or how it failed; its text; and whether the article is there. */
async function tryMishap(does: Misbehaviour) {
  const impatience = new AbortController();
  const onRequest = ({ when }: RequestMoment): void => {
    if (does.kind === 'hang' && when === 'after') setTimeout(() => impatience.abort(), 100);
  };
  const standIn = await openDevto({ mishaps: [{ at: creates, does }], onRequest });
  const answer = await createArticle(standIn, undefined, impatience.signal)
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => ({
      status: error instanceof Error && error.name === 'AbortError' ? 'no answer' : 'broken',
      text: '',
    }));
  const [record] = standIn.requests;
  const there = (await listTitles(standIn)).length === 1;
  expect(record?.taken).toBe(there);
  return { ...answer, there };
}

describe('a request that goes wrong', () => {
  test.each<[Misbehaviour, number | string, boolean]>([
    [{ kind: 'reset', when: 'before' }, 'broken', false],
    [{ kind: 'reset', when: 'after' }, 'broken', true],
    [{ kind: 'hang', when: 'before' }, 'no answer', false],
    [{ kind: 'hang', when: 'after' }, 'no answer', true],
    [{ kind: 'error', when: 'before', status: 502 }, 502, false],
    [{ kind: 'error', when: 'after', status: 500 }, 500, true],
    [{ kind: 'limit', retryAfter: 7 }, 429, false],
    [{ kind: 'redirect', when: 'before', status: 307, to: 'https://example.com/' }, 307, false],
    [{ kind: 'redirect', when: 'after', status: 303, to: 'https://example.com/' }, 303, true],
    [{ kind: 'refuse-taken', status: 422 }, 422, true],
    [{ kind: 'truncate' }, 'broken', true],
    [{ kind: 'page' }, 201, true],
    [{ kind: 'forget-name' }, 201, true],
    [{ kind: 'slow', ms: 50 }, 201, true],
  ])('%j', async (does, status, there) => {
    expect(await tryMishap(does)).toMatchObject({ status, there });
  });

  test('answers a page where the program expects JSON', async () => {
    const { text } = await tryMishap({ kind: 'page' });
    expect(text).toMatch(/^<!doctype html>/);
  });

  test('says how long to wait, and where else to go', async () => {
    const mishaps: readonly Mishap[] = [
      { at: { nth: 1 }, does: { kind: 'limit', retryAfter: 7 } },
      { at: { nth: 2 }, does: { kind: 'redirect', when: 'before', status: 307, to: 'https://example.com/' } },
    ];
    const standIn = await openDevto({ mishaps });
    expect((await createArticle(standIn)).headers.get('retry-after')).toBe('7');
    expect((await createArticle(standIn)).headers.get('location')).toBe('https://example.com/');
  });

  test('lists everything but the newest article, once', async () => {
    const at = { nth: 1, path: '^/api/articles/me' };
    const standIn = await openDevto({ mishaps: [{ at, does: { kind: 'overlook-newest' } }] });
    await createArticle(standIn, 'Older');
    await createArticle(standIn, 'Newer');
    expect(await listTitles(standIn)).toEqual(['Older']);
    expect(await listTitles(standIn)).toEqual(['Newer', 'Older']);
  });

  test('does not name a post that LinkedIn took', async () => {
    const standIn = await startLinkedin({
      folder: await makeFolder(),
      accessToken: 'token',
      mishaps: [{ at: { nth: 1, method: 'POST' }, does: { kind: 'forget-name' } }],
    });
    onTestFinished(() => standIn.close());
    const send = (commentary: string): Promise<Response> =>
      fetch(`${standIn.url}/rest/posts`, {
        method: 'POST',
        headers: {
          authorization: 'Bearer token',
          'linkedin-version': '202609',
          'x-restli-protocol-version': '2.0.0',
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          author: 'urn:li:person:rehearsal',
          commentary,
          visibility: 'PUBLIC',
          distribution: { feedDistribution: 'MAIN_FEED' },
          lifecycleState: 'PUBLISHED',
        }),
      });
    const unnamed = await send('First words');
    expect(unnamed.status).toBe(201);
    expect(unnamed.headers.get('x-restli-id')).toBeNull();
    const named = await send('Second words');
    expect(named.headers.get('x-restli-id')).toMatch(/^urn:li:share:/);
  });
});

describe('where it goes wrong', () => {
  const limit = { kind: 'limit', retryAfter: 1 } as const;
  const requests = [
    { method: 'GET', path: '/a' },
    { method: 'POST', path: '/a' },
    { method: 'POST', path: '/a/b' },
    { method: 'POST', path: '/a' },
  ];

  test.each<[Mishap['at'], readonly number[]]>([
    [{ nth: 3 }, [3]],
    [{ nth: 2, method: 'POST' }, [3]],
    [{ nth: 2, method: 'POST', path: '^/a$' }, [4]],
    [{ nth: 1, path: 'b' }, [3]],
    [{ nth: 5 }, []],
  ])('at %j', (at, numbers) => {
    const find = countMishaps([{ at, does: limit }]);
    const found = requests.map((request, index) => (find(request) === limit ? index + 1 : 0));
    expect(found.filter((number) => number > 0)).toEqual(numbers);
  });

  test('tells a test before and after each request is taken, and waits for it', async () => {
    const moments: string[] = [];
    const onRequest = async ({ number, when, request, taken }: RequestMoment): Promise<void> => {
      const before = moments.length;
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      expect(moments).toHaveLength(before);
      moments.push(`${number} ${when} ${request.method} ${taken}`);
    };
    const standIn = await openDevto({
      onRequest,
      mishaps: [{ at: { nth: 2 }, does: { kind: 'error', when: 'before', status: 500 } }],
    });
    await createArticle(standIn);
    await createArticle(standIn);
    expect(moments).toEqual([
      '1 before POST false',
      '1 after POST true',
      '2 before POST false',
      '2 after POST false',
    ]);
  });
});
