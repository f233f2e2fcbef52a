// Entry at the request of an application: it sends the event "Journey Requested" with the journey's name.
import * as z from 'zod';
import { valueTypeSchema } from '../vocabulary.ts';
import { commonFields } from './common.ts';

export const apiEntry = z
  .strictObject({
    api: z
      .literal(true)
      .describe(
        'Enter when an application asks for it: it sends the event "Journey Requested" with the property "journey", the name ' +
          'of this journey.',
      ),
    properties: z
      .record(z.string().min(1).max(100), valueTypeSchema)
      .optional()
      .meta({
        description:
          'What else the request says, each with its type: conditions and messages read it as entry.<property>.',
        examples: [{ order_id: 'text' }],
      }),
    ...commonFields,
  })
  .meta({ description: 'Enter when an application asks for it.', examples: [{ api: true }] });
