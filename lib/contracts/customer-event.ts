/**
 * What an application tells about a customer, parsed once at the edge from a Segment-spec call (`track`, `identify`).
 * https://segment.com/docs/connections/spec/ : `messageId` is the id for deduplication, `timestamp` the sender's claim.
 */
import * as z from 'zod';
import { instantSchema } from './time.ts';

const common = {
  id: z.string().min(1).describe('The same id again is the same input: it changes nothing'),
  at: instantSchema.describe('When it happened: the earlier of claimed and received'),
  received: instantSchema,
  history: z.literal(true).optional().describe('Imported: it is known from now on, and sets off nothing'),
};

export const customerEventSchema = z.object({
  kind: z.literal('event'),
  ...common,
  event: z.string().min(1),
  properties: z.record(z.string(), z.unknown()),
});
export type CustomerEvent = z.infer<typeof customerEventSchema>;

const identifySchema = z.object({
  kind: z.literal('identify'),
  ...common,
  traits: z.record(z.string(), z.unknown()),
});
export type Identify = z.infer<typeof identifySchema>;

/** One call of a source, with the customer it is about. `external` is the source's user id. */
export interface SourceCall {
  readonly external: string;
  readonly input: CustomerEvent | Identify;
}
