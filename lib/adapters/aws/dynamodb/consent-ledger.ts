/** The consent ledger in DynamoDB: one item for each entry, beside the customer's document, written once and never deleted by time. */
import { PutItemCommand, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { ledgerEntrySchema, type LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { ConsentLedger } from '#lib/engine/ports.ts';
import { packed, unpacked } from './packing.ts';
import { answered, onlyAfterRevision, unlessRefuted, type ProfilesTable } from './table.ts';

const ENTRY = 'entry';

/** Both throw the faults `TableUnavailable` and `TableRefused`, and `read` throws `DocumentNotUnderstood`. */
export function createConsentLedger({ client, name }: ProfilesTable): ConsentLedger {
  return {
    async append(customer, entries) {
      for (const entry of entries) {
        const item: Record<string, AttributeValue> = {
          [ATTRIBUTES.partition]: { S: KEYS.customer(customer) },
          [ATTRIBUTES.sort]: { S: KEYS.ledgerEntry(entry.at, entry.id) },
          [ENTRY]: { B: packed(entry) },
        };
        // Only where there is none: what was written once stays as it was.
        await unlessRefuted(
          client.send(new PutItemCommand({ TableName: name, Item: item, ...onlyAfterRevision(0) })),
        );
      }
    },

    async read(customer) {
      const entries: LedgerEntry[] = [];
      let from: Record<string, AttributeValue> | undefined;
      do {
        const { Items: items = [], LastEvaluatedKey: last } = await answered(
          client.send(
            new QueryCommand({
              TableName: name,
              KeyConditionExpression: '#pk = :customer AND begins_with(#sk, :entries)',
              ExpressionAttributeNames: { '#pk': ATTRIBUTES.partition, '#sk': ATTRIBUTES.sort },
              ExpressionAttributeValues: {
                ':customer': { S: KEYS.customer(customer) },
                ':entries': { S: KEYS.ledgerEntry('', '').slice(0, 2) },
              },
              // A proof is asked for right after something was said as well.
              ConsistentRead: true,
              ...(from === undefined ? {} : { ExclusiveStartKey: from }),
            }),
          ),
        );
        entries.push(...items.map(readLedgerEntry));
        from = last;
      } while (from !== undefined);
      return entries;
    },
  };
}

/** Throws the fault `DocumentNotUnderstood`: a proof with a hole in it that nobody is told of would be none. */
export function readLedgerEntry(item: Record<string, AttributeValue>): LedgerEntry {
  try {
    return ledgerEntrySchema.parse(unpacked(item[ENTRY]?.B ?? new Uint8Array()));
  } catch {
    const key = `${item[ATTRIBUTES.partition]?.S} ${item[ATTRIBUTES.sort]?.S}`;
    throw new Fault('DocumentNotUnderstood', `the item ${key} holds no entry of the ledger that can be read`);
  }
}
