/** Whose the ids are that applications know a customer by beside their own: one item each. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { Identities } from '#lib/engine/ports.ts';
import { answered, type ProfilesTable } from './table.ts';

const SORT_KEY = 'ID';
const OWNER = 'owner';

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createIdentities({ client, name }: ProfilesTable): Identities {
  return {
    async ownerOf(kind, hash) {
      // Consistent: whoever asks writes only where somebody else owns it.
      const { Item: item } = await answered(
        client.send(new GetItemCommand({ TableName: name, Key: keyOf(kind, hash), ConsistentRead: true })),
      );
      return item?.[OWNER]?.S;
    },

    async learn(kind, hash, customer) {
      const Item = { ...keyOf(kind, hash), [OWNER]: { S: customer } };
      await answered(client.send(new PutItemCommand({ TableName: name, Item })));
    },
  };
}

function keyOf(kind: string, hash: string) {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.identity(kind, hash) },
    [ATTRIBUTES.sort]: { S: SORT_KEY },
  };
}
