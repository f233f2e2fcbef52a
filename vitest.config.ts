// fast-check gets its seed from tests/setup.ts so that runs repeat.
// The JSON report is what `.ci/run` counts from.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Load packed functions into the test's own process, and with them what follows a call through promises (the tracer): from then on each
 * promise of the process is watched, and a million of them take minutes.
 */
const WATCHED = ['tests/functions/**/*.test.ts', 'tests/runtime/tracer.test.ts'];
/** Measures what dynalite keeps as the local cloud loads it: other tests load it without that, and a module is loaded once. */
const MEASURED = ['tests/local/dynamodb/memory.test.ts'];
const ALONE = [...WATCHED, ...MEASURED];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['tests/**/*.test.ts'],
          exclude: ALONE,
          // Modules are pure or keep nothing between tests: loading them once for each worker halves the run.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'functions', include: ALONE, isolate: true } },
    ],
    setupFiles: ['tests/setup.ts'],
    globalSetup: ['tests/global-setup.ts'],
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.cache/wend/test-report.json' },
  },
});
