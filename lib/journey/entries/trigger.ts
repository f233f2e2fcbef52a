/**
 * What lets customers into a journey, as a manifest says it: one kind for each way in. `where`, `key` and re-entry stand beside
 * it.
 */
import * as z from 'zod';
import { conditionText } from '../flow.ts';

const zone = z.string().describe('IANA name, or "customer": that of each customer');

export const entryTriggerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: z.string() }),
  z.object({
    kind: z.literal('audience'),
    event: z.string(),
    audience: conditionText,
  }),
  z.object({ kind: z.literal('enters'), segment: z.string(), existing: z.enum(['enter', 'ignore']) }),
  z.object({ kind: z.literal('leaves'), segment: z.string() }),
  z.object({
    kind: z.literal('schedule'),
    zone,
    every: z
      .object({ rule: z.string(), from: z.string().optional() })
      .optional()
      .describe('A rule of RFC 5545 over local times (entries/recurrence.ts)'),
    at: z.string().optional().describe('Once: a moment, local in the zone where it has no offset'),
    segment: z.string().optional(),
  }),
  z.object({
    kind: z.literal('date'),
    of: z.string().describe('Path of the trait, such as profile.birthday'),
    repeat: z.literal('yearly').optional(),
    offset: z.string().optional(),
    at: z.string().optional().describe('A time of day'),
  }),
  z.object({
    kind: z.literal('trait'),
    trait: z.string().describe('Path, such as profile.plan'),
    to: z.union([z.string(), z.number(), z.boolean()]).optional(),
  }),
  z.object({ kind: z.literal('api') }),
]);
export type EntryTrigger = z.infer<typeof entryTriggerSchema>;
