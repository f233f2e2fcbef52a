// A step changes what is known of the customer.
import * as z from 'zod';
import { differs, expectationKind } from './expectation-kind.ts';
import { phrase, stepField } from './fields.ts';
import { holdsValue, valueInWords } from './holds-value.ts';

export const setsKind = expectationKind(
  'sets',
  {
    sets: z
      .string()
      .min(1)
      .meta({ description: 'The trait that a step changes.', examples: ['loyaltyTier'] }),
    value: z
      .unknown()
      .optional()
      .describe('What it is from then on, null where nothing is known any more; anything when not given.'),
    step: stepField,
  },
  {
    references: ({ sets, step }) => [
      { kind: 'trait', name: sets.split('.', 1)[0] ?? sets, path: ['sets'] },
      ...(step === undefined ? [] : [{ kind: 'step' as const, name: step, path: ['step'] }]),
    ],
    words: ({ sets, value, step }) =>
      phrase(`sets ${sets}`, value !== undefined && `to ${valueInWords(value)}`, step && `at ${step}`),
    differences: ({ sets, value, step }, actual) => [
      differs('trait', sets, actual.name),
      differs('step', step, actual.step),
      value !== undefined &&
        !holdsValue(value, actual.value) &&
        `value ${valueInWords(actual.value)} and not ${valueInWords(value)}`,
    ],
  },
);
