import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { newAttempt } from '../../src/ledger/attempt.ts';
import { foldCopy } from '../../src/ledger/fold.ts';
import type { Attempt, Intent } from '../../src/model/ledger.ts';
import { identifyArticle } from '../../src/targets/devto/identify.ts';
import { identifyPost } from '../../src/targets/linkedin/identify.ts';
import { exampleAttempt, exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import {
  findWrites,
  makeArticle,
  makeSmallBlog,
  openDevto,
  openLinkedin,
  readEntries,
  secrets,
  today,
  writePost,
  type SmallBlog,
} from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const urn = 'urn:li:share:7400000000000000001';
const address = `https://www.linkedin.com/feed/update/${urn}/`;

/** A blog with one post for LinkedIn, which cannot be asked. */
function makeLinkedinBlog(url = 'https://api.linkedin.com'): SmallBlog {
  return makeSmallBlog([`linkedin: { kind: linkedin, url: "${url}", since: ${today} }`], {
    one: writePost('One.', `date: ${today}\nsyndicate: { linkedin: true }\n`),
  });
}

async function openBlog(articles: readonly object[] = []) {
  const devto = await openDevto(articles);
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    one: writePost('One.', `date: ${today}\n`),
  });
  return { devto, blog };
}

test('a copy in doubt is recorded where the author found it, and is not sent again', async () => {
  const linkedin = await openLinkedin();
  const blog = makeLinkedinBlog(linkedin.url);
  await blog.record('linkedin', 'one', [exampleIntent(), exampleFailure('unknown')]);
  expect((await blog.run('publish')).stderr).toContain('! linkedin  one  held: interrupted');

  const encoded = `https://www.linkedin.com/feed/update/${encodeURIComponent(urn)}/?utm_source=share&rcm=tracker`;
  const resolved = await blog.run('resolve', 'posts/one.md', 'linkedin', '--url', encoded);
  const plain = `https://www.linkedin.com/feed/update/${encodeURIComponent(urn)}/`;
  expect(resolved).toEqual({ stdout: `= linkedin  one  recorded  ${plain}\n`, stderr: '', code: 0 });

  const entries = await readEntries(blog.ledger, 'linkedin', 'one');
  expect(entries.at(-1)).toMatchObject({
    kind: 'decision',
    what: 'posted',
    by: 'author',
    url: plain,
    remoteId: urn,
  });
  expect(foldCopy({ copy: { target: 'linkedin', postId: 'one' }, entries }).receipt).toMatchObject({
    verb: 'create',
    state: 'unverified',
    remoteId: urn,
    url: plain,
    canonicalUrl: 'https://example.com/blog/one',
    fingerprint: exampleIntent().fingerprint,
  });
  const published = await blog.run('publish');
  expect(published.code).toBe(0);
  expect(findWrites(linkedin)).toEqual([]);
});

test('a copy that is there at an address nobody has is recorded, left as it is, and placed later', async () => {
  const linkedin = await openLinkedin();
  const blog = makeLinkedinBlog(linkedin.url);
  await blog.record('linkedin', 'one', [exampleIntent(), exampleFailure('unknown')]);
  const both = await blog.run('resolve', 'one', 'linkedin', '--posted', '--url', address);
  expect(both.stderr).toContain('cannot be used with option');
  const posted = await blog.run('resolve', 'one', 'linkedin', '--posted');
  expect(posted).toEqual({ stdout: '= linkedin  one  recorded\n', stderr: '', code: 0 });
  expect((await blog.run('resolve', 'one', 'linkedin', '--posted')).stderr).toContain(
    'is at an address that nobody recorded',
  );
  writeFiles(blog.folder, {
    'posts/one.md': writePost('One.\n\nMore.', `date: ${today}\nsyndicate: { linkedin: true }\n`),
  });
  const published = await blog.run('publish', 'one', '--target', 'linkedin');
  expect(published.stderr).toContain('changed, but nobody recorded where the copy is');
  const retracted = await blog.run('retract', 'one', '--target', 'linkedin');
  expect(retracted.stderr).toContain('Nobody recorded where the copy on linkedin is.');
  expect(findWrites(linkedin)).toEqual([]);
  expect((await blog.run('resolve', 'one', 'linkedin', '--url', address)).code).toBe(0);
  expect((await readEntries(blog.ledger, 'linkedin', 'one')).at(-1)).toMatchObject({
    remoteId: urn,
    url: address,
  });
});

