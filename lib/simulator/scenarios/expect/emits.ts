// A step puts an event on the bus.
import * as z from 'zod';
import { eventReferences } from '../reference.ts';
import { differs, expectationKind } from './expectation-kind.ts';
import { phrase, stepField } from './fields.ts';
import { holdsValue, valueInWords } from './holds-value.ts';

export const emitsKind = expectationKind(
  'emits',
  {
    emits: z
      .string()
      .min(1)
      .meta({ description: 'The event that a step puts on the bus.', examples: ['Lead Qualified'] }),
    properties: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Properties that it must have; it may have more.'),
    step: stepField,
  },
  {
    references: ({ emits, properties, step }) => [
      { kind: 'emitted' as const, name: emits, path: ['emits'] },
      ...eventReferences(emits, 'emits', properties).filter(({ kind }) => kind === 'property'),
      ...(step === undefined ? [] : [{ kind: 'step' as const, name: step, path: ['step'] }]),
    ],
    words: ({ emits, properties, step }) =>
      phrase(
        `emits ${emits}`,
        properties !== undefined && `with ${valueInWords(properties)}`,
        step && `at ${step}`,
      ),
    differences: ({ emits, properties, step }, actual) => [
      differs('event', emits, actual.name),
      differs('step', step, actual.step),
      properties !== undefined &&
        !holdsValue(properties, actual.value) &&
        `with ${valueInWords(actual.value)} and not ${valueInWords(properties)}`,
    ],
  },
);
