// The form that asks whether a customer is in a segment: `{ "segment": "vip" }`, `{ "segment": "vip", "for": "7 days" }`.
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import type { Condition, JsonPath } from './condition.ts';
import type { ConditionReader } from './problem.ts';
import { readWindow } from './window.ts';

export const inSegmentSchema = z
  .strictObject({
    segment: z.string().describe('The name of a segment: a file in segments, without its ending.'),
    for: durationSchema
      .optional()
      .describe('Only where the customer has been in it for this long or longer.'),
  })
  .meta({
    description: 'The customer is in this segment.',
    examples: [{ segment: 'big-spender' }, { segment: 'vip', for: '7 days' }],
  });

export function readInSegment(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  { problems }: ConditionReader,
): Condition | undefined {
  const { segment } = value;
  if (typeof segment !== 'string')
    problems.push({
      path: [...path, 'segment'],
      code: 'wrong type',
      expected: 'the name of a segment',
      found: segment,
    });
  const written = value['for'];
  const length = written === undefined ? undefined : readWindow(written, [...path, 'for'], problems);
  if (typeof segment !== 'string') return undefined;
  if (written === undefined) return { kind: 'segment', segment, path };
  return length === undefined ? undefined : { kind: 'segment', segment, for: length, path };
}
