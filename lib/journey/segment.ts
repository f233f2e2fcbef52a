/**
 * A segment as a marketer writes it, `segments/<id>.json`: a group of customers, by a condition or by a list. The compiler
 * checks it and hands it to the engine, which keeps the membership of every customer.
 */
import * as z from 'zod';
import { writtenCondition } from './event-match.ts';
import { nameSchema } from './steps/step-kind.ts';

export const segmentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the description of this file.'),
    name: nameSchema.describe('What people call this segment.'),
    description: z.string().optional().describe('Who is in it, in words, and what it is for.'),
    when: writtenCondition
      .optional()
      .describe(
        'What must be true of a customer to be in it. Membership changes the moment this does, also by time alone.',
      ),
    list: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          'A CSV file beside this one, with the ids of the customers who are in it: in the column "customer", or in ' +
          'its only column.',
        examples: ['vip.csv'],
      }),
  })
  .meta({
    title: 'A segment',
    description:
      'A segment: a group of customers, by a condition ("when") or by a list ("list"); one of the two.',
    examples: [
      { name: 'German customers', when: { 'profile.country': 'DE' } },
      { name: 'VIP', list: 'vip.csv' },
    ],
  });

/** A segment with a condition or a list, as the engine is given it. Plain data: threads hand it on. */
export type SegmentDefinition =
  | { readonly id: string; readonly when: unknown }
  /** External ids of customers, or their keyed hashes. */
  | { readonly id: string; readonly members: readonly string[] };
