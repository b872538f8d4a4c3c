import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Overview } from '../../src/preview/define.ts';
import { openPreview } from '../../src/preview/open-preview.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { openShell, startPreview } from '../preview/start-preview.ts';

const devto = 'devto: { kind: devto, ai_disclosure: no_ai, since: 2020-01-01 }';

/** Posts of which the last one is held, since its title is too long for dev.to. */
const posts = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => {
    const title = index === 11 ? 'Very tall trees '.repeat(20) : `Trees ${index}`;
    return [`trees-${index}`, writePost(`${title}\n\nThey are tall.`, `date: 2024-03-${10 + index}\n`)];
  }),
);

/** How many copies are in each state. */
function countStates({ posts: lines }: Overview): Readonly<Record<string, number>> {
  const words = lines.flatMap(({ states }) => Object.values(states).map(({ state }) => state));
  return Object.fromEntries(
    [...new Set(words)].map((word) => [word, words.filter((one) => one === word).length]),
  );
}

test('a few copies are rendered before the first page, and the others after it', async () => {
  const { folder } = makeSmallBlog([devto], posts);
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(folder));
  const first = await preview.overview();
  expect(countStates(first)).toEqual({ new: 5, rendering: 7 });
  expect(first.rendering).toEqual({ done: 0, of: 7 });

  const told: unknown[] = [];
  await preview.fill((event) => told.push(event));
  const whole = await preview.overview();
  expect(countStates(whole)).toEqual({ new: 11, error: 1 });
  expect(whole.rendering).toBeUndefined();
  expect(whole.posts[0]?.states['devto']?.state).toBe('error');
  expect(told).toContainEqual({ overview: true, changed: expect.arrayContaining(['trees-11']) });
});

test('an edit renders no copy again that was rendered, and another instant is filled in as well', async () => {
  const { folder } = makeSmallBlog([devto], {
    ...posts,
    later: writePost('Later\n\nThey are tall.', 'date: 2999-01-01T08:00:00Z\n'),
  });
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(folder));
  await preview.fill(() => undefined);
  writeFileSync(
    join(folder, 'posts', 'trees-3.md'),
    writePost('Trees 3\n\nThey are taller.', 'date: 2024-03-13\n'),
  );
  await preview.refresh();
  expect(countStates(await preview.overview())).toEqual({ new: 11, error: 1, waiting: 1 });

  const instant = '2999-01-02T00:00:00.000Z';
  await preview.overview(instant);
  await preview.fill(() => undefined);
  const moved = await preview.overview(instant);
  expect(moved.rendering).toBeUndefined();
  expect(countStates(moved)).toEqual({ new: 12, error: 1 });
});

test('what is edited while copies are rendered is shown as it is then', async () => {
  const { folder } = makeSmallBlog([devto], posts);
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(folder));
  const filled = preview.fill(() => undefined);
  writeFileSync(
    join(folder, 'posts', 'trees-11.md'),
    writePost('Short\n\nThey are tall.', 'date: 2024-03-21\n'),
  );
  await preview.refresh();
  await filled;
  await preview.fill(() => undefined);
  expect(countStates(await preview.overview())).toEqual({ new: 12 });
});

test('an open page is told when the states of all copies are known', async () => {
  const { folder } = makeSmallBlog([devto], posts);
  const { listen, overview } = await startPreview(folder);
  const { next } = await listen();
  while ((await overview()).rendering !== undefined) await next();
  expect(countStates(await overview())).toEqual({ new: 11, error: 1 });
});
