// Event patterns of EventBridge, which Lambda's filters of event sources are as well: parsed once, asked for each event.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
// Where the guide is silent, https://github.com/aws/event-ruler is followed, which is the matcher that AWS runs.
import type { Json } from '../../asl/json.ts';
import { eventFields } from './event-fields.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { alternativeMatches } from './match-alternative.ts';
import { parseAlternatives } from './parse-alternatives.ts';

export interface EventPattern {
  /** Whether an event passes. Anything but an object passes no pattern. */
  matches(event: Json): boolean;
}

/** @throws InvalidPattern with the place and what is wrong there, for whatever EventBridge refuses. */
export function parseEventPattern(pattern: Json): EventPattern {
  const alternatives = parseAlternatives(pattern);
  const names = new Set(alternatives.flatMap(({ conditions }) => conditions.map(({ path }) => path)));
  return {
    matches: (event) => {
      const fields = eventFields(event, names);
      return fields !== undefined && alternatives.some((one) => alternativeMatches(one, fields));
    },
  };
}

/** The same for a pattern as text. @throws InvalidPattern also where it is no JSON. */
export function parseEventPatternText(text: string): EventPattern {
  let pattern: Json;
  try {
    pattern = JSON.parse(text) as Json;
  } catch (error) {
    throw new InvalidPattern('', `The pattern is no JSON: ${error instanceof Error ? error.message : text}`);
  }
  return parseEventPattern(pattern);
}
