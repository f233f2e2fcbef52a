// The step that changes what is known of the customer.
import * as z from 'zod';
import { valueSchema, valuesSchema } from '../values.ts';
import { namedStep, type StepKind } from './step-kind.ts';

export const updateStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('update').describe('Which kind of step this is.'),
    set: valuesSchema('Traits and their new values.').optional(),
    add: valuesSchema(
      'Traits that are lists, and the entry (or list of entries) to add to each. What a list has already is not added again.',
    ).optional(),
    remove: z
      .union([z.array(z.string().min(1)), z.record(z.string().min(1), valueSchema)])
      .optional()
      .meta({
        description:
          'A list of traits of which nothing is to be known any more; or traits that are lists, and the entry (or list of ' +
          'entries) to take out of each.',
        examples: [['ownOffer'], { campaigns: 'second-chance' }],
      }),
    increment: valuesSchema(
      'Traits that are numbers, and how much to add to each (less than 0: to take away). An unknown one starts at 0.',
    ).optional(),
  })
  .meta({
    id: 'update',
    description: 'Change what is known of the customer. Journeys hear of it as "Trait Changed".',
    examples: [
      {
        id: 'note-offer',
        type: 'update',
        set: { ownOffer: 'BACK-{{ entry.order_id }}' },
        increment: { returns: 1 },
      },
    ],
  });
export type UpdateStep = z.infer<typeof updateStep>;

export const updateKind: StepKind<UpdateStep> = {
  type: 'update',
  arms: () => [],
  node: ({ id, type, set, add, remove, increment }, around) => ({
    kind: 'action',
    settings: {
      type,
      id,
      ...(set === undefined ? {} : { set }),
      ...(add === undefined ? {} : { add }),
      ...(remove === undefined ? {} : { remove }),
      ...(increment === undefined ? {} : { increment }),
    },
    next: around.follow,
  }),
};
