// Entry at the request of an application: it sends the event "Journey Requested" with the journey's name.
import * as z from 'zod';
import { entryRules } from './entry-rules.ts';

export const apiEntry = z
  .strictObject({
    api: z
      .literal(true)
      .describe(
        'Enter when an application asks for it: it sends the event "Journey Requested" with the property "journey", the name ' +
          'of this journey. What else the event says is declared in settings, under "vocabulary".',
      ),
    ...entryRules,
  })
  .meta({
    description:
      'Enter when an application asks for it. What its event says is at hand as `entry`, such as `entry.plan_id`.',
    examples: [{ api: true }],
  });
