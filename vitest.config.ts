import { defineConfig } from 'vitest/config';

// Once more where machines are shared: processes that wait for each other may be given too little time.
const shared = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks',
  retry: process.env['CI'] === undefined ? 0 : 1,
} as const;

export default defineConfig({
  test: {
    globalSetup: 'tests/build-program.ts',
    projects: [
      {
        test: {
          ...shared,
          name: 'rooms',
          include: ['tests/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Whole processes that wait and are killed: alone, so that nothing but the tests decides how long they take.
        test: {
          ...shared,
          name: 'crash',
          include: ['tests/crash/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
