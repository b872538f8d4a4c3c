import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeSmallBlog, openDevto, readEntries, secrets, writePost } from '../small-blog.ts';

/** Ids that are also a name of a target, of the ledger's own, or of a device. */
const ids = ['feed', 'devto', 'announce', 'ledger', 'con', 'nul'];

/** What a step of a workflow has set, by name. */
function readOutputs(file: string): Readonly<Record<string, string>> {
  const text = readFileSync(file, 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(.+)\n([^]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );
}

async function openBlog() {
  const devto = await openDevto();
  const matter = 'date: 2024-03-04\ntags: [a]\nsyndicate: { devto: { at: 2999-01-01T00:00:00Z } }\n';
  const posts = Object.fromEntries(ids.map((id) => [id, writePost(`About ${id}`, matter)]));
  const target = `devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, since: 2020-01-01 }`;
  const blog = makeSmallBlog([target, 'feed: { kind: feed }'], posts);
  const output = join(blog.folder, 'outputs');
  return { blog, output, environment: { ...secrets, GITHUB_OUTPUT: output } };
}

test('a post called as a feed is in the ledger is planned, published and told as any other', async () => {
  const { blog, output, environment } = await openBlog();
  const planned = await blog.runWith(environment, 'plan', '--format', 'github');
  for (const id of ids) {
    expect(planned.stdout).toMatch(new RegExp(`^\\. devto +${id} +scheduled 2999-01-01 00:00 UTC$`, 'm'));
  }
  expect(planned.stdout).toMatch(/^\+ feed +feed\.xml +6 items$/m);

  const published = await blog.runWith(
    environment,
    'publish',
    ...ids,
    '--target',
    'devto',
    '--format',
    'github',
  );
  expect(published.code).toBe(0);
  for (const id of ids)
    expect(published.stdout).toMatch(new RegExp(`^\\+ devto  ${id}  published  http.+$`, 'm'));
  expect(readOutputs(output)).toMatchObject({ created: '6', updated: '0', 'site-changed': 'false' });
  const copies = (await blog.ledger.read()).copies.map(({ copy }) => `${copy.target}/${copy.postId}`);
  expect(copies.toSorted()).toEqual(ids.map((id) => `devto/${id}`).toSorted());
});

test('a feed and the post of its name each have their own entries and their own line', async () => {
  const { blog, output, environment } = await openBlog();
  const { stdout, code } = await blog.runWith(environment, 'publish', 'feed', '--format', 'github');
  expect({ stdout, code }).toMatchObject({ code: 0 });
  expect(await blog.runWith(environment, 'publish', '--format', 'github')).toMatchObject({ code: 0 });
  expect(readOutputs(output)).toMatchObject({ created: '0', 'site-changed': 'true' });
  expect((await readEntries(blog.ledger, 'devto', 'feed')).map(({ kind }) => kind)).toEqual([
    'intent',
    'receipt',
  ]);
  expect((await readEntries(blog.ledger, 'feed', 'feed')).map(({ kind }) => kind)).toEqual(['receipt']);
  const plan = JSON.parse((await blog.run('plan', '--format', 'json')).stdout) as {
    readonly actions: readonly object[];
  };
  expect(plan.actions).toHaveLength(ids.length + 1);
  for (const post of ids)
    expect(plan.actions).toContainEqual(expect.objectContaining({ post, target: 'devto' }));
  expect(plan.actions.at(-1)).toMatchObject({ feed: 'feed', target: 'feed', verb: 'keep' });
});
