// A run ends before its last step.
import * as z from 'zod';
import { differs, expectationKind } from './expectation-kind.ts';

export const exitsKind = expectationKind(
  'exits',
  {
    exits: z
      .string()
      .min(1)
      .meta({
        description: 'The reason for which the run ends: "goal", or the reason of an exit.',
        examples: ['goal', 'cart emptied'],
      }),
  },
  {
    words: ({ exits }) => `exits (${exits})`,
    differences: ({ exits }, actual) => [differs('reason', exits, actual.reason)],
  },
);
