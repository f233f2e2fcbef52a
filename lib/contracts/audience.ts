/**
 * What every customer is asked about, and the name under which that happens once. Whoever has something for everybody (an occurrence
 * of a schedule, an event without a customer, a deployment that changed what is due) starts the state machine of audiences with one of
 * these; it carries ids only (promise P10).
 */
import * as z from 'zod';
import { hashHex } from './hash.ts';
import { customerIdSchema } from './ids.ts';
import { CUSTOMER_SHARDS } from './profiles-table.ts';
import { instantSchema } from './time.ts';

export const audienceInputSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('schedule'),
      at: instantSchema.describe('The occurrence'),
      journeys: z.array(z.string()).min(1).readonly().describe('In the order in which they let in'),
    })
    .describe('Schedules in one zone that take place at one instant'),
  z
    .object({ kind: z.literal('event'), id: z.string().min(1).describe('Under which the event is kept') })
    .describe('An event that belongs to no customer'),
  z
    .object({
      kind: z.literal('catch up'),
      mark: z
        .string()
        .min(1)
        .describe(
          'Names this one change, its instant included: a state that comes back (paused, live, paused) is a change of its own',
        ),
      deployed: z.string().describe('Mark of the deployment that has to be known to whoever looks'),
    })
    .describe('What a deployment or a switch has left to be decided for every customer'),
]);
export type AudienceInput = z.infer<typeof audienceInputSchema>;

/** What the machine tells one call of the function: the part of all customers, and behind whom to go on (null: from the beginning). */
export const audiencePageSchema = z.object({
  input: audienceInputSchema,
  shard: z.enum(CUSTOMER_SHARDS as readonly [string, ...string[]]),
  cursor: z.string().nullable(),
});

/** A customer who could not be asked, in the queue of looks, from which they are asked again. */
export const untoldCustomerSchema = z.object({
  customer: customerIdSchema,
  input: audienceInputSchema,
  reason: z.string().describe('The name of the fault'),
});
export type UntoldCustomer = z.infer<typeof untoldCustomerSchema>;

/**
 * The name of the execution. Step Functions refuses a name for ninety days once it was used, whatever the input, so the same
 * occurrence, event or change starts once however often it is asked for. At most 80 characters, of those that a name may have
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
 */
export function audienceExecutionName(input: AudienceInput): string {
  switch (input.kind) {
    case 'schedule':
      // The instant is there for whoever reads the list of executions.
      return `schedule-${input.at.replaceAll(/[^0-9TZ]/g, '')}-${hashHex(JSON.stringify(input.journeys), 12)}`;
    case 'event':
      return `event-${hashHex(input.id, 24)}`;
    case 'catch up':
      return `catch-up-${hashHex(input.mark, 24)}`;
  }
}

/**
 * Parts of all customers that are asked side by side, each by one call of the function. The paces of starts and of reads are divided by
 * it, so it decides only how long a part takes; sixteen leave most of a small account's concurrency (new accounts: some ten to a
 * hundred calls at once) to ingestion, and a pace of 300 starts a second divides into whole customers.
 */
export const AUDIENCE_CONCURRENCY = 16;
