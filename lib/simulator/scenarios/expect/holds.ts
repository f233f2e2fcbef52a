// A step falls due while its journey is paused, and is held until the journey goes on.
import * as z from 'zod';
import { differs, expectationKind } from './expectation-kind.ts';

export const holdsKind = expectationKind(
  'holds',
  { holds: z.string().min(1).describe('The step that is held because the journey is paused.') },
  {
    references: ({ holds }) => [{ kind: 'step', name: holds, path: ['holds'] }],
    words: ({ holds }) => `holds ${holds}`,
    differences: ({ holds }, actual) => [differs('step', holds, actual.step)],
  },
);
