// One project for everything that runs in memory; fast-check gets its seed from tests/setup.ts so that runs repeat.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 60_000,
  },
});
