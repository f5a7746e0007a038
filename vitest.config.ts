import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './tests/summary-reporter.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A busy machine may draw later than in the second that is usual.
    expect: { poll: { timeout: 30_000 } },
    // The native engine uses every core by itself.
    maxWorkers: 2,
    pool: 'forks',
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // Its gradients are only in its ES modules, which Node does not take for such.
    server: { deps: { inline: [/@tensorflow/] } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: ['tests/e2e/**'] },
      },
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['tests/bench/**/*.bench.ts'],
          globalSetup: './tests/e2e/browser-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: './tests/e2e/browser-setup.ts',
        },
      },
    ],
  },
});
