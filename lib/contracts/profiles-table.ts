/**
 * The shape of the table `profiles`: keys, indexes and the attributes that the platform reads. The adapter writes it, the stacks
 * create it, the stream's filter selects by it. What an item holds beside that is the adapter's own.
 */

/** Items by key. `customer` is the keyed hash (ids.ts); identities and message ids are hashed or opaque as well. */
export const KEYS = {
  /** The customer document, at {@link DOCUMENT_SORT_KEY}, and the customer's timeline. */
  customer: (customer: string) => `C#${customer}`,
  /** One entry of the timeline for each decision that told something: sorts by time. */
  timelineEntry: (instant: string, id: string) => `T#${instant}#${id}`,
  /** One entry of the customer's consent ledger: sorts by when it happened, and never expires. */
  ledgerEntry: (at: string, id: string) => `L#${at}#${id}`,
  /** Sort key of an in-app message of the customer, by the key of its send. */
  inAppMessage: (send: string) => `A#${send}`,
  /** Sort key of an item in the customer's partition that names one elsewhere, by its partition: what belongs to a customer is found by it. */
  pointer: (partition: string) => `P#${partition}`,
  /** Which customer an id of a device, or another id than the application's own, belongs to. */
  identity: (kind: string, hash: string) => `I#${kind}#${hash}`,
  /** Which send a provider's message id belongs to, where the provider returns no tags. */
  message: (channel: string, id: string) => `M#${channel}#${id}`,
  /** What has become of the messages of a journey, by channel and day of sending. */
  outcomes: (journey: string) => `J#${journey}`,
  /** Slots of a channel with a rate, by counter. */
  slots: (counter: string) => `S#${counter}`,
  /** Everything that holds for the deployment as a whole: switches of journeys, the clock of the sweep, events for all. */
  deployment: 'D',
} as const;

/**
 * How long the timeline keeps a decision: as long as Step Functions keeps the history of an execution behind its end, so that both
 * can be read beside each other.
 */
export const TIMELINE_DAYS = 90;

export const DOCUMENT_SORT_KEY = 'DOC';

export const ATTRIBUTES = {
  partition: 'pk',
  sort: 'sk',
  /** Seconds since 1970 after which DynamoDB may delete the item; it never serves as a timer. */
  expires: 'expires',
  /** Set on a document that has something to be made true or told; the stream's filter passes only these. */
  todo: 'todo',
  /** Partition of {@link INDEXES.look}: the first hex digit of the customer id. Set with `lookAt`. */
  lookShard: 'lookShard',
  /** The instant by which somebody should look at the document again, if nothing happens before. */
  lookAt: 'lookAt',
  /** Partition of {@link INDEXES.customers}: the first two hex digits of the customer id. On documents only. */
  shard: 'shard',
} as const;

/** Sparse indexes, keys only. */
export const INDEXES = {
  /** Documents by when to look at them: partition `lookShard`, sort `lookAt`. */
  look: 'look',
  /** All customers: partition `shard`, sort `pk`. Written once for each customer, because its keys never change. */
  customers: 'customers',
} as const;

const HEX = '0123456789abcdef';
/** Sixteen partitions of the look index. */
export const LOOK_SHARDS: readonly string[] = HEX.split('');
/** 256 partitions of the index of customers. */
export const CUSTOMER_SHARDS: readonly string[] = HEX.split('').flatMap((high) =>
  HEX.split('').map((low) => `${high}${low}`),
);
