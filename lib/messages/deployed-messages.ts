/**
 * What the function that sends knows of messages: the file `messages.json` beside its code. A file of its own, because it may be
 * large and no other function reads it.
 */
import * as z from 'zod';
import type { Catalog } from './catalog.ts';
import type { CompiledMessage } from './compiled-message.ts';

export const MESSAGES_FILE = 'messages.json';

/** The head is checked; the messages were checked when they were compiled. */
export const deployedMessagesSchema = z.object({
  format: z.literal(1),
  /** Every message of every version that may have people inside. */
  messages: z.custom<readonly CompiledMessage[]>(Array.isArray, 'must be a list of messages'),
  catalog: z.custom<Catalog>((value) => typeof value === 'object' && value !== null, 'must be the catalogue'),
});
export type DeployedMessages = z.infer<typeof deployedMessagesSchema>;
