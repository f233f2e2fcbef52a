// Histories recorded from AWS: the interpreter must write the same ones. A file of the same form may be given in
// ASL_HISTORIES.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '#lib/local/asl/history.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { run } from './run-machine.ts';

const given = process.env['ASL_HISTORIES'];
const file = resolve(given ?? '../shared/conformance/asl-histories.json');
/** A file that is asked for must be there; the usual one may be absent. */
const isThere = given !== undefined || existsSync(file);

const recordings = z.array(
  z.object({
    name: z.string(),
    definition: z.json(),
    input: z.json().default({}),
    history: z.array(z.record(z.string(), z.json())),
  }),
);

/** What a recording compares of an event: AWS's details, with inputs and outputs parsed. */
function comparable({ type, details }: HistoryEvent): Record<string, Json> {
  const kept: Record<string, Json> = { type };
  for (const field of ['name', 'error', 'cause', 'location']) {
    const value = details?.[field];
    if (value !== undefined) kept[field] = value;
  }
  if (typeof details?.['output'] === 'string') kept['output'] = JSON.parse(details['output']) as Json;
  const assigned = details?.['assignedVariables'];
  if (assigned !== undefined) {
    kept['assignedVariables'] = Object.fromEntries(
      Object.entries(assigned as Record<string, string>).map(([name, text]) => [
        name,
        JSON.parse(text) as Json,
      ]),
    );
  }
  return kept;
}

/**
 * The recordings scrub what differs from run to run. Compared leniently, therefore, by taking the expected value for the
 * actual one: a text that is recorded as a placeholder (`<uuid:1>`, `timestamp`), and of a cause that ends in a value which
 * was scrubbed from the input, that value.
 */
function leniently(actual: unknown, expected: unknown): unknown {
  if (typeof expected === 'string' && typeof actual === 'string') {
    const quoted = /^.*date-time format string: /s.exec(expected)?.[0];
    const scrubbed =
      /^(?:<.+>|timestamp|date)$/.test(expected) || (quoted !== undefined && actual.startsWith(quoted));
    return scrubbed ? expected : actual;
  }
  if (typeof expected !== 'object' || typeof actual !== 'object' || expected === null || actual === null)
    return actual;
  if (Array.isArray(actual))
    return actual.map((member, index) => leniently(member, (expected as unknown[])[index]));
  return Object.fromEntries(
    Object.entries(actual).map(([key, member]) => [
      key,
      leniently(member, (expected as Record<string, unknown>)[key]),
    ]),
  );
}

/**
 * The recorder also sorts what happens inside a Parallel state, where branches run at the same time, and loses its
 * ParallelStateSucceeded. Both sides are brought into that form before they are compared.
 */
function sortBranches(history: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const sorted: Record<string, unknown>[] = [];
  let inside: Record<string, unknown>[] | undefined;
  for (const event of history) {
    const { type } = event;
    if (type === 'ParallelStateSucceeded') continue;
    if (inside !== undefined && (type === 'ParallelStateExited' || type === 'ParallelStateFailed')) {
      sorted.push(...inside.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
      inside = undefined;
    }
    (inside ?? sorted).push(event);
    if (type === 'ParallelStateStarted') inside ??= [];
  }
  return [...sorted, ...(inside ?? [])];
}

describe(`histories recorded from AWS (${file})`, () => {
  const cases = isThere ? recordings.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];

  it.skipIf(!isThere)('are there to compare with', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  it.each(cases)('$name', async ({ definition, input, history: expected }) => {
    const { history } = await run(definition, input);
    const recorded = sortBranches(expected);
    expect(leniently(sortBranches(history.map(comparable)), recorded)).toEqual(recorded);
  });
});
