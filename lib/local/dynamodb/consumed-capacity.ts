// What a transaction consumes: each read and write counts twice, because it is prepared and then carried out.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
import type { EmbeddedAnswer } from './embedded.ts';
import type { Capacity } from './transaction-input.ts';

const TIMES = 2;

/** @returns the member of the answer; none where it was not asked for. */
export function consumed(capacity: Capacity, answers: readonly EmbeddedAnswer[]): object {
  if (capacity === undefined || capacity === 'NONE') return {};
  const units = new Map<string, number>();
  for (const { body } of answers) {
    const { ConsumedCapacity: one } = JSON.parse(body) as {
      readonly ConsumedCapacity?: { readonly TableName: string; readonly CapacityUnits: number };
    };
    if (one !== undefined)
      units.set(one.TableName, (units.get(one.TableName) ?? 0) + TIMES * one.CapacityUnits);
  }
  return {
    ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({
      TableName,
      CapacityUnits,
      ...(capacity === 'INDEXES' && { Table: { CapacityUnits } }),
    })),
  };
}
