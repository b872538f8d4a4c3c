import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseContent } from '../../src/transform/choose-content.ts';
import { prepareTree } from '../../src/transform/prepare-tree.ts';
import { printForem } from '../../src/targets/devto/printer/print.ts';
import { renderForFeed } from '../../src/targets/feed/render.ts';
import { composeCommentary } from '../../src/targets/linkedin/compose.ts';
import { makeSmallBlog, openDevto, openLinkedin, writePost } from '../small-blog.ts';

vi.mock('../../src/transform/choose-content.ts', { spy: true });
vi.mock('../../src/transform/prepare-tree.ts', { spy: true });
vi.mock('../../src/targets/devto/printer/print.ts', { spy: true });
vi.mock('../../src/targets/feed/render.ts', { spy: true });
vi.mock('../../src/targets/linkedin/compose.ts', { spy: true });

const counted = { chooseContent, prepareTree, printForem, renderForFeed, composeCommentary };

function countCalls(): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(counted)
      .map(
        ([name, work]) => [name, vi.mocked<(...given: never[]) => unknown>(work).mock.calls.length] as const,
      )
      .filter(([, count]) => count > 0),
  );
}

/** A blog whose only post is long and new everywhere. */
async function openBlog(...more: readonly string[]) {
  const linkedin = await openLinkedin();
  const targets = [
    ...more,
    `linkedin: { kind: linkedin, url: "${linkedin.url}", opt_in: false }`,
    'feed: { kind: feed }',
  ];
  const text = writePost(`One\n\n${'Words of a long post. '.repeat(3000)}`, 'tags: [testing]\n');
  return makeSmallBlog(targets, { one: text });
}

beforeEach(() => {
  vi.clearAllMocks();
});

describe('a long post that goes to three targets', () => {
  const once = { chooseContent: 3, prepareTree: 2, printForem: 1, renderForFeed: 1, composeCommentary: 1 };

  it.each([
    ['check', once],
    ['render one --target linkedin', { chooseContent: 1, composeCommentary: 1 }],
    // A build also prints the article that a person pastes into LinkedIn's editor.
    ['build', { ...once, prepareTree: 3 }],
    ['plan --target feed', { chooseContent: 1, prepareTree: 1, renderForFeed: 1 }],
    ['publish one', { chooseContent: 2, prepareTree: 1, printForem: 1, composeCommentary: 1 }],
  ])('is worked on once by %s', async (words, expected) => {
    const devto = await openDevto();
    const blog = await openBlog(`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`);
    expect(await blog.run(...words.split(' '))).toMatchObject({ code: 0 });
    expect(countCalls()).toEqual(expected);
  });

  it('is not rendered by the run after the one that published it', async () => {
    const blog = await openBlog();
    await blog.run('publish', 'one');
    await blog.run('publish', '--target', 'feed');
    vi.clearAllMocks();
    await blog.run('publish');
    expect(countCalls()).toEqual({});
  });

  it('is not parsed again to publish a plan that was kept', async () => {
    const blog = await openBlog();
    await blog.run('plan', 'one', '--out', 'plan.json');
    vi.clearAllMocks();
    expect(await blog.run('publish', '--plan', 'plan.json')).toMatchObject({ code: 0 });
    expect(countCalls()).toEqual({});
  });
});
