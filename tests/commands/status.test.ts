import { expect, test } from 'vitest';
import { newAttempt } from '../../src/ledger/attempt.ts';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import {
  makeArticle,
  makeSmallBlog,
  openDevto,
  secrets,
  today,
  writePost,
  type SmallBlog,
} from '../small-blog.ts';

const canonicalUrl = (id: string): string => `https://example.com/blog/${id}`;

/** A blog with a copy in every state there is. */
async function makeEveryState(): Promise<SmallBlog> {
  const blog = makeSmallBlog(
    [
      'devto: { kind: devto, ai_disclosure: no_ai, opt_in: true, schedule: { after: 2 days } }',
      'linkedin: { kind: linkedin, opt_in: false }',
      'feed: { kind: feed, path: feed.xml }',
    ],
    {
      ...Object.fromEntries(
        [
          'live',
          'hidden',
          'unverified',
          'retracted',
          'unknown',
          'interrupted',
          'flying',
          'refused',
          'old',
          'now-off',
        ].map((id) => [
          id,
          writePost(`It is ${id}.`, `syndicate: { devto: ${id !== 'now-off'}, linkedin: false }\n`),
        ]),
      ),
      'not-asked': writePost('Nobody asked.', 'syndicate: { linkedin: false }\n'),
      unfinished: writePost('It is not done.', 'draft: true\n'),
      'to-come': writePost(
        'It is to come.',
        'date: 2199-03-04 08:30\nsyndicate: { devto: true, linkedin: false }\n',
      ),
      waiting: writePost('It waits.', `date: ${today}\nsyndicate: { devto: true, linkedin: true }\n`),
    },
  );
  const receipt = (remoteId: string, more: object) =>
    exampleReceipt({
      remoteId,
      url: `https://dev.to/author/${remoteId}`,
      canonicalUrl: canonicalUrl(remoteId),
      ...more,
    });
  await blog.record('devto', 'live', [receipt('live', {})]);
  await blog.record('devto', 'hidden', [receipt('hidden', { state: 'draft' })]);
  await blog.record('devto', 'unverified', [receipt('unverified', { state: 'unverified', verb: 'adopt' })]);
  await blog.record('devto', 'retracted', [
    receipt('retracted', {}),
    receipt('retracted', { state: 'gone', verb: 'retract' }),
  ]);
  await blog.record('devto', 'unknown', [exampleIntent(), exampleFailure('unknown')]);
  await blog.record('devto', 'interrupted', [exampleIntent()]);
  await blog.record('devto', 'flying', [
    exampleIntent({ at: new Date().toISOString(), attempt: newAttempt() }),
  ]);
  await blog.record('devto', 'refused', [exampleIntent(), exampleFailure('refused')]);
  await blog.record('devto', 'now-off', [receipt('now-off', {})]);
  await blog.record('devto', 'deleted', [receipt('deleted', {})]);
  await blog.ledger.open('devto', `${today}T08:00:00Z`);
  return blog;
}

test('every state has its own word, and every copy its address', async () => {
  const blog = await makeEveryState();
  const { stdout, code } = await blog.run('status', '--format', 'json');
  expect(code).toBe(1);
  const told = JSON.parse(stdout) as {
    readonly copies: readonly { readonly target: string; readonly post: string }[];
  };
  const copy = (id: string): unknown =>
    told.copies.find(({ target, post }) => target === 'devto' && post === id);
  const receipt = { url: 'https://dev.to/author/live', remoteId: 'live', recordedAt: '2026-11-20T12:00:01Z' };
  expect(copy('live')).toEqual({
    target: 'devto',
    kind: 'devto',
    post: 'live',
    canonicalUrl: canonicalUrl('live'),
    state: 'live',
    createdAt: '2026-11-20T12:00:01Z',
    ...receipt,
  });
  expect(copy('hidden')).toMatchObject({ state: 'draft', url: 'https://dev.to/author/hidden' });
  expect(copy('unverified')).toMatchObject({ state: 'unverified', url: 'https://dev.to/author/unverified' });
  expect(copy('unverified')).not.toHaveProperty('createdAt');
  expect(copy('retracted')).toMatchObject({ state: 'retracted', url: 'https://dev.to/author/retracted' });
  expect(copy('unknown')).toMatchObject({ state: 'unknown', note: 'It went wrong.' });
  expect(copy('interrupted')).toMatchObject({
    state: 'unknown',
    note: 'the run that sent it was interrupted',
  });
  expect(copy('flying')).toMatchObject({ state: 'in flight', note: expect.stringMatching(/^since 2/) });
  expect(copy('refused')).toMatchObject({ state: 'refused', note: 'It went wrong.' });
  expect(copy('now-off')).toMatchObject({
    state: 'held',
    reason: 'removed',
    note: 'the post is now syndicate.devto: false; its copy is still up until it is retracted',
    url: 'https://dev.to/author/now-off',
  });
  expect(copy('deleted')).toMatchObject({
    state: 'held',
    reason: 'removed',
    canonicalUrl: canonicalUrl('deleted'),
    url: 'https://dev.to/author/deleted',
  });
  expect(copy('old')).toMatchObject({ state: 'old' });
  expect(copy('old')).not.toHaveProperty('url');
  expect(copy('not-asked')).toMatchObject({
    state: 'not asked for',
    note: 'no syndicate.devto in its front matter',
  });
  expect(copy('to-come')).toMatchObject({ state: 'scheduled', at: '2199-03-06T08:30:00Z' });
  expect(copy('waiting')).toMatchObject({ state: 'scheduled', at: expect.stringMatching(/T00:00:00Z$/) });
  expect(copy('unfinished')).toBeUndefined();
  expect(told.copies.filter(({ target }) => target === 'linkedin')).toEqual([
    {
      target: 'linkedin',
      kind: 'linkedin',
      post: 'waiting',
      canonicalUrl: canonicalUrl('waiting'),
      state: 'due',
    },
  ]);
  expect(told.copies.at(-1)).toEqual({ target: 'feed', kind: 'feed', post: 'feed', state: 'due' });
  expect(told).toMatchObject({ version: 1, at: expect.stringMatching(/Z$/) });
});

