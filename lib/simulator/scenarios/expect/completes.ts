// A run comes to the end of the journey.
import { expectationKind } from './expectation-kind.ts';
import { simplyField } from './fields.ts';

export const completesKind = expectationKind(
  'completes',
  { completes: simplyField.describe('true: the run comes to the end of the journey. false: it does not.') },
  { words: ({ completes }) => (completes ? 'completes' : 'does not complete'), differences: () => [] },
);
