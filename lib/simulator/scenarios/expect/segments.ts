// The customer joins or leaves a segment.
import * as z from 'zod';
import { differs, expectationKind } from './expectation-kind.ts';

const segmentField = z
  .string()
  .min(1)
  .meta({ examples: ['big-spender'] });

export const joinsKind = expectationKind(
  'joins',
  { joins: segmentField.describe('The segment that the customer joins.') },
  {
    references: ({ joins }) => [{ kind: 'segment', name: joins, path: ['joins'] }],
    words: ({ joins }) => `joins ${joins}`,
    differences: ({ joins }, actual) => [differs('segment', joins, actual.segment)],
  },
);

export const leavesKind = expectationKind(
  'leaves',
  { leaves: segmentField.describe('The segment that the customer leaves.') },
  {
    references: ({ leaves }) => [{ kind: 'segment', name: leaves, path: ['leaves'] }],
    words: ({ leaves }) => `leaves ${leaves}`,
    differences: ({ leaves }, actual) => [differs('segment', leaves, actual.segment)],
  },
);
