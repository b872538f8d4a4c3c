import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Mishap, Misbehaviour } from '../../../src/rehearsal/mishaps.ts';
import type { WriteFault } from './count-writes.ts';
import { judgeCreates, judgeWorld, resolveDoubts } from './judge.ts';
import { clock, startProgram, startRunner } from './machine.ts';
import { editPost, openWorld, secrets, type TargetName, type World } from './world.ts';
import { fc, seed } from '../../random-input.ts';

const minute = 60_000;
const handEdit = 'Edited by hand.';
const posts = ['alone', 'pair-1', 'pair-2'];

const runner = startRunner();

/** What the author knows: the text of each post, and what they changed on dev.to itself. */
interface Author {
  readonly versions: Map<string, number>;
  readonly edited: Set<string>;
  /** Milliseconds that have passed while nothing happened. */
  ahead: number;
}

interface Article {
  readonly id: number;
  readonly canonicalUrl: string;
  readonly body: string;
}

type Command = fc.AsyncCommand<Author, World>;

function readArticle(world: World, post: string): Article | undefined {
  const text = readFileSync(join(world.homes.devto, 'devto.json'), 'utf8');
  const { articles } = JSON.parse(text) as { readonly articles: readonly Article[] };
  return articles.find(({ canonicalUrl }) => canonicalUrl === `https://example.com/blog/${post}`);
}

/** A command after which the invariants have to hold. */
function makeCommand(
  name: string,
  run: (author: Author, world: World) => Promise<readonly string[] | void>,
): Command {
  return {
    check: () => true,
    toString: () => name,
    async run(author, world) {
      const faults = (await run(author, world)) ?? [];
      expect([...faults, ...judgeCreates(world)]).toEqual([]);
      for (const post of author.edited) expect(readArticle(world, post)?.body).toContain(handEdit);
    },
  };
}

const publish = makeCommand('publish', async ({ ahead }, world) => {
  await runner.run(world, ['publish'], { ahead });
});

const wait = makeCommand('wait', async (author, { time }) => {
  author.ahead += 11 * minute;
  time.ahead = author.ahead;
});

const edit = (post: string): Command =>
  makeCommand(`edit ${post}`, async ({ versions }, world) => {
    const version = (versions.get(post) ?? 1) + 1;
    versions.set(post, version);
    editPost(world, post, version);
  });

const editThere = (post: string): Command =>
  makeCommand(`edit ${post} on dev.to`, async ({ edited }, world) => {
    const article = readArticle(world, post);
    if (article === undefined) return;
    const body_markdown = `${article.body}\n\n${handEdit}\n`;
    await fetch(`${world.devto.url}/api/articles/${article.id}`, {
      method: 'PUT',
      headers: {
        'api-key': secrets.DEVTO_API_KEY,
        accept: 'application/vnd.forem.api-v1+json',
        'content-type': 'application/json',
        'user-agent': 'a browser',
      },
      body: JSON.stringify({ article: { body_markdown } }),
      redirect: 'manual',
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined);
    if (readArticle(world, post)?.body.includes(handEdit) === true) edited.add(post);
  });

const crash = (at: number, does: WriteFault): Command =>
  makeCommand(`${does} write ${at}`, async ({ ahead }, world) => {
    const writes = { folder: world.ledger, at, does };
    await startProgram(world, ['publish'], { clock: { ...clock, shift: ahead }, writes }).ending;
  });

const fail = (at: number, does: WriteFault): Command =>
  makeCommand(`${does} at write ${at}`, async ({ ahead }, world) => {
    await runner.run(world, ['publish'], { ahead, writes: { folder: world.ledger, at, does } });
  });

const resolve = makeCommand('resolve', ({ ahead }, world) => resolveDoubts(world, runner, ahead));

const anyPost = fc.constantFrom(...posts);
const anyWrite = fc.integer({ min: 1, max: 140 });

const commands = fc.commands(
  [
    fc.constant(publish),
    fc.constant(wait),
    fc.constant(resolve),
    anyPost.map(edit),
    anyPost.map(editThere),
    fc.tuple(anyWrite, fc.constantFrom('kill-before', 'kill-after')).map(([at, does]) => crash(at, does)),
    fc.tuple(anyWrite, fc.constantFrom('EIO', 'ENOSPC')).map(([at, does]) => fail(at, does)),
  ],
  { maxCommands: 12, size: 'max' },
);

const anyMisbehaviour: fc.Arbitrary<Misbehaviour> = fc.constantFrom<Misbehaviour[]>(
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'hang', when: 'after' },
  { kind: 'error', when: 'before', status: 502 },
  { kind: 'error', when: 'after', status: 500 },
  { kind: 'limit', retryAfter: 1 },
  { kind: 'truncate' },
  { kind: 'page' },
  { kind: 'forget-name' },
);

interface Trouble {
  readonly target: TargetName;
  readonly nth: number;
  readonly does: Misbehaviour;
}

const troubles: fc.Arbitrary<readonly Trouble[]> = fc.array(
  fc.record({
    target: fc.constantFrom<TargetName[]>('devto', 'linkedin'),
    nth: fc.integer({ min: 1, max: 25 }),
    does: anyMisbehaviour,
  }),
  { maxLength: 4 },
);

/** How many random lives of a blog are lived at once, and how many one after another. */
const [lanes, lives] = [4, 3];

async function live(script: Iterable<Command>, given: readonly Trouble[]): Promise<void> {
  const mishapsOf = (wanted: TargetName): readonly Mishap[] =>
    given.filter(({ target }) => target === wanted).map(({ nth, does }) => ({ at: { nth }, does }));
  const world = await openWorld({
    drafts: true,
    mishaps: { devto: mishapsOf('devto'), linkedin: mishapsOf('linkedin') },
  });
  const author: Author = { versions: new Map(), edited: new Set(), ahead: 0 };
  await fc.asyncModelRun(() => ({ model: author, real: world }), script);
  world.calm();
  const ahead = [0, 11, 22].map((minutes) => author.ahead + minutes * minute);
  const faults = await judgeWorld(world, runner, { ahead, doubts: posts.length });
  expect(faults).toEqual([]);
  for (const post of posts) {
    const body = readArticle(world, post)?.body;
    expect(body).toContain(author.edited.has(post) ? handEdit : `version ${author.versions.get(post) ?? 1}.`);
  }
  await world.close();
}

test('whatever happens in whatever order, the invariants hold', { timeout: 900_000 }, async () => {
  const property = fc.asyncProperty(commands, troubles, live);
  const ends = await Promise.allSettled(
    Array.from({ length: lanes }, (_, lane) =>
      fc.assert(property, { seed: seed + lane, numRuns: lives, endOnFailure: true, verbose: 1 }),
    ),
  );
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  expect(ends).toHaveLength(lanes);
});
