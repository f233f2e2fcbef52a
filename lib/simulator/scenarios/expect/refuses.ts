// The customer would have entered, and does not.
import { differs, expectationKind } from './expectation-kind.ts';
import { phrase, reasonField, simplyField } from './fields.ts';

export const refusesKind = expectationKind(
  'refuses',
  { refuses: simplyField.describe('true: the customer is not let in.'), reason: reasonField },
  {
    words: ({ reason }) => phrase('refuses', reason && `(${reason})`),
    differences: ({ reason }, actual) => [differs('reason', reason, actual.reason)],
  },
);
