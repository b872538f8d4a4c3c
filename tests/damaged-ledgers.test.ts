import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { damages } from './damages.ts';
import { exampleIntent, exampleReceipt } from './examples.ts';
import { findWrites, makeSmallBlog, openDevto, openLinkedin, writePost } from './small-blog.ts';

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
