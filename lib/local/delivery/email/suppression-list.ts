// The account's suppression list: addresses that bounced or complained, to which nothing is sent any more.
// https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
import * as z from 'zod';
import type { Json } from '../../asl/json.ts';
import type { Journal } from '../../journal/journal.ts';

const entrySchema = z.strictObject({
  address: z.string(),
  reason: z.enum(['BOUNCE', 'COMPLAINT']),
  /** Milliseconds of the business's clock since 1970. */
  at: z.number(),
  /** What put it there, where it was no call. */
  messageId: z.string().optional(),
  feedbackId: z.string().optional(),
});
export type SuppressedAddress = z.infer<typeof entrySchema>;

const recordSchema = z.union([entrySchema, z.strictObject({ removed: z.string() })]);

export class SuppressionList {
  readonly #journal: Journal;
  readonly #entries = new Map<string, SuppressedAddress>();

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.register({
      name: 'suppression-list',
      restore: (record) => this.#apply(recordSchema.parse(record)),
      snapshot: () => [...this.#entries.values()] as unknown as Json[],
    });
  }

  /** In the order in which they came. */
  all(): readonly SuppressedAddress[] {
    return [...this.#entries.values()];
  }

  find(address: string): SuppressedAddress | undefined {
    return this.#entries.get(address.toLowerCase());
  }

  put(entry: SuppressedAddress): void {
    this.#write(entry);
  }

  remove(address: string): void {
    this.#write({ removed: address });
  }

  #write(record: z.infer<typeof recordSchema>): void {
    this.#journal.append('suppression-list', record as Json);
    this.#apply(record);
  }

  #apply(record: z.infer<typeof recordSchema>): void {
    if ('removed' in record) this.#entries.delete(record.removed.toLowerCase());
    else this.#entries.set(record.address.toLowerCase(), record);
  }
}