test('a copy made by hand whose address nobody has is asked for again when its post changes', async () => {
  const blog = makeSmallBlog(['forum: { kind: paste, title: The Forum, since: 2020-01-01 }'], {
    one: writePost('One.', `date: ${today}\n`),
  });
  expect((await blog.run('resolve', 'one', 'forum', '--posted')).stdout).toBe('= forum  one  recorded\n');
  expect((await blog.run('plan', '--out', 'plan.json')).stdout).toContain('Nothing to do');
  expect(await blog.run('publish', '--plan', 'plan.json')).toMatchObject({ code: 0 });
  writeFiles(blog.folder, { 'posts/one.md': writePost('One.\n\nMore.', `date: ${today}\n`) });
  expect((await blog.run('plan')).stdout).toContain(
    'change it to what "broadside render one --target forum" prints, then run "broadside resolve one forum --url URL"',
  );
  await blog.run('plan', '--out', 'plan.json');
  expect(await blog.run('publish', '--plan', 'plan.json')).toMatchObject({ code: 0 });
  const changed = await blog.run('resolve', 'one', 'forum', '--posted');
  expect(changed.stdout).toBe('= forum  one  recorded as it is now\n');
  expect((await blog.run('plan')).stdout).toContain('Nothing to do');
});

test('the same told twice is recorded once, and another address is refused', async () => {
  const blog = makeLinkedinBlog();
  await blog.record('linkedin', 'one', [exampleIntent(), exampleFailure('unknown')]);
  for (const _ of [1, 2]) {
    expect((await blog.run('resolve', 'one', 'linkedin', '--url', address)).code).toBe(0);
  }
  expect(await readEntries(blog.ledger, 'linkedin', 'one')).toHaveLength(3);
  const other = await blog.run('resolve', 'one', 'linkedin', '--url', address.replace('1/', '2/'));
  expect(other.stderr).toContain(
    `COPY_SETTLED: Nothing is in doubt: the copy of one on linkedin is at ${address}.`,
  );
  expect(other.code).toBe(1);
});

test('a copy that was not posted may be sent again', async () => {
  const linkedin = await openLinkedin();
  const blog = makeLinkedinBlog(linkedin.url);
  await blog.record('linkedin', 'one', [exampleIntent(), exampleFailure('unknown')]);
  const resolved = await blog.run('resolve', 'one', 'linkedin', '--not-posted', '--format', 'json');
  expect(JSON.parse(resolved.stdout)).toEqual({ target: 'linkedin', post: 'one', decided: 'not-posted' });
  expect((await blog.run('publish', 'one')).stdout).toContain('+ linkedin  one  published');
  expect(findWrites(linkedin)).toEqual(['POST /rest/posts']);
});

test('what was refused is sent again once its author says so', async () => {
  const linkedin = await openLinkedin();
  const blog = makeLinkedinBlog(linkedin.url);
  await blog.record('linkedin', 'one', [exampleIntent(), exampleFailure('refused')]);
  const resolved = await blog.run('resolve', 'one', 'linkedin', '--not-posted');
  expect(resolved.stdout).toBe('= linkedin  one  not posted: publish may send it again\n');
  expect((await blog.run('publish')).stdout).toContain('+ linkedin  one  published');
});

/** A process of this machine that has ended. */
function endedAttempt(): Attempt {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return { ...exampleAttempt, machine: newAttempt().machine, process: pid };
}

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const flights: readonly (readonly [string, () => Partial<Intent>, boolean])[] = [
  ['by a process that lives', () => ({ at: minutesAgo(1), attempt: newAttempt() }), false],
  ['on another machine a minute ago', () => ({ at: minutesAgo(1) }), false],
  ['on another machine eleven minutes ago', () => ({ at: minutesAgo(11) }), true],
  ['by a process that has ended, just now', () => ({ at: minutesAgo(0), attempt: endedAttempt() }), false],
  [
    'by a process that has ended, two minutes ago',
    () => ({ at: minutesAgo(2), attempt: endedAttempt() }),
    true,
  ],
];

test.each(flights)('what was begun %s', async (_name, intent, may) => {
  const blog = makeLinkedinBlog();
  await blog.record('linkedin', 'one', [exampleIntent(intent())]);
  const { code, stderr } = await blog.run('resolve', 'one', 'linkedin', '--not-posted');
  expect(code).toBe(may ? 0 : 1);
  expect(stderr).toMatch(
    may ? /^$/ : /^COPY_IN_FLIGHT: one may be on its way to linkedin right now: .*\nWait until/,
  );
  expect(await readEntries(blog.ledger, 'linkedin', 'one')).toHaveLength(may ? 2 : 1);
});

