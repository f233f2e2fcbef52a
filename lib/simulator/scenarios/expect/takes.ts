// A run goes one of several ways: a case of a branch, an arm of a split, an event of a wait.
import * as z from 'zod';
import { differs, expectationKind } from './expectation-kind.ts';
import { phrase } from './fields.ts';

export const takesKind = expectationKind(
  'takes',
  {
    takes: z
      .string()
      .min(1)
      .meta({
        description:
          'The way that is taken: the name of a case or an arm, "otherwise", the event that ends a wait, or "time is up".',
        examples: ['big spender', 'otherwise', 'time is up'],
      }),
    branch: z
      .string()
      .min(1)
      .optional()
      .describe('The step at which the ways part; any where it is not given.'),
  },
  {
    references: ({ takes, branch }) => [
      ...(branch === undefined ? [] : [{ kind: 'step' as const, name: branch, path: ['branch'] }]),
      { kind: 'case', name: takes, step: branch, path: ['takes'] },
    ],
    words: ({ takes, branch }) => phrase(`takes "${takes}"`, branch && `at ${branch}`),
    differences: ({ takes, branch }, actual) => [
      differs('step', branch, actual.step),
      differs('way', takes, actual.branch),
    ],
  },
);
