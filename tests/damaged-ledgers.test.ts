import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { damages } from './damages.ts';
import { exampleIntent, exampleReceipt } from './examples.ts';
import { findWrites, makeSmallBlog, openDevto, openLinkedin, readEntries, writePost } from './small-blog.ts';

const asked = 'date: 2026-01-02\nsyndicate: { linkedin: true }\n';

/** A blog whose posts all went to dev.to and LinkedIn, by their ids, and one that did not. */
async function openSentBlog(ids: readonly string[]) {
  const [devto, linkedin] = [await openDevto(), await openLinkedin()];
  const blog = makeSmallBlog(
    [
      `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`,
      `linkedin: { kind: linkedin, url: "${linkedin.url}", since: 2020-01-01 }`,
      'feed: { kind: feed, path: feed.xml }',
    ],
    Object.fromEntries([...ids, 'fresh'].map((id) => [id, writePost(`About ${id}.`, asked)])),
  );
  const canonicalUrl = (id: string): string => `https://example.com/blog/${id}`;
  for (const target of ['devto', 'linkedin']) {
    for (const id of ids) {
      await blog.record(target, id, [exampleIntent(), exampleReceipt({ canonicalUrl: canonicalUrl(id) })]);
    }
  }
  const change = (path: string, damage: (text: string) => string): void => {
    const file = join(blog.folder, 'ledger', path);
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
  };
  return { blog, devto, linkedin, change };
}

test('nothing is created on account of a damaged file, and the other copies go out', async () => {
  const ids = Object.keys(damages);
  const { blog, devto, linkedin, change } = await openSentBlog(ids);
  await blog.record('feed', 'feed', [exampleReceipt()]);
  for (const [id, damage] of Object.entries(damages)) {
    for (const target of ['devto', 'linkedin']) change(`${target}/${id}.jsonl`, damage.change);
  }
  change('feed/feed.jsonl', () => '');
  const { code, stdout, stderr } = await blog.run('publish');
  expect(code).toBe(1);
  for (const id of ids) {
    for (const target of ['devto', 'linkedin']) {
      expect(stderr).toMatch(
        new RegExp(`! ${target} +${id} +held: unreadable, LEDGER_UNREADABLE: .*${target}/${id}`),
      );
    }
  }
  expect(stderr).toContain('LEDGER_UNREADABLE: ledger/feed/feed.jsonl is empty. Restore the file');
  expect(stdout).toMatch(/^\+ devto {2}fresh {2}published/m);
  expect(stdout).toMatch(/^\+ linkedin {2}fresh {2}published/m);
  expect([...findWrites(devto), ...findWrites(linkedin)]).toEqual(['POST /api/articles', 'POST /rest/posts']);

  const status = await blog.run('status', 'empty');
  expect(status).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^devto +empty +held +unreadable: /m),
  });
  for (const words of [
    ['resolve', 'empty', 'linkedin', '--not-posted'],
    ['resolve', 'empty', 'linkedin', '--url', 'https://www.linkedin.com/feed/update/urn:li:share:1/'],
    ['retract', 'empty', '--target', 'devto'],
  ]) {
    const refused = await blog.run(...words);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/LEDGER_UNREADABLE[^]*empty\.jsonl/),
    });
  }
});

/** Publishes one post to LinkedIn, which cannot be asked, and does something to the ledger while the request is under way. */
async function publishWhile(meddle: (ledger: string) => void) {
  const meant: { ledger?: string } = {};
  const linkedin = await openLinkedin({
    onRequest({ when, request }) {
      if (when === 'after' && request.method === 'POST' && meant.ledger !== undefined) meddle(meant.ledger);
    },
  });
  const blog = makeSmallBlog([`linkedin: { kind: linkedin, url: "${linkedin.url}", since: 2020-01-01 }`], {
    one: writePost('One.', asked),
  });
  meant.ledger = join(blog.folder, 'ledger');
  const run = await blog.run('publish');
  delete meant.ledger;
  return { blog, linkedin, run };
}

test('a copy’s file that is deleted while the copy is sent is there again, whole', async () => {
  const { blog, linkedin, run } = await publishWhile((ledger) => rmSync(join(ledger, 'linkedin/one.jsonl')));
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('+ linkedin  one  published  http') });
  const entries = await readEntries(blog.ledger, 'linkedin', 'one');
  expect(entries.map(({ kind }) => kind)).toEqual(['intent', 'receipt']);
  expect((await blog.run('publish')).code).toBe(0);
  expect(findWrites(linkedin)).toEqual(['POST /rest/posts']);
});

test('a copy whose file is damaged while it is sent is named with its address, and the run fails', async () => {
  const { blog, linkedin, run } = await publishWhile((ledger) =>
    truncateSync(join(ledger, 'linkedin/one.jsonl')),
  );
  expect(run.code).toBe(1);
  const [, url = ''] = /broadside resolve one linkedin --url (\S+)/.exec(run.stdout) ?? [];
  expect(run.stdout).toMatch(
    /^! linkedin {2}one {2}unknown: linkedin took one as urn:li:share:\d+, at \S+, and that could not be recorded\. ledger\/linkedin\/one\.jsonl is empty\. /m,
  );
  expect(run.stdout).not.toContain('published');
  expect((await blog.run('publish')).code).toBe(1);

  rmSync(join(blog.folder, 'ledger/linkedin/one.jsonl'));
  expect((await blog.run('resolve', 'one', 'linkedin', '--url', url)).code).toBe(0);
  expect((await blog.run('publish')).code).toBe(0);
  expect(findWrites(linkedin)).toEqual(['POST /rest/posts']);
});
