/** Events that belong to no customer, kept while everybody is asked about them: the state machine carries their ids only. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { customerEventSchema, type CustomerEvent } from '#lib/contracts/customer-event.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { toMillis } from '#lib/contracts/time.ts';
import type { BusinessEvents } from '#lib/engine/ports.ts';
import { packed, unpacked } from './packing.ts';
import { answered, unlessRefuted, type ProfilesTable } from './table.ts';

const EVENT = 'event';
/** The longest time for which the asking can be resumed (a failed Distributed Map may be redriven), and a fortnight to notice. */
const KEPT_SECONDS = 28 * 24 * 60 * 60;

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createBusinessEvents({ client, name }: ProfilesTable): BusinessEvents {
  return {
    async keep(id, event) {
      const Item = {
        ...keyOf(id),
        [EVENT]: { B: packed(event) },
        [ATTRIBUTES.expires]: { N: String(Math.ceil(toMillis(event.received) / 1000) + KEPT_SECONDS) },
      };
      // The first one counts: whoever has been asked already was asked about that.
      const ifNew = {
        ConditionExpression: 'attribute_not_exists(#pk)',
        ExpressionAttributeNames: { '#pk': ATTRIBUTES.partition },
      };
      await unlessRefuted(client.send(new PutItemCommand({ TableName: name, Item, ...ifNew })));
    },

    async find(id) {
      const { Item: item } = await answered(
        client.send(new GetItemCommand({ TableName: name, Key: keyOf(id), ConsistentRead: true })),
      );
      const bytes = item?.[EVENT]?.B;
      return bytes === undefined ? undefined : readEvent(bytes);
    },
  };
}

/** Ids are an application's own and may be longer than a key. */
function keyOf(id: string) {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.deployment },
    [ATTRIBUTES.sort]: { S: `EVENT#${hashHex(id, 32)}` },
  };
}

function readEvent(bytes: Uint8Array): CustomerEvent | undefined {
  try {
    return customerEventSchema.safeParse(unpacked(bytes)).data;
  } catch {
    return undefined;
  }
}
