import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newAttempt } from '../../src/ledger/attempt.ts';
import { exampleFailure, exampleIntent, exampleReceipt } from '../examples.ts';
import { findDeadUrl } from '../local-server.ts';
import {
  findWrites,
  makeArticle,
  makeSmallBlog,
  openDevto,
  readEntries,
  today,
  writePost,
} from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const urlOf = (slug: string): string => `https://example.com/blog/${slug}`;

test('a blog of 200 articles is adopted, and publishing it twice sends nothing', async () => {
  const slugs = Array.from({ length: 200 }, (_, index) => `post-${index + 1}`);
  const devto = await openDevto(slugs.map((slug, index) => makeArticle(index + 1, urlOf(slug))));
  const posts = Object.fromEntries(slugs.map((slug) => [slug, writePost(`What ${slug} says.`)]));
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], posts);

  const adopted = await blog.run('adopt');
  expect(adopted.stdout).toContain(`= devto  post-7    adopted  ${devto.url}/rehearsal/article-7\n`);
  expect(adopted.stdout).toContain('devto: 200 adopted, 0 without a copy there. Nothing has been sent.\n');
  expect(adopted.code).toBe(0);
  expect(devto.requests.map(({ path }) => path)).toEqual([
    expect.stringContaining('/api/articles/me/all?page=1'),
  ]);

  for (const _ of [1, 2]) {
    const published = await blog.run('publish');
    expect(published.stderr).toContain('Nothing to do: 200 copies are as they should be.');
    expect(published.code).toBe(0);
  }
  expect(findWrites(devto)).toEqual([]);

  const again = await blog.run('adopt');
  expect(again.stdout).toBe(
    'devto: 0 adopted, 0 without a copy there, 200 known before. Nothing has been sent.\n',
  );

  writeFiles(blog.folder, { 'posts/post-3.md': writePost('What post-3 says now.') });
  const planned = await blog.run('plan');
  expect(planned.stdout).toContain('~ devto  post-3  changed: post\n1 to change.');
});

test('what is there is recorded, what is not is told, and from then on only a new post goes out', async () => {
  const devto = await openDevto([
    makeArticle(1, `${urlOf('there')}/`),
    makeArticle(2, urlOf('hidden'), { published: false, publishedAt: null }),
    makeArticle(3, urlOf('unfinished')),
    makeArticle(4, urlOf('kept-off')),
  ]);
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    there: writePost('It is there.'),
    hidden: writePost('It is there, unpublished.'),
    missing: writePost('It is nowhere.'),
    unfinished: writePost('It is not done.', 'draft: true\n'),
    'kept-off': writePost('It stays at home.', 'syndicate: false\n'),
  });
  const { stdout, code } = await blog.run('adopt', '--format', 'json');
  expect(code).toBe(0);
  const { targets } = JSON.parse(stdout) as {
    readonly targets: readonly { readonly adoptions: readonly object[] }[];
  };
  expect(targets).toHaveLength(1);
  expect(targets[0]).toMatchObject({ target: 'devto', asked: true, known: 0 });
  expect(targets[0]?.adoptions).toEqual(
    expect.arrayContaining([
      {
        target: 'devto',
        post: 'there',
        result: 'adopted',
        state: 'live',
        url: `${devto.url}/rehearsal/article-1`,
      },
      {
        target: 'devto',
        post: 'hidden',
        result: 'adopted',
        state: 'draft',
        url: `${devto.url}/rehearsal/article-2`,
      },
      { target: 'devto', post: 'missing', result: 'none' },
    ]),
  );
  expect(targets[0]?.adoptions).toHaveLength(3);
  const [receipt, ...more] = await readEntries(blog.ledger, 'devto', 'there');
  expect(more).toEqual([]);
  expect(receipt).toMatchObject({
    kind: 'receipt',
    verb: 'adopt',
    state: 'live',
    remoteId: '1',
    canonicalUrl: urlOf('there'),
  });
  expect(receipt).toHaveProperty('echo', expect.stringMatching(/^[0-9a-f]{32}$/));
  expect(receipt).toHaveProperty('inputs.source', expect.stringMatching(/^[0-9a-f]{32}$/));

  expect(Object.keys((await blog.ledger.read()).opened)).toEqual(['devto']);
  writeFiles(blog.folder, { 'posts/new.md': writePost('It is new.', `date: ${today}\n`) });
  expect((await blog.run('publish')).stdout).toContain('+ devto  new  published');
  expect(findWrites(devto)).toEqual(['POST /api/articles']);
});