test('a copy that was made by hand is recorded, and left alone until its post is edited', async () => {
  const linkedin = await openLinkedin();
  const blog = makeLinkedinBlog(linkedin.url);
  const resolved = await blog.run('resolve', 'one', 'linkedin', '--url', address);
  expect(resolved.stdout).toBe(`= linkedin  one  recorded  ${address}\n`);
  expect(await readEntries(blog.ledger, 'linkedin', 'one')).toMatchObject([
    {
      kind: 'receipt',
      verb: 'adopt',
      state: 'unverified',
      remoteId: urn,
      canonicalUrl: 'https://example.com/blog/one',
    },
  ]);
  expect((await blog.run('publish', 'one', '--target', 'linkedin')).stderr).toContain('Nothing to do');
  writeFiles(blog.folder, {
    'posts/one.md': writePost('Two.', `date: ${today}\nsyndicate: { linkedin: true }\n`),
  });
  expect((await blog.run('plan', 'one', '--target', 'linkedin')).stdout).toContain(
    '~ linkedin  one  changed: post',
  );
  expect(findWrites(linkedin)).toEqual([]);
});

test('what cannot be settled is refused in so many words', async () => {
  const blog = makeLinkedinBlog();
  const refusals: readonly (readonly [readonly string[], string])[] = [
    [['one', 'linkedin'], 'USAGE: Say what became of the copy, in one of the three ways.'],
    [['one', 'linkedin', '--url', address, '--not-posted'], 'USAGE: Option'],
    [['one', 'linkedin', '--not-posted'], 'COPY_SETTLED: No copy of one on linkedin is in doubt.'],
    [
      ['one', 'linkedn', '--not-posted'],
      'TARGET_UNKNOWN: No target is called "linkedn".\nDid you mean "linkedin"?',
    ],
    [['two', 'linkedin', '--not-posted'], 'POST_UNKNOWN: No post is called "two".'],
    [
      ['one', 'linkedin', '--url', 'https://www.linkedin.com/in/author/'],
      'USAGE: https://www.linkedin.com/in/author/ is not',
    ],
    [['one', 'linkedin', '--url', `https://elsewhere.example/${urn}`], 'USAGE: https://elsewhere.example/'],
    [['one', 'linkedin', '--url', 'nonsense'], 'USAGE: nonsense is not the address of a copy on linkedin.'],
  ];
  for (const [words, said] of refusals) {
    const { code, stderr, stdout } = await blog.run('resolve', ...words);
    expect(stderr).toContain(said);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  }
  expect((await blog.ledger.read()).copies).toEqual([]);
});

test('a copy in doubt whose post is gone can be settled all the same', async () => {
  const blog = makeLinkedinBlog();
  await blog.record('linkedin', 'gone', [exampleIntent(), exampleFailure('unknown')]);
  expect((await blog.run('resolve', 'gone', 'linkedin', '--not-posted')).code).toBe(0);
});

test('dev.to is asked for the article at the address, and says how it stands', async () => {
  const { devto, blog } = await openBlog([makeArticle(7, 'https://example.com/elsewhere')]);
  await blog.record('devto', 'one', [exampleIntent(), exampleFailure('unknown')]);
  const url = `${devto.url}/rehearsal/article-7`;
  expect((await blog.run('resolve', 'one', 'devto', '--url', `${url}?utm=1`)).stdout).toBe(
    `= devto  one  recorded  ${url}\n`,
  );
  const [entry] = (await readEntries(blog.ledger, 'devto', 'one')).slice(-1);
  expect(entry).toMatchObject({ what: 'posted', remoteId: '7', url, state: 'live' });
  expect(entry).toHaveProperty('echo', expect.stringMatching(/^[0-9a-f]{32}$/));
});