test('people are shown what there is, in columns, and told what is left out', async () => {
  const blog = await makeEveryState();
  const { stdout } = await blog.run('status');
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toContain('devto     live         live        https://dev.to/author/live');
  expect(lines).toContain('devto     to-come      scheduled   2199-03-06 08:30 UTC');
  expect(lines).toContain(
    'devto     deleted      held        https://dev.to/author/deleted  removed: its post is gone; retract the copy or bring the post back',
  );
  expect(lines).toContain('linkedin  waiting      due');
  expect(lines.slice(-2)).toEqual(['1 not asked for on devto: not-asked.', '1 old on devto: old.']);
});

test('a post that is named is shown whatever its state', async () => {
  const blog = await makeEveryState();
  const { stdout, code } = await blog.run('status', 'not-asked', 'posts/unfinished.md');
  expect(stdout.trimEnd().split('\n')).toEqual([
    'devto     not-asked   not asked for  no syndicate.devto in its front matter',
    'devto     unfinished  excluded       a draft',
    'linkedin  not-asked   excluded       syndicate.linkedin: false',
    'linkedin  unfinished  excluded       a draft',
  ]);
  expect(code).toBe(0);
});

test('with --remote, the target says whether it has a copy and whether it is the one', async () => {
  const devto = await openDevto([
    makeArticle(1, canonicalUrl('same')),
    makeArticle(2, canonicalUrl('edited')),
  ]);
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    same: writePost('It is the same.'),
    edited: writePost('It was edited.'),
    lost: writePost('It was lost.'),
  });
  await blog.run('adopt');
  await blog.record('devto', 'lost', [exampleReceipt({ remoteId: '3', canonicalUrl: canonicalUrl('lost') })]);
  await fetch(`${devto.url}/api/articles/2`, {
    method: 'PUT',
    headers: { 'api-key': secrets.DEVTO_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ article: { title: 'Another title' } }),
  });
  const { stdout, code } = await blog.run('status', '--remote', '--format', 'json');
  const { copies } = JSON.parse(stdout) as { readonly copies: readonly { readonly post: string }[] };
  expect(copies.toSorted((a, b) => (a.post < b.post ? -1 : 1))).toMatchObject([
    { post: 'edited', state: 'live', remote: 'drifted' },
    { post: 'lost', state: 'live', remote: 'missing' },
    { post: 'same', state: 'live', remote: 'as published' },
  ]);
  expect(code).toBe(1);
  const alone = await blog.runWith({}, 'status', '--remote');
  expect(alone.stderr).toContain('devto was not asked: DEVTO_API_KEY is not set.');
  expect(alone.code).toBe(0);
});

test('says of a post past its expiry date that it goes nowhere', async () => {
  const line = 'devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }';
  const blog = makeSmallBlog([line], { gone: writePost('Gone', 'expiryDate: 2024-06-01\n') });
  expect((await blog.run('status', 'gone')).stdout).toMatch(/^devto +gone +excluded +past its expiry date$/m);
});
