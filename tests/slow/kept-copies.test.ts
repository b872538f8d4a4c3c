import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fillLedger } from '../../bench/fill-ledger.ts';
import type { Plan } from '../../src/model/plan.ts';
import { editMemo } from '../edit-memo.ts';
import { makeSmallBlog, writePost, type SmallBlog } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 3_600_000);
  return () => vi.useRealTimers();
});

const part = (number: number, more = '') =>
  writePost(`Part ${number}`, `tags: [x]\nseries: Tales\npart: ${number}\n${more}`);

/** A blog whose posts all have their copies on two targets, one of which links to copies. */
async function openBlog(): Promise<SmallBlog> {
  const target = 'kind: devto, url: "http://127.0.0.1:9", ai_disclosure: no_ai';
  const blog = makeSmallBlog(
    [`devto: { ${target} }`, `native: { ${target}, links: native }`, 'feed: { kind: feed }'],
    {
      alone: writePost('Alone', 'tags: [x]\n'),
      linking: writePost('Linking\n\nSee [alone](alone.md).', 'tags: [x]\n'),
      leaving: writePost('Leaving', 'tags: [x]\nexpiryDate: 2997-02-01\n'),
      one: part(1),
      two: part(2),
      three: part(3, 'date: 2997-01-01\n'),
    },
  );
  await fillLedger(blog.folder);
  await linkToCopies(blog);
  await plan(blog);
  return blog;
}

/** Records the copies that link to others as they are once these are there. */
async function linkToCopies(blog: SmallBlog): Promise<void> {
  const { actions } = JSON.parse((await blog.run('plan', '--format', 'json')).stdout) as Pick<
    Plan,
    'actions'
  >;
  for (const action of actions) {
    if (action.verb !== 'update' || !('post' in action)) continue;
    const { inputs, fingerprint, references } = action.rendition;
    addEntry(blog, action.target, action.post, { inputs, fingerprint, references });
  }
}

/** A plan as programs read it, but for the instants at which it was made and expires. */
async function plan(blog: SmallBlog, ...words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await blog.run('plan', '--format', 'json', ...words);
  const told = stderr.split('\n').toSorted();
  return [stdout, ...told].join('\n').replaceAll(/"(?:createdAt|expiresAt)": "[^"]*"/g, '');
}

const cacheOf = ({ folder }: SmallBlog) => join(folder, '.broadside/cache');

function memoOf(blog: SmallBlog): string {
  const name = readdirSync(cacheOf(blog)).find((one) => one.startsWith('kept-')) ?? '';
  return join('.broadside/cache', name);
}

function edit(blog: SmallBlog, path: string, from: string, to: string): void {
  const file = join(blog.folder, path);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

/** Has the memo say of every copy what no plan would. */
function markMemo(blog: SmallBlog): void {
  editMemo(join(blog.folder, memoOf(blog)), (text) => text.replaceAll('/author/', '/marked/'));
}

async function listRemembered(blog: SmallBlog, ...words: readonly string[]): Promise<readonly string[]> {
  const found = (await plan(blog, ...words)).matchAll(
    /"target": "(\w+)",\s+"post": "(\w+)",\s+"ledgerLength": \d+,\s+"remoteId": "\d+",\s+"url": "[^"]*\/marked\//g,
  );
  return [...found].map(([, target, post]) => `${target} ${post}`);
}

/** Adds an entry to a copy's file that is its last but for some fields. */
function addEntry(blog: SmallBlog, target: string, post: string, fields: object): void {
  const file = join(blog.folder, `ledger/${target}/${post}.jsonl`);
  const last = readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
  appendFileSync(file, `${JSON.stringify({ ...(JSON.parse(last) as object), ...fields })}\n`);
}

type Change = readonly [what: string, change: (blog: SmallBlog) => void, ...words: string[]];