test('an article that was written there is adopted with its body, which shows a later edit, and opens the target', async () => {
  const { devto, blog } = await openBlog([makeArticle(7, 'https://example.com/blog/one')]);
  const url = `${devto.url}/rehearsal/article-7`;
  expect((await blog.run('resolve', 'one', 'devto', '--url', url)).code).toBe(0);
  expect(await readEntries(blog.ledger, 'devto', 'one')).toMatchObject([{ verb: 'adopt', state: 'live' }]);
  expect((await blog.ledger.read()).opened).toHaveProperty('devto');
  const edit = { article: { body_markdown: 'What article 7 says since it was edited.' } };
  await fetch(`${devto.url}/api/articles/7`, {
    method: 'PUT',
    headers: { 'api-key': secrets.DEVTO_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(edit),
  });
  const seen = await blog.run('status', 'one', '--remote');
  expect(seen.stdout).toContain('-What article 7 said.');
  expect(seen.stdout).toContain('+What article 7 says since it was edited.');
});

test('an article that the account does not have, or of another site, is refused', async () => {
  const { devto, blog } = await openBlog([makeArticle(7, 'https://example.com/blog/one')]);
  const missing = await blog.run('resolve', 'one', 'devto', '--url', `${devto.url}/rehearsal/another`);
  expect(missing.stderr).toContain('COPY_UNKNOWN: devto has no such copy in this account.');
  expect(missing.stderr).toContain(
    `Its copy of one is at ${devto.url}/rehearsal/article-7; give that address.`,
  );
  const foreign = await blog.run('resolve', 'one', 'devto', '--url', 'https://dev.to/rehearsal/article-7');
  expect(foreign.stderr).toContain(
    'USAGE: https://dev.to/rehearsal/article-7 is not the address of a copy on devto.',
  );
  expect((await blog.ledger.read()).copies).toEqual([]);
});

test('without a key an article is known by its address, which is enough to retract it later', async () => {
  const { devto, blog } = await openBlog([makeArticle(7, 'https://example.com/blog/one')]);
  await blog.record('devto', 'one', [exampleIntent(), exampleFailure('unknown')]);
  const url = `${devto.url}/rehearsal/article-7`;
  const resolved = await blog.runWith({}, 'resolve', 'one', 'devto', '--url', url);
  expect(resolved.stderr).toContain('devto was not asked, so this goes by what you say: ');
  expect(resolved.code).toBe(0);
  const [entry] = (await readEntries(blog.ledger, 'devto', 'one')).slice(-1);
  expect(entry).toMatchObject({ what: 'posted', remoteId: 'rehearsal/article-7', url });
  expect(devto.requests).toEqual([]);

  const seen = await blog.run('status', 'one', '--remote', '--format', 'json');
  expect(JSON.parse(seen.stdout)).toMatchObject({
    copies: [{ state: 'unverified', url, remote: 'drifted' }],
  });
  expect((await blog.run('retract', 'one', '--target', 'devto')).stdout).toBe('- devto  one  retracted\n');
  expect(findWrites(devto)).toEqual(['PUT /api/articles/7']);
});

test('a settled update keeps what the ledger knew of the copy', async () => {
  const blog = makeLinkedinBlog();
  const before = exampleReceipt({
    remoteId: urn,
    canonicalUrl: 'https://example.com/old',
    references: ['two'],
  });
  const update = exampleIntent({ verb: 'update', fingerprint: 'newer' });
  await blog.record('linkedin', 'one', [before, update, exampleFailure('unknown')]);
  expect((await blog.run('resolve', 'one', 'linkedin', '--url', address)).code).toBe(0);
  const entries = await readEntries(blog.ledger, 'linkedin', 'one');
  const state = foldCopy({ copy: { target: 'linkedin', postId: 'one' }, entries });
  expect(state).not.toHaveProperty('unknown');
  expect(state.receipt).toMatchObject({
    verb: 'update',
    fingerprint: 'newer',
    canonicalUrl: 'https://example.com/old',
    references: ['two'],
  });
});

test.each([
  [address, urn],
  [`https://www.linkedin.com/feed/update/${encodeURIComponent(urn)}`, urn],
  [`https://www.linkedin.com/feed/?highlightedUpdateUrn=${encodeURIComponent(urn)}`, urn],
  [
    'https://linkedin.com/feed/update/urn:li:ugcPost:7400000000000000001/',
    'urn:li:ugcPost:7400000000000000001',
  ],
  ['https://uk.linkedin.com/feed/update/urn%3ali%3aactivity%3a74', 'urn:li:activity:74'],
  [
    'https://www.linkedin.com/posts/author_market-share-2026-activity-7400000000000000001-AbCd/',
    'urn:li:activity:7400000000000000001',
  ],
  ['https://www.linkedin.com/posts/author_market-share-2026', undefined],
  [`http://www.linkedin.com/feed/update/${urn}/`, undefined],
  [`https://notlinkedin.com/feed/update/${urn}/`, undefined],
  [urn, undefined],
])('the post at %s', (url, remoteId) => {
  expect(identifyPost(url, 'https://api.linkedin.com')).toBe(remoteId);
});

test.each([
  ['https://dev.to/author/on-ledgers-4a2c', 'author/on-ledgers-4a2c'],
  ['https://dev.to/author/on-ledgers-4a2c/?preview=1#comments', 'author/on-ledgers-4a2c'],
  ['https://dev.to/author', undefined],
  ['https://dev.to/author/on-ledgers/edit', undefined],
  ['https://dev.to/api/articles', undefined],
  ['http://dev.to/author/on-ledgers', undefined],
  ['https://dev.to.example/author/on-ledgers', undefined],
  ['dev.to/author/on-ledgers', undefined],
])('the article at %s', (url, remoteId) => {
  expect(identifyArticle(url, 'https://dev.to')).toBe(remoteId);
});
