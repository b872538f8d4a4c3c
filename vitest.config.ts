import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const slow = 'tests/slow/**';

/** The files that put other modules in the place of the program's, and so cannot share modules that are loaded already. */
const replacing = globSync('tests/**/*.test.ts', { exclude: [slow] }).filter((file) =>
  readFileSync(file, 'utf8').includes('vi.mock('),
);

// Some libraries have a second build that checks each step, for those who develop them. The tests take the one that users get.
process.env['NODE_ENV'] = 'production';

// Time limits end what hangs. They judge nobody: where a machine is shared, all takes many times as long.
const shared = {
  testTimeout: 600_000,
  hookTimeout: 900_000,
  expect: { poll: { timeout: 60_000 } },
  pool: 'forks',
  // One more than a small machine has cores: many tests wait, for a process, for git or for a limit of time.
  maxWorkers: 3,
  retry: process.env['CI'] === undefined ? 0 : 1,
  env: { NODE_ENV: 'test' },
} as const;

export default defineConfig({
  test: {
    globalSetup: 'tests/set-up.ts',
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['tests/**/*.test.ts'],
          exclude: [slow, ...replacing],
          // The files share processes: loading the program for each of them would take longer than the tests.
          isolate: false,
          // Node loads them as it loads the program, and keeps what it compiled. Vite’s own loader is for files that replace modules.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          env: {
            ...shared.env,
            NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/broadside-tests'),
          },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'replacing',
          include: replacing,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'slow',
          include: ['tests/slow/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Whole processes that wait and are killed: alone, so that nothing but the tests decides how long they take.
        test: {
          ...shared,
          name: 'crash',
          include: ['tests/slow/crash/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
