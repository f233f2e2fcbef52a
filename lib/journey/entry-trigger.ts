/** What lets customers into a journey, as a manifest says it: one kind for each way in. `where`, `key` and re-entry stand beside it. */
import * as z from 'zod';

export const entryTriggerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), event: z.string() }),
]);
export type EntryTrigger = z.infer<typeof entryTriggerSchema>;
