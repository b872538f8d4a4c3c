import { defineConfig } from 'vitest/config';

// Once more where machines are shared: processes that wait for each other may be given too little time.
const shared = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks',
  maxWorkers: 2,
  retry: process.env['CI'] === undefined ? 0 : 1,
} as const;

export default defineConfig({
  test: {
    globalSetup: 'tests/build-program.ts',
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/slow/**'],
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
