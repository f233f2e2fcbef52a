// The form that asks whether a customer may be written to: `{ "reachable": "email", "topic": "promotions" }`.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { Condition, JsonPath } from './condition.ts';
import { notOneOf, type ConditionReader } from './problem.ts';

export const reachableSchema = z
  .strictObject({
    reachable: channelSchema.describe('A channel on which the customer has an address.'),
    topic: z
      .string()
      .optional()
      .describe("A topic with consent on that channel; the journey's topic when not given."),
  })
  .meta({
    description: 'The customer has an address on this channel and consents to the topic.',
    examples: [{ reachable: 'email', topic: 'promotions' }],
  });

export function readReachable(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  { problems }: ConditionReader,
): Condition | undefined {
  const { topic } = value;
  const channel = channelSchema.options.find((each) => each === value['reachable']);
  if (channel === undefined)
    problems.push(
      notOneOf(
        value['reachable'],
        [...path, 'reachable'],
        channelSchema.options,
        'a channel such as "email"',
      ),
    );
  if (topic !== undefined && typeof topic !== 'string') {
    problems.push({
      path: [...path, 'topic'],
      code: 'wrong type',
      expected: 'the id of a topic',
      found: topic,
    });
    return undefined;
  }
  if (channel === undefined) return undefined;
  return { kind: 'reachable', channel, ...(topic === undefined ? {} : { topic }), path };
}
