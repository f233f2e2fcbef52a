// What AWS was recorded to say of patterns.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { parseEventPattern } from '#lib/local/events/pattern/event-pattern.ts';
import { InvalidPattern } from '#lib/local/events/pattern/invalid-pattern.ts';

/** Another file of the same form, which has to be there if it is named. */
const NAMED = process.env['EVENT_PATTERNS'];
const FILE = NAMED ?? join(import.meta.dirname, '../../../../../shared/conformance/event-patterns.json');

const recorded = z.array(
  z.object({
    name: z.string(),
    expected: z.enum(['match', 'no match', 'invalid pattern']),
    pattern: z.json(),
    event: z.json(),
  }),
);

const cases =
  NAMED !== undefined || existsSync(FILE) ? recorded.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : [];

function outcome(pattern: Json, event: Json): string {
  try {
    return parseEventPattern(pattern).matches(event) ? 'match' : 'no match';
  } catch (error) {
    if (error instanceof InvalidPattern) return 'invalid pattern';
    throw error;
  }
}

describe.skipIf(cases.length === 0)('patterns that AWS was recorded with', () => {
  it.each(cases)('$name', ({ pattern, event, expected }) => {
    expect(outcome(pattern as Json, event as Json)).toBe(expected);
  });
});
