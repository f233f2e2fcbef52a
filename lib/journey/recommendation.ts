/**
 * `recommend` in settings: lists of products that messages may show, by name. Hand-picked, or the best of the catalogue by a number
 * that its items have, those like what the customer is after first. No more than that: whoever has a better answer asks a
 * function by `invoke` and prints what it saved.
 */
import * as z from 'zod';

const property = z.string().min(1).max(100);

/** Of the customer or of the event that let the customer in; messages know no other when they are sent. */
const subjectField = z
  .string()
  .regex(/^(?:profile|entry)\.[^.\s][^.]*$/, 'must be "profile.<trait>" or "entry.<property>"')
  .meta({ description: 'A value of the customer or of the entry event.', examples: ['entry.category'] });

export const recommendationSchema = z
  .strictObject({
    from: z.string().min(1).describe('The list in catalog/ that they come from, such as "products".'),
    ids: z
      .array(z.string().min(1))
      .min(1)
      .max(50)
      .optional()
      .describe('Exactly these items, in this order: hand-picked. Either this or "best" has to be there.'),
    best: property
      .optional()
      .describe(
        'A number that items have, such as "sold": the highest come first. Either this or "ids" has to be there.',
      ),
    same: z
      .record(property, subjectField)
      .optional()
      .meta({
        description:
          'Items that have the same value as the customer or the entry event come before all others.',
        examples: [{ category: 'entry.category' }],
      }),
    except: subjectField.optional().meta({
      description: 'The id of an item that is left out, such as the one in the cart.',
      examples: ['entry.product_id'],
    }),
    most: z.int().min(1).max(50).default(3).describe('How many items there are at most.'),
  })
  .refine(({ ids, best }) => (ids === undefined) !== (best === undefined), 'needs either "ids" or "best"')
  .meta({
    description: 'Items that messages may show as {{ recommend.<name> }}.',
    examples: [{ from: 'products', best: 'sold', same: { category: 'entry.category' }, most: 3 }],
  });
export type Recommendation = z.infer<typeof recommendationSchema>;
