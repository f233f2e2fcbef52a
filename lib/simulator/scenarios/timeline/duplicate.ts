// An event arrives a second time, as networks and queues deliver it: with the same id and timestamp.
import * as z from 'zod';
import { timelineKind } from './timeline-kind.ts';

export const duplicateKind = timelineKind(
  'duplicate',
  {
    duplicate: z
      .string()
      .min(1)
      .meta({
        description: 'The event whose latest occurrence arrives again.',
        examples: ['Product Added'],
      }),
  },
  {
    references: ({ duplicate }) => [{ kind: 'event', name: duplicate, path: ['duplicate'] }],
    play: async ({ duplicate }, stage) => {
      if (!(await stage.repeat(duplicate)))
        stage.problem(`"${duplicate}" cannot arrive again: it has not happened so far`);
    },
  },
);
