import { cpSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { damages } from '../damages.ts';
import { exampleIntent, exampleReceipt } from '../examples.ts';
import { author, branch, copyClone, makeBlog, runGitCommand, type GitBlog } from '../git-blog.ts';
import { losses } from '../losses.ts';
import {
  findWrites,
  makeSmallBlog,
  openDevto,
  openLinkedin,
  readEntries,
  secrets,
  writePost,
} from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

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

test.each([
  ['a layout that is empty', (ledger: string) => writeFileSync(join(ledger, 'ledger.json'), '')],
  ['a layout that is cut', (ledger: string) => truncateSync(join(ledger, 'ledger.json'), 9)],
  ['no layout', (ledger: string) => rmSync(join(ledger, 'ledger.json'))],
  [
    'a file in the place of a target’s folder',
    (ledger: string) => {
      rmSync(join(ledger, 'linkedin'), { recursive: true });
      writeFileSync(join(ledger, 'linkedin'), '');
    },
  ],
  [
    'a link in the place of a target’s folder',
    (ledger: string) => {
      renameSync(join(ledger, 'linkedin'), join(ledger, '..', 'elsewhere'));
      symlinkSync('../elsewhere', join(ledger, 'linkedin'));
    },
  ],
  [
    'a file that was moved to another copy’s place',
    (ledger: string) => renameSync(join(ledger, 'linkedin/one.jsonl'), join(ledger, 'linkedin/two.jsonl')),
  ],
  [
    'a file in the place of the ledger',
    (ledger: string) => {
      rmSync(ledger, { recursive: true });
      writeFileSync(ledger, '');
    },
  ],
])('a ledger with %s posts nothing again', async (_what, damage) => {
  const { blog, linkedin } = await publishWhile(() => undefined);
  damage(join(blog.folder, 'ledger'));
  expect((await blog.run('publish')).code).toBe(1);
  expect(findWrites(linkedin)).toEqual(['POST /rest/posts']);
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

/** A blog in a repository, whose one post goes to dev.to and LinkedIn. */
async function openGitBlog(meddle: (blog: GitBlog) => void = () => undefined) {
  const blog = makeBlog();
  const devto = await openDevto();
  const linkedin = await openLinkedin({
    onRequest({ when, request }) {
      if (when === 'after' && request.method === 'POST') meddle(blog);
    },
  });
  writeFiles(blog.folder, {
    'posts/how-plans-work.md': writePost('How plans work.', asked),
    'config/broadside.yaml': `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }
sources: [{ kind: markdown, path: posts, canonical: "/blog/{slug}" }]
targets:
  devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }
  linkedin: { kind: linkedin, url: "${linkedin.url}", since: 2020-01-01 }
require_live: false
ledger: { kind: git, branch: ${branch} }
`,
  });
  const publish = (folder: string) => runCommand(folder, { ...author, ...secrets }, ['publish']);
  return { blog, publish, countWrites: () => [...findWrites(devto), ...findWrites(linkedin)] };
}

const both = ['POST /api/articles', 'POST /rest/posts'];

test('a branch that lost what it had posts nothing again, from a fresh clone either', async () => {
  const { blog, publish, countWrites } = await openGitBlog();
  expect((await publish(blog.folder)).code).toBe(0);
  const whole = `${blog.remote}-whole`;
  cpSync(blog.remote, whole, { recursive: true });
  for (const [index, [what, lose]] of losses.entries()) {
    lose(blog);
    const fresh = copyClone(blog, `fresh-${index}`);
    for (const name of ['config', 'posts'])
      cpSync(join(blog.folder, name), join(fresh, name), { recursive: true });
    const { code, stderr } = await publish(fresh);
    expect({ what, code, stderr }).toMatchObject({
      what,
      code: 1,
      stderr: expect.stringContaining('LEDGER_LOST'),
    });
    expect(countWrites()).toEqual(both);
    rmSync(blog.remote, { recursive: true });
    cpSync(whole, blog.remote, { recursive: true });
  }
  expect((await publish(blog.folder)).code).toBe(0);
  expect(countWrites()).toEqual(both);
});

test.each([
  ['set back', ({ remote }: GitBlog) => runGitCommand(remote, 'branch', '-f', branch, `${branch}~1`)],
  ['deleted', ({ remote }: GitBlog) => runGitCommand(remote, 'branch', '-D', branch)],
])(
  'a copy whose branch is %s while it is sent is named with its address, and the run fails',
  async (_what, lose) => {
    const { blog, publish, countWrites } = await openGitBlog(lose);
    const { code, stdout } = await publish(blog.folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /linkedin took how-plans-work as urn:li:share:\d+, at \S+, and that could not be recorded\. The branch/,
    );
    expect(stdout).toMatch(
      /Bring it back: git fetch .* broadside resolve how-plans-work linkedin --url http/,
    );
    expect(stdout).not.toMatch(/linkedin .* published/);
    expect((await publish(blog.folder)).code).toBe(1);
    runGitCommand(blog.remote, 'update-ref', `refs/heads/${branch}`, `refs/broadside/${branch}`);
    const again = await publish(blog.folder);
    expect(again.stderr).toContain('linkedin  how-plans-work');
    expect(countWrites()).toEqual(both);
  },
);
