/** Whose the ids are that applications know a customer by beside their own: one item each. */
import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { Identities } from '#lib/engine/ports.ts';
import { OWNER, pointerTo } from './belongings.ts';
import { answered, type ProfilesTable } from './table.ts';

const SORT_KEY = 'ID';

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createIdentities({ client, name }: ProfilesTable): Identities {
  const put = (Item: Record<string, AttributeValue>) =>
    answered(client.send(new PutItemCommand({ TableName: name, Item })));
  return {
    async ownerOf(kind, hash) {
      // Consistent: whoever asks writes only where somebody else owns it.
      const { Item: item } = await answered(
        client.send(new GetItemCommand({ TableName: name, Key: keyOf(kind, hash), ConsistentRead: true })),
      );
      return item?.[OWNER]?.S;
    },

    async learn(kind, hash, customer) {
      const partition = KEYS.identity(kind, hash);
      await put(pointerTo(customer, partition, SORT_KEY));
      await put({ ...keyOf(kind, hash), [OWNER]: { S: customer } });
    },
  };
}

function keyOf(kind: string, hash: string) {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.identity(kind, hash) },
    [ATTRIBUTES.sort]: { S: SORT_KEY },
  };
}
