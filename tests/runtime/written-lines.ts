// What a function writes to its log, metrics included, and what it puts among the dead letters, kept where a test can read it.
import { vi } from 'vitest';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import type { QueueSurroundings } from '#lib/runtime/batches.ts';

/** Call `vi.restoreAllMocks` and `vi.unstubAllEnvs` after each test. */
export function writtenLines(): {
  readonly lines: string[];
  readonly dead: { readonly body: string; readonly reason: string }[];
  readonly surroundings: QueueSurroundings;
} {
  const lines: string[] = [];
  const dead: { body: string; reason: string }[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: string) => void lines.push(line));
  // Written by the console of this process; metrics are off there unless asked for.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  return {
    lines,
    dead,
    surroundings: {
      logger: createLogger('wend-test'),
      counts: createMetrics('wend-test'),
      deadLetters: {
        put: (body, reason) => {
          dead.push({ body, reason });
          return Promise.resolve();
        },
      },
    },
  };
}
