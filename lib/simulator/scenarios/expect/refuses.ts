// The customer would have entered, and does not.
import { differs, expectationKind } from './expectation-kind.ts';
import { phrase, reasonField, simplyField } from './fields.ts';

export const refusesKind = expectationKind(
  'refuses',
  {
    refuses: simplyField.describe('true: the customer is not let in. false: nobody is refused.'),
    reason: reasonField,
  },
  {
    words: ({ refuses, reason }) => phrase(refuses ? 'refuses' : 'does not refuse', reason && `(${reason})`),
    differences: ({ reason }, actual) => [differs('reason', reason, actual.reason)],
  },
);
