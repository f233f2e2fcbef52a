// A run begins.
import { expectationKind } from './expectation-kind.ts';
import { simplyField } from './fields.ts';

export const entersKind = expectationKind(
  'enters',
  { enters: simplyField.describe('true: the customer enters the journey. false: they do not.') },
  { words: ({ enters }) => (enters ? 'enters' : 'does not enter'), differences: () => [] },
);
