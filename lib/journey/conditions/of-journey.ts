// The forms that ask about other journeys: `{ "inJourney": "welcome" }` and `{ "completed": "welcome" }`.
import * as z from 'zod';
import type { Condition, JsonPath } from './condition.ts';
import type { ConditionReader } from './problem.ts';

export const inJourneySchema = z
  .strictObject({ inJourney: z.string().describe('The id of a journey.') })
  .meta({ description: 'The customer is in this journey now.', examples: [{ inJourney: 'welcome' }] });

export const completedSchema = z
  .strictObject({ completed: z.string().describe('The id of a journey.') })
  .meta({
    description:
      'The customer has been through this journey to its end, at least once. Reaching its goal is no end.',
    examples: [{ completed: 'welcome' }],
  });

export function readOfJourney(
  kind: 'inJourney' | 'completed',
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  { problems }: ConditionReader,
): Condition | undefined {
  const journey = value[kind];
  if (typeof journey === 'string') return { kind, journey, path };
  const at = [...path, kind];
  problems.push({ path: at, code: 'wrong type', expected: 'the id of a journey', found: journey });
  return undefined;
}
