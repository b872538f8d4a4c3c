import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { slowBodies } from './slow-bodies.ts';
import type { Tried } from './try-bodies.ts';

/** Whether all bodies are tried; else one in a hundred. */
const isWhole = process.env['BROADSIDE_MATRIX'] === 'whole';
const names = slowBodies.map(({ name }) => name).filter((_, index) => isWhole || index % 100 === 0);

/**
 * Seconds of CPU, of which the promise is 2, and megabytes. A machine that others use counts time for what they do to its caches,
 * and one process tries all, so that what it has not yet given back is counted for the next.
 */
const most = { time: 8, memory: 700 };

test('there are at least 200 bodies, each under a name of its own', () => {
  expect(slowBodies.length).toBeGreaterThanOrEqual(200);
  expect(new Set(slowBodies.map(({ name }) => name)).size).toBe(slowBodies.length);
});

test(
  '100 kB of anything are rendered or refused within what a post may cost',
  { timeout: 3_600_000 },
  async () => {
    const script = fileURLToPath(new URL('try-bodies.ts', import.meta.url));
    const child = spawn(process.execPath, [script, ...names], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const tried = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Tried => JSON.parse(line));
    expect(tried.map(({ name }) => name)).toEqual(names);
    expect(code).toBe(0);
    expect(tried.filter(({ time, memory }) => time > most.time || memory > most.memory)).toEqual([]);
    const rules = new Set(tried.map(({ refused }) => refused));
    expect(
      [...rules].filter(
        (rule) => !['post-too-costly', 'post-too-deep', 'post-unreadable', undefined].includes(rule),
      ),
    ).toEqual([]);
    expect(rules).toContain('post-too-costly');
  },
);
