// The form that asks what became of an earlier send of this run: `{ "send": "remind", "was": "opened" }`.
import * as z from 'zod';
import { SEND_OUTCOMES, type Condition, type JsonPath, type SendOutcome } from './condition.ts';
import { notOneOf, type ConditionReader } from './problem.ts';

export const sendWasSchema = z
  .strictObject({
    send: z.string().describe('The id of a send step of this journey; its latest send in this run counts.'),
    was: z.enum(SEND_OUTCOMES).describe('What became of it. Opens and clicks by machines do not count.'),
  })
  .meta({
    description: 'What became of an earlier message of this run.',
    examples: [{ send: 'remind', was: 'opened' }],
  });

export function readSendWas(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  { problems }: ConditionReader,
): Condition | undefined {
  const { send } = value;
  if (typeof send !== 'string')
    problems.push({
      path: [...path, 'send'],
      code: 'wrong type',
      expected: 'the id of a send step',
      found: send,
    });
  const outcome = readOutcome(value, path, problems);
  return typeof send !== 'string' || outcome === undefined
    ? undefined
    : { kind: 'send', send, was: outcome, path };
}

/** What stands behind `was`; undefined with a problem where it is no outcome. */
export function readOutcome(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  problems: ConditionReader['problems'],
): SendOutcome | undefined {
  if (!Object.hasOwn(value, 'was')) {
    // "wasNot" is told as an unknown field already.
    if (Object.keys(value).some((key) => key.startsWith('was'))) return undefined;
    problems.push({ path, code: 'missing field', name: 'was' });
    return undefined;
  }
  const { was } = value;
  const outcome = SEND_OUTCOMES.find((each) => each === was);
  if (outcome === undefined)
    problems.push(
      notOneOf(
        was,
        [...path, 'was'],
        SEND_OUTCOMES,
        'one outcome such as "opened" (several: a condition for each, in "any")',
      ),
    );
  return outcome;
}
