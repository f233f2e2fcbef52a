// A step calls a function or an endpoint.
import * as z from 'zod';
import { differs, expectationKind } from './expectation-kind.ts';
import { phrase, reasonField, stepField } from './fields.ts';
import { holdsValue, valueInWords } from './holds-value.ts';

export const callsKind = expectationKind(
  'calls',
  {
    calls: z
      .string()
      .min(1)
      .meta({ description: 'The function or endpoint that is called.', examples: ['churn-score'] }),
    tells: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What it must be told; it may be told more.'),
    outcome: z
      .enum(['answered', 'failed'])
      .optional()
      .describe('Whether there was a usable answer; either when not given.'),
    reason: reasonField,
    step: stepField,
  },
  {
    references: ({ calls, step }) => [
      { kind: 'called', name: calls, path: ['calls'] },
      ...(step === undefined ? [] : [{ kind: 'step' as const, name: step, path: ['step'] }]),
    ],
    words: ({ calls, tells, outcome, reason, step }) =>
      phrase(
        `calls ${calls}`,
        tells !== undefined && `with ${valueInWords(tells)}`,
        step && `at ${step}`,
        outcome && `: ${outcome}`,
        reason && `(${reason})`,
      ),
    differences: ({ calls, tells, outcome, reason, step }, actual) => [
      differs('called', calls, actual.name),
      differs('outcome', outcome, actual.outcome),
      differs('reason', reason, actual.reason),
      differs('step', step, actual.step),
      tells !== undefined &&
        !holdsValue(tells, actual.told) &&
        `with ${valueInWords(actual.told)} and not ${valueInWords(tells)}`,
    ],
  },
);
