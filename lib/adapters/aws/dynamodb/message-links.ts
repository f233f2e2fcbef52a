/** Which message a provider's id belongs to: one item each, for as long as reports may come. */
import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { sentMessageSchema } from '#lib/contracts/sent-message.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { MessageLinks } from '#lib/engine/ports.ts';
import { OWNER, pointerTo } from './belongings.ts';
import { answered, type ProfilesTable } from './table.ts';

const SORT_KEY = 'MSG';
const SENT = 'sent';
/**
 * The final state of a text message may take 72 hours, a message is read or replied to later; who answers after two weeks starts a
 * conversation of their own. https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
 */
const KEPT_SECONDS = 14 * 24 * 60 * 60;

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createMessageLinks({ client, name }: ProfilesTable, now: () => Instant): MessageLinks {
  const seconds = () => Math.floor(toMillis(now()) / 1000);
  const put = (Item: Record<string, AttributeValue>) =>
    answered(client.send(new PutItemCommand({ TableName: name, Item })));
  return {
    async remember(channel, id, sent) {
      const expires = { N: String(seconds() + KEPT_SECONDS) };
      const { customer } = sent;
      await put(pointerTo(customer, KEYS.message(channel, id), SORT_KEY, expires));
      await put({
        ...keyOf(channel, id),
        [OWNER]: { S: customer },
        [SENT]: { S: JSON.stringify(sent) },
        [ATTRIBUTES.expires]: expires,
      });
    },

    async find(channel, id) {
      // Consistent: the first report may be faster than a second.
      const { Item: item } = await answered(
        client.send(new GetItemCommand({ TableName: name, Key: keyOf(channel, id), ConsistentRead: true })),
      );
      // DynamoDB deletes days after an item has expired.
      if (item === undefined || Number(item[ATTRIBUTES.expires]?.N ?? 0) <= seconds()) return undefined;
      return sentMessageSchema.safeParse(parsed(item[SENT]?.S)).data;
    },
  };
}

function keyOf(channel: string, id: string) {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.message(channel, id) },
    [ATTRIBUTES.sort]: { S: SORT_KEY },
  };
}

function parsed(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
