// One project for everything that runs in memory; fast-check gets its seed from tests/setup.ts so that runs repeat.
// The JSON report is what `.ci/run` counts from.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.cache/wend/test-report.json' },
  },
});
