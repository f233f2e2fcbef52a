/**
 * Everything that is kept of one customer, as it is handed out to them (GDPR, articles 15 and 20): `wend customer export`, and the page
 * of the customer. Described for its readers in docs/privacy.md.
 */
import * as z from 'zod';
import { instantSchema } from './time.ts';

const loggedSchema = z.looseObject({ at: instantSchema, kind: z.string() });

export const customerExportSchema = z.object({
  format: z.literal(1),
  exported: instantSchema,
  customer: z.string().describe('The id under which everything is kept: a keyed hash of `external`'),
  external: z.string().describe('The id that the applications use; empty of somebody who was erased'),
  document: z
    .record(z.string(), z.unknown())
    .describe('What decisions are made of, by section: traits, consent, segments, runs, sends, …'),
  timeline: z.array(loggedSchema).describe('What was decided and why, oldest first; the last 90 days'),
  inApp: z
    .array(z.record(z.string(), z.unknown()))
    .describe('Messages that wait in the app, with their content; the last 30 days'),
  consent: z.array(z.unknown()).describe('All that was ever said about consent, oldest first: the ledger'),
  identities: z
    .array(z.string())
    .describe('Where else the customer is known: devices by their keyed hash, provider ids of messages'),
  more: z
    .array(z.record(z.string(), z.unknown()))
    .describe('Whatever else is kept beside the document, as it is stored'),
});
export type CustomerExport = z.infer<typeof customerExportSchema>;
