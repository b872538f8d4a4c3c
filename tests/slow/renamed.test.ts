import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  findWrites,
  makeSmallBlog,
  openDevto,
  openLinkedin,
  readEntries,
  today,
  writePost,
  type SmallBlog,
} from '../small-blog.ts';
import { exampleFailure, exampleIntent } from '../examples.ts';
import { writeFiles } from '../workspace.ts';

const now = `date: ${today}\ntags: [a]\n`;
const asks = `${now}syndicate: { linkedin: true }\n`;
const devtoAt = (url: string): string =>
  `devto: { kind: devto, url: "${url}", ai_disclosure: no_ai, schedule: {} }`;
const linkedinAt = (url: string): string => `linkedin: { kind: linkedin, url: "${url}", schedule: {} }`;

function rename({ folder }: SmallBlog, from: string, to: string, text: string): void {
  rmSync(join(folder, `posts/${from}.md`));
  writeFiles(folder, { [`posts/${to}.md`]: text });
}

test('a post whose file was renamed is held, and is no second article', async () => {
  const devto = await openDevto();
  const text = writePost('A long walk\n\nHow it went, in some words.', now);
  const blog = makeSmallBlog([devtoAt(devto.url)], { walk: text, other: writePost('Another\n\nText.', now) });
  await blog.run('publish');
  rename(blog, 'walk', 'a-long-walk', text);
  writeFiles(blog.folder, { 'posts/new.md': writePost('New\n\nNot like any other.', now) });
  const { stdout, code } = await blog.run('publish');
  expect(stdout).toMatch(/^\+ devto {2}new {2}published/m);
  expect(code).toBe(1);
  expect(findWrites(devto)).toHaveLength(3);
  const plan = await blog.run('plan');
  expect(plan.stdout).toContain(
    '! devto  a-long-walk  held: renamed, it has the same words as the copy recorded under "walk", whose file is gone; set "id: walk" in its front matter if it is the same post\n',
  );
  expect(plan.stdout).not.toContain('removed');
  writeFiles(blog.folder, { 'posts/a-long-walk.md': text.replace('tags:', 'id: walk\ntags:') });
  await blog.run('publish');
  expect(findWrites(devto).filter((one) => one.startsWith('POST'))).toHaveLength(3);
});

test('so is one whose copy on LinkedIn is in doubt', async () => {
  const linkedin = await openLinkedin();
  const text = writePost('A long walk\n\nHow it went, in some words.', asks);
  const blog = makeSmallBlog([linkedinAt(linkedin.url)], { walk: text });
  const { fingerprint, body } = JSON.parse(
    (await blog.run('render', 'walk', '--target', 'linkedin', '--format', 'json')).stdout,
  ) as { readonly fingerprint: string; readonly body: string };
  const intent = exampleIntent({ fingerprint });
  await blog.record('linkedin', 'walk', [intent, exampleFailure('unknown')]);
  await blog.ledger.storeBody(fingerprint, body);
  await blog.ledger.open('linkedin', `${today}T00:00:00Z`);
  rename(blog, 'walk', 'a-long-walk', text);
  const { stdout } = await blog.run('plan');
  expect(stdout).toMatch(/^! linkedin {2}walk +held: interrupted, its post is gone/m);
  expect(stdout).toMatch(
    /^! linkedin {2}a-long-walk +held: renamed, it has the same words as the copy recorded under "walk"/m,
  );
  await blog.run('publish');
  expect(findWrites(linkedin)).toEqual([]);
});

test('a post whose text stands there without its doing is not published under that address', async () => {
  const linkedin = await openLinkedin();
  const target = `linkedin: { kind: linkedin, url: "${linkedin.url}", card: false, link: false, schedule: {} }`;
  const text = `${now}syndicate: { linkedin: { text: "The very same words." } }\n`;
  await makeSmallBlog([target], { elsewhere: writePost('Elsewhere', text) }).run('publish');
  const blog = makeSmallBlog([target], { here: writePost('Here', text) });
  const { stdout, code } = await blog.run('publish');
  expect(stdout).toMatch(
    /^! linkedin {2}here {2}refused: linkedin has a post with the same text at (\S+), which was not made for this one\. If it is the copy of this post, run `broadside resolve here linkedin --url \1`/m,
  );
  expect(code).toBe(1);
  const [, url = ''] = /same text at (\S+),/.exec(stdout) ?? [];
  const settled = await blog.run('resolve', 'here', 'linkedin', '--url', url);
  expect(settled.code).toBe(0);
  expect((await readEntries(blog.ledger, 'linkedin', 'here')).at(-1)?.kind).not.toBe('failure');
});

test('two posts of the same text are not both published under one address', async () => {
  const linkedin = await openLinkedin();
  const own = (name: string): string =>
    writePost(`${name}\n\nText of ${name}.`, `${now}syndicate: { linkedin: { text: "The same words." } }\n`);
  const blog = makeSmallBlog(
    ['linkedin: { kind: linkedin, url: "' + linkedin.url + '", card: false, link: false, schedule: {} }'],
    {
      one: own('One'),
      two: own('Two'),
    },
  );
  const { stdout, code } = await blog.run('publish');
  expect(stdout.match(/published/g)).toHaveLength(1);
  expect(stdout).toMatch(
    /^! linkedin {2}two {2}refused: linkedin took it for the copy of one, whose text is the same, at \S+\. Give one of the two a text of its own/m,
  );
  expect(code).toBe(1);
  expect((await readEntries(blog.ledger, 'linkedin', 'two')).map(({ kind }) => kind)).toEqual([
    'intent',
    'failure',
  ]);
});
