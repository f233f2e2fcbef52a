// Histories recorded from AWS, and how far they are compared: with the interpreter's own, and with those that clients get.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import type { Json } from '#lib/local/asl/json.ts';

const given = process.env['ASL_HISTORIES'];
export const recordingsFile = resolve(given ?? '../shared/conformance/asl-histories.json');
/** A file that is asked for must be there; the usual one may be absent. */
export const isThere = given !== undefined || existsSync(recordingsFile);

const recordings = z.array(
  z.object({
    name: z.string(),
    definition: z.json(),
    input: z.json().default({}),
    history: z.array(z.record(z.string(), z.json())),
  }),
);

/** An event with AWS's details, inputs and outputs as texts. */
export interface ComparedEvent {
  readonly type: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** What a recording compares of an event: AWS's details, with inputs and outputs parsed. */
function comparable({ type, details }: ComparedEvent): Record<string, Json> {
  const kept: Record<string, Json> = { type };
  for (const field of ['name', 'error', 'cause', 'location']) {
    const value = details?.[field];
    if (value !== undefined) kept[field] = value as Json;
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

/** The recordings; none where the usual file is absent. */
export function recordedHistories(): z.output<typeof recordings> {
  return isThere ? recordings.parse(JSON.parse(readFileSync(recordingsFile, 'utf8'))) : [];
}

/** Both sides in the form in which they are compared. */
export function compared(
  history: readonly ComparedEvent[],
  expected: readonly Record<string, unknown>[],
): { readonly actual: unknown; readonly recorded: unknown } {
  const recorded = sortBranches(expected);
  return { actual: leniently(sortBranches(history.map(comparable)), recorded), recorded };
}
