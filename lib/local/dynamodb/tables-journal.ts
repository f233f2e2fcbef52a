// What the tables write down and are told again: definitions, whole images of items, what is still to be read of the streams.
import * as z from 'zod';
import type { Json, JsonObject } from '../asl/json.ts';
import type { Item } from './item.ts';
import { tableDefinition } from './table-definition.ts';

const item = z.custom<Item>();
const eventName = z.enum(['INSERT', 'MODIFY', 'REMOVE']);

/** One item that was written. */
const written = z.strictObject({
  table: z.string(),
  keys: item,
  /** Missing: the item is gone. */
  image: item.optional(),
  /** What the table's stream tells of it, where there is one; `old`: where the stream shows old images. */
  streamed: z
    .strictObject({ number: z.number(), eventName, old: item.optional(), isExpiry: z.boolean() })
    .optional(),
});

export type WrittenItem = z.output<typeof written>;

export const tablesRecord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('table'), definition: tableDefinition }),
  z.strictObject({ kind: z.literal('dropped'), table: z.string() }),
  /** Everything of a transaction is in one record. */
  z.strictObject({
    kind: z.literal('written'),
    /** Whole seconds of the business. */
    at: z.number(),
    items: z.array(written),
    /** Of a transaction that must not take place again. */
    token: z.strictObject({ text: z.string(), fingerprint: z.string() }).optional(),
  }),
  z.strictObject({ kind: z.literal('trimmed'), table: z.string(), through: z.number() }),
  /** Of snapshots: a record of the stream whose item may have another image by now. */
  z.strictObject({
    kind: z.literal('streamed'),
    table: z.string(),
    number: z.number(),
    change: z.strictObject({
      at: z.number(),
      eventName,
      keys: item,
      newImage: item.optional(),
      oldImage: item.optional(),
      isExpiry: z.boolean(),
    }),
  }),
  /** Of snapshots: the last number that a stream has given, whether or not its record is still there. */
  z.strictObject({ kind: z.literal('sequence'), last: z.number() }),
]);

export type TablesRecord = z.output<typeof tablesRecord>;

/** Members that are undefined vanish in JSON. */
export const asJson = (record: TablesRecord): Json => record as unknown as JsonObject;
