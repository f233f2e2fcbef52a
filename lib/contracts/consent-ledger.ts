/**
 * The consent ledger: everything that was ever said about what a customer allows, one entry for each time it was said. It is the proof
 * that a deployment can show, so entries are added and never changed; the customer document holds what follows from them.
 */
import * as z from 'zod';
import { instantSchema } from './time.ts';

/** In the place of a topic or channel: whatever there is of them. */
export const ANY = '*';

export const ledgerEntrySchema = z.object({
  id: z.string().describe('The same for whatever comes of the same event: an entry is written once'),
  at: instantSchema.describe('When it happened, by whoever tells it'),
  received: instantSchema.describe('When it was received'),
  decided: instantSchema.describe('When it was decided'),
  event: z.string().describe('The event that said it'),
  what: z
    .enum(['granted', 'refused', 'requested', 'confirmed', 'suppressed', 'lifted', 'not understood'])
    .describe(
      'requested: consent that waits for its confirmation. suppressed, lifted: about addresses, not about consent',
    ),
  topic: z.string().optional().describe('`*`: all of them'),
  channel: z.string().optional().describe('`*`: all of them; absent: each of them'),
  effect: z.string().describe('`changed`, or why it has changed nothing'),
  said: z.string().optional().describe('Of a refusal: words that were not understood to the letter'),
  source: z.string().optional().describe('Where it was said, or who said it for the customer'),
  text: z.string().optional().describe('The version of the text that the customer has agreed to'),
  proof: z.string().optional().describe('What the application can show for it, in its own words'),
  send: z.string().optional().describe('run/step/visit of the message that it is the answer to'),
  reason: z.string().optional().describe('Of a suppression'),
  imported: z.literal(true).optional().describe('Brought in from elsewhere'),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
