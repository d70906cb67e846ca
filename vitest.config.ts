import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By itself vitest leaves one core idle, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/unit-setup.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
          // Files share their process and what they import: that halves what they cost.
          isolate: false,
        },
      },
      {
        test: {
          name: 'collector',
          include: ['tests/collector/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Run by npm run test:live, which installs what it delivers to.
          name: 'live',
          include: ['tests/live/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // One target at a time: each is a large program.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.spec.ts'],
          globalSetup: ['tests/support/browser/end-shared.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          // The files that one process runs share its browsers. More than half of a test is waiting for a page: the other
          // processes work meanwhile.
          maxWorkers: 2,
          // A second try tells what is broken from what is unsteady; the summary of a run names each that needed it.
          retry: 1,
          sequence: { groupOrder: 1 },
          isolate: false,
        },
      },
    ],
  },
});
