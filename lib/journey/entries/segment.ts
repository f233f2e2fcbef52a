// Entry by becoming a member of a segment, or by ceasing to be one.
import * as z from 'zod';
import { entryRules } from './entry-rules.ts';

const segmentName = z.string().min(1);

export const entersEntry = z
  .strictObject({
    enters: segmentName.meta({
      description: 'Enter when a customer becomes a member of this segment.',
      examples: ['big-spender'],
    }),
    existing: z
      .enum(['enter', 'ignore'])
      .describe(
        'What happens with those who are members already when this journey goes live, or when the definition of the ' +
          'segment changes. enter: they enter once. ignore: only those enter who become members after that.',
      ),
    ...entryRules,
  })
  .meta({
    description: 'Enter by becoming a member of a segment. `entry.segment` is its name.',
    examples: [{ enters: 'dormant', existing: 'ignore', reentry: { after: '180 days' } }],
  });

export const leavesEntry = z
  .strictObject({
    leaves: segmentName.meta({
      description: 'Enter when a customer is no longer a member of this segment.',
      examples: ['reachable-by-mail'],
    }),
    ...entryRules,
  })
  .meta({
    description: 'Enter by leaving a segment. `entry.segment` is its name.',
    examples: [{ leaves: 'reachable-by-mail' }],
  });