const changes: readonly Change[] = [
  ['nothing changes', () => undefined],
  ['a post is edited', (blog) => appendFileSync(join(blog.folder, 'posts/alone.md'), '\nMore.\n')],
  ['a part gets another title', (blog) => edit(blog, 'posts/two.md', 'title: Part 2', 'title: Second')],
  ['a post that others link to moves', (blog) => edit(blog, 'posts/alone.md', 'tags', 'slug: gone\ntags')],
  ['a post becomes a draft', (blog) => edit(blog, 'posts/alone.md', 'tags', 'draft: true\ntags')],
  ['a post is kept from a target', (blog) => edit(blog, 'posts/one.md', 'tags', 'syndicate: false\ntags')],
  ['a post is added', (blog) => writeFiles(blog.folder, { 'posts/new.md': writePost('New', 'tags: [x]\n') })],
  ['a post goes', (blog) => rmSync(join(blog.folder, 'posts/linking.md'))],
  ['a part comes out', () => undefined, '--at', '2997-01-15T00:00:00Z'],
  ['a post expires', () => undefined, '--at', '2997-02-15T00:00:00Z'],
  ['the posts are rendered anew', () => undefined, '--refresh'],
  ['one post is named', () => undefined, 'alone'],
  ['an option changes', (blog) => edit(blog, 'config/broadside.yaml', 'no_ai }', 'no_ai, notice: top }')],
  ['the site moves', (blog) => edit(blog, 'config/broadside.yaml', '/blog/{slug}', '/words/{slug}')],
  [
    'a copy gets another address',
    (blog) => addEntry(blog, 'native', 'alone', { url: 'http://127.0.0.1:9/author/elsewhere' }),
  ],
  ['a copy is taken down', (blog) => addEntry(blog, 'devto', 'two', { verb: 'retract', state: 'gone' })],
  ['an entry is damaged', (blog) => appendFileSync(join(blog.folder, 'ledger/devto/two.jsonl'), 'x\n')],
  ['a copy is forgotten', (blog) => rmSync(join(blog.folder, 'ledger/devto/two.jsonl'))],
  ['the memo is damaged', (blog) => edit(blog, memoOf(blog), '/author/', '/authot/')],
  ['the memo is gone', (blog) => rmSync(join(blog.folder, memoOf(blog)))],
];

describe('what an earlier plan kept', () => {
  it.each(changes.map(([what, change, ...words]) => ({ what, change, words })))(
    'changes no plan when $what',
    async ({ change, words }) => {
      const blog = await openBlog();
      change(blog);
      const [first, second] = [await plan(blog, ...words), await plan(blog, ...words)];
      rmSync(cacheOf(blog), { recursive: true });
      expect(await plan(blog, ...words)).toBe(first);
      expect(second).toBe(first);
    },
  );

  it('is looked up, but for posts that expire', async () => {
    const blog = await openBlog();
    markMemo(blog);
    const settled = ['alone', 'linking', 'one', 'three', 'two'];
    expect(await listRemembered(blog)).toEqual(
      ['devto', 'native'].flatMap((target) => settled.map((post) => `${target} ${post}`)),
    );
    expect(await listRemembered(blog, '--refresh')).toEqual([]);
    expect(await listRemembered(blog, 'alone')).toEqual([]);
  });

  it('counts no more for the post that is edited, and for the parts of a series in which one comes out', async () => {
    const blog = await openBlog();
    markMemo(blog);
    appendFileSync(join(blog.folder, 'posts/alone.md'), '\nMore.\n');
    const ofDevto = async (...words: readonly string[]) =>
      (await listRemembered(blog, ...words)).filter((one) => one.startsWith('devto'));
    expect(await ofDevto()).toEqual(['linking', 'one', 'three', 'two'].map((post) => `devto ${post}`));
    expect(await ofDevto('--at', '2997-01-15T00:00:00Z')).toEqual(['devto linking', 'devto three']);
  });

  it('keeps no copy at an instant at which its target has asked to wait', async () => {
    const blog = await openBlog();
    rmSync(cacheOf(blog), { recursive: true });
    const failure = { kind: 'failure', sent: 'no', code: 'RATE_LIMITED', message: 'Too many.' };
    addEntry(blog, 'devto', 'alone', { ...failure, until: '2997-01-10T00:00:00Z' });
    const cold = await plan(blog, '--at', '2997-01-05T00:00:00Z');
    expect(cold).toContain('rate-limited');
    await plan(blog, '--at', '2997-01-12T00:00:00Z');
    expect(await plan(blog, '--at', '2997-01-05T00:00:00Z')).toBe(cold);
  });
});