test('a copy of our own that was in doubt is recorded as made of what was sent', async () => {
  const devto = await openDevto([makeArticle(1, urlOf('doubtful')), makeArticle(2, urlOf('flying'))]);
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    doubtful: writePost('Was it taken?'),
    flying: writePost('It is on its way.'),
  });
  const intent = exampleIntent({ inputs: { source: 'as-sent', options: 'as-sent' }, fingerprint: 'as-sent' });
  await blog.record('devto', 'doubtful', [intent, exampleFailure('unknown')]);
  const flying = exampleIntent({ at: new Date().toISOString(), attempt: newAttempt() });
  await blog.record('devto', 'flying', [flying]);
  const { stdout, code } = await blog.run('adopt');
  expect(stdout).toContain(`= devto  doubtful  the target did take it  ${devto.url}/rehearsal/article-1\n`);
  expect(stdout).toContain('. devto  flying    in flight: another run has been sending it since');
  expect(code).toBe(0);
  const entries = await readEntries(blog.ledger, 'devto', 'doubtful');
  expect(entries.at(-1)).toMatchObject({
    kind: 'receipt',
    verb: 'create',
    remoteId: '1',
    inputs: { source: 'as-sent' },
    fingerprint: 'as-sent',
  });
  expect(await blog.ledger.readBody('as-sent')).toBe('What article 1 said.');
  expect(await readEntries(blog.ledger, 'devto', 'flying')).toHaveLength(1);
});

test('a post that was renamed does not take the copy of its old name', async () => {
  const devto = await openDevto([makeArticle(1, urlOf('new-name'))]);
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    'new-name': writePost('It had another name.'),
  });
  await blog.record('devto', 'old-name', [
    exampleReceipt({ remoteId: '1', canonicalUrl: urlOf('old-name') }),
  ]);
  const { stdout, code } = await blog.run('adopt');
  expect(stdout).toContain(
    '! devto  new-name  renamed: its copy is recorded under "old-name"; set "id: old-name"',
  );
  expect(code).toBe(1);
  expect(await readEntries(blog.ledger, 'devto', 'new-name')).toEqual([]);
});

test('a target that cannot be asked says how to record by hand; one out of reach is a failure and is not opened', async () => {
  const dead = await findDeadUrl();
  const blog = makeSmallBlog(
    [
      `devto: { kind: devto, url: "${dead}", ai_disclosure: no_ai }`,
      `linkedin: { kind: linkedin, url: "${dead}" }`,
      'feed: { kind: feed, path: feed.xml }',
    ],
    { one: writePost('One.', 'syndicate: { linkedin: true }\n') },
  );
  const alone = await blog.run('adopt', '--target', 'linkedin');
  expect(alone.stdout).toBe(
    '  linkedin  it cannot be asked what it holds. Record a copy by hand: broadside resolve POST linkedin --url URL\n',
  );
  expect(alone.code).toBe(0);
  const both = await blog.run('adopt');
  expect(both.stdout).toContain('! devto  was not asked: ');
  expect(both.code).toBe(1);
  const opened: unknown = JSON.parse(readFileSync(join(blog.folder, 'ledger', 'ledger.json'), 'utf8'));
  expect(opened).toHaveProperty('opened', { linkedin: expect.any(String) });
  const feed = await blog.run('adopt', '--target', 'feed');
  expect(feed.stderr).toContain('TARGET_UNKNOWN: feed holds no copies that could be adopted.');
});
