// One project for everything that runs in memory; fast-check gets its seed from tests/setup.ts so that runs repeat.
// The JSON report is what `.ci/run` counts from.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    globalSetup: ['tests/global-setup.ts'],
    // Modules are pure or keep nothing between tests: loading them once for each worker halves the run.
    isolate: false,
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.cache/wend/test-report.json' },
  },
});
