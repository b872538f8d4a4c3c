import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeBlog } from '../commands/write-blog.ts';
import { writePost } from '../live-blog.ts';
import { program, startProgram } from '../workspace.ts';

/** Tells at the end of a process how large the space of new values is, in megabytes. */
const gauge = `
import { getHeapSpaceStatistics } from 'node:v8';
process.on('exit', () => {
  const { space_size } = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  process.stderr.write('\\nnew space: ' + space_size / 2 ** 20);
});`;

/** The space of new values when a command has ended, in megabytes. */
async function gaugeNewSpace(folder: string, ...words: readonly string[]): Promise<number> {
  const file = join(folder, 'gauge.mjs');
  writeFileSync(file, gauge);
  const { stderr } = await startProgram(folder, [process.execPath, '--import', file, program, ...words])
    .ended;
  return Number(/new space: ([\d.]+)$/.exec(stderr)?.[1]);
}

function openBlog(posts: number, body: string): string {
  const texts = Array.from({ length: posts }, (_, index) => [
    `post-${index}.md`,
    writePost(`Post ${index}`, body),
  ]);
  return writeBlog(Object.fromEntries(texts), { targets: '  devto: { kind: devto, ai_disclosure: no_ai }' })
    .folder;
}

describe('the space of new values', () => {
  it('stays small while the heads of many posts are read, or what is remembered of them', async () => {
    const folder = openBlog(3000, 'Hello.');
    expect(await gaugeNewSpace(folder, 'plan')).toBeLessThanOrEqual(16);
    expect(await gaugeNewSpace(folder, 'plan')).toBeLessThanOrEqual(16);
  });

  it('grows where many bodies are parsed', async () => {
    const folder = openBlog(100, '- A *list* of `many` [things](https://example.com).\n'.repeat(100));
    expect(await gaugeNewSpace(folder, 'check')).toBeGreaterThan(16);
  });

  it('may grow in a thread that parses one body', async () => {
    const folder = openBlog(1, '[a](b) *c* `d` _e_ '.repeat(4000));
    expect(await gaugeNewSpace(folder, 'check')).toBeGreaterThan(16);
  });
});
