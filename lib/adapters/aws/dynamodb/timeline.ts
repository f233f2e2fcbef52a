/** Customers' timelines in DynamoDB: one item for each decision that told something, beside the customer's document. */
import { PutItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { instantSchema, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { Timeline, ToldRevision } from '#lib/engine/ports.ts';
import { packed, unpacked } from './packing.ts';
import { answered, type ProfilesTable } from './table.ts';

const LOG = 'log';
/** Sort keys of one instant keep the order of the decisions: no customer gets beyond so many digits of revisions. */
const REVISION_DIGITS = 9;
const DAY_SECONDS = 24 * 60 * 60;

/** A part of a timeline, newest first. */
interface TimelinePage {
  readonly revisions: readonly ToldRevision[];
  /** Where the next page begins; absent: this was the last. */
  readonly next?: string;
}

/** Timelines that can also be read. */
export interface ReadableTimeline extends Timeline {
  /** At most `most` decisions, newest first, from behind `from`; throws as `append` does. */
  page(customer: string, most: number, from?: string): Promise<TimelinePage>;
}

/** The last `most` decisions, newest first, however many pages they fill. */
export async function lastOf(
  timeline: ReadableTimeline,
  customer: string,
  most: number,
): Promise<readonly ToldRevision[]> {
  const found: ToldRevision[] = [];
  let from: string | undefined;
  do {
    const { revisions, next } = await timeline.page(customer, most - found.length, from);
    found.push(...revisions);
    from = next;
  } while (from !== undefined && found.length < most);
  return found;
}

/**
 * `keptDays`: how long an entry is kept, from its decision on.
 * Both throw the faults `TableUnavailable` and `TableRefused`.
 */
export function createTimeline({ client, name }: ProfilesTable, keptDays: number): ReadableTimeline {
  return {
    async append({ customer, revision, decided, log }) {
      if (log.length === 0) return;
      const expires = Math.ceil(toMillis(decided) / 1000) + keptDays * DAY_SECONDS;
      const item: Record<string, AttributeValue> = {
        [ATTRIBUTES.partition]: { S: KEYS.customer(customer) },
        [ATTRIBUTES.sort]: { S: sortKey(decided, revision) },
        [LOG]: { B: packed(log) },
        [ATTRIBUTES.expires]: { N: String(expires) },
      };
      await answered(client.send(new PutItemCommand({ TableName: name, Item: item })));
    },

    async page(customer, most, from) {
      const partition = { S: KEYS.customer(customer) };
      const { Items: items = [], LastEvaluatedKey: last } = await answered(
        client.send(
          new QueryCommand({
            TableName: name,
            KeyConditionExpression: '#pk = :customer AND begins_with(#sk, :entries)',
            ExpressionAttributeNames: { '#pk': ATTRIBUTES.partition, '#sk': ATTRIBUTES.sort },
            ExpressionAttributeValues: { ':customer': partition, ':entries': { S: 'T#' } },
            ScanIndexForward: false,
            Limit: most,
            ...(from !== undefined && {
              ExclusiveStartKey: { [ATTRIBUTES.partition]: partition, [ATTRIBUTES.sort]: { S: from } },
            }),
          }),
        ),
      );
      const next = last?.[ATTRIBUTES.sort]?.S;
      const revisions = items.flatMap((item) => readEntry(customer, item));
      return next === undefined ? { revisions } : { revisions, next };
    },
  };
}

function sortKey(decided: Instant, revision: number): string {
  return KEYS.timelineEntry(decided, String(revision).padStart(REVISION_DIGITS, '0'));
}

/** What an item of the timeline tells; one that cannot be read says so, and hides none of the others. */
export function readEntry(customer: string, item: Record<string, AttributeValue>): ToldRevision[] {
  const [, instant, digits] = item[ATTRIBUTES.sort]?.S?.split('#') ?? [];
  const decided = instantSchema.safeParse(instant).data;
  const revision = Number(digits);
  if (decided === undefined || !Number.isInteger(revision)) return [];
  try {
    const log = unpacked(item[LOG]?.B ?? new Uint8Array()) as readonly LogEntry[];
    if (Array.isArray(log)) return [{ customer, revision, decided, log }];
  } catch {
    // Told below, without what is in it.
  }
  const log = [{ at: decided, kind: 'ignores', reason: 'this entry cannot be read' } as const];
  return [{ customer, revision, decided, log }];
}
