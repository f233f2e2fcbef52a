// The goal counts for a run, also after it has ended, or for a customer who was held out.
import { expectationKind } from './expectation-kind.ts';
import { simplyField } from './fields.ts';

export const convertsKind = expectationKind(
  'converts',
  { converts: simplyField.describe('true: the goal of the journey is counted. false: it is not.') },
  { words: ({ converts }) => (converts ? 'converts' : 'does not convert'), differences: () => [] },
);
