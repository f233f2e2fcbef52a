/**
 * How slots of a channel are stored: an item for each second that counts what is taken, by counter, and one item that says up to
 * which second each counter is full.
 */
import {
  BatchGetItemCommand,
  GetItemCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { placesIn } from '#lib/contracts/learned-rate.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { SlotCounter } from '#lib/engine/ports.ts';
import { answered, unlessRefuted, type ProfilesTable } from './table.ts';

const SORT_KEY = 'SLOT';
/** A second that is over is of no use to anybody; an hour for clocks that differ. */
const KEPT_SECONDS = 60 * 60;

/** Numbers by counter: places taken, or seconds. */
export type Numbers = ReadonlyMap<string, number>;

/** Slots of one channel, for some of its counters. Its calls throw the faults `TableUnavailable` and `TableRefused`. */
export class SlotItems {
  readonly #table: ProfilesTable;
  readonly #channel: string;
  readonly #counters: readonly SlotCounter[];

  constructor(table: ProfilesTable, channel: string, counters: readonly SlotCounter[]) {
    this.#table = table;
    this.#channel = channel;
    this.#counters = counters;
  }

  /** Takes a place of all counters in the second; answers what is taken by then. Undefined: one has none left, and nothing is taken. */
  async take(second: number): Promise<Numbers | undefined> {
    const each = (text: (index: number) => string) => this.#counters.map((_, index) => text(index));
    const most = this.#counters.map((one, index) => [`:most${index}`, { N: String(placesIn(one, second)) }]);
    const answer = await unlessRefuted(
      this.#table.client.send(
        new UpdateItemCommand({
          TableName: this.#table.name,
          Key: this.#keyOf(second),
          UpdateExpression: `SET ${each((index) => `#c${index} = if_not_exists(#c${index}, :none) + :one`).join(', ')}, #expires = :expires`,
          ConditionExpression: each(
            (index) => `(attribute_not_exists(#c${index}) OR #c${index} < :most${index})`,
          ).join(' AND '),
          ExpressionAttributeNames: { ...this.#names(), '#expires': ATTRIBUTES.expires },
          ExpressionAttributeValues: {
            ...Object.fromEntries(most),
            ':none': { N: '0' },
            ':one': { N: '1' },
            ':expires': { N: String(second + KEPT_SECONDS) },
          },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
    return answer && this.#read(answer.Attributes);
  }

  /** What is taken in each of at most a hundred seconds. One that DynamoDB has left out this time counts as empty: taking it will tell. */
  async taken(seconds: readonly number[]): Promise<readonly Numbers[]> {
    const { name, client } = this.#table;
    const Keys = seconds.map((second) => this.#keyOf(second));
    const { Responses: found } = await answered(
      client.send(new BatchGetItemCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } })),
    );
    const items = new Map(found?.[name]?.map((item) => [item[ATTRIBUTES.partition]?.S, item]));
    return seconds.map((second) => this.#read(items.get(this.#partition(second))));
  }

  /** By counter, the second before which all are full. */
  async fullUntil(): Promise<Numbers> {
    const { name, client } = this.#table;
    const { Item: item } = await answered(
      client.send(new GetItemCommand({ TableName: name, Key: this.#keyOf(), ConsistentRead: true })),
    );
    return this.#read(item);
  }

  /** Tells the others that the counter is full before this second. */
  async tellFull(counter: string, until: number): Promise<void> {
    await unlessRefuted(
      this.#table.client.send(
        new UpdateItemCommand({
          TableName: this.#table.name,
          Key: this.#keyOf(),
          UpdateExpression: 'SET #counter = :until',
          ConditionExpression: 'attribute_not_exists(#counter) OR #counter < :until',
          ExpressionAttributeNames: { '#counter': counter },
          ExpressionAttributeValues: { ':until': { N: String(until) } },
        }),
      ),
    );
  }

  #names(): Record<string, string> {
    return Object.fromEntries(this.#counters.map(({ counter }, index) => [`#c${index}`, counter]));
  }

  /** Every second is a partition of its own, so that they share the load; without a second, the item about all of them. */
  #keyOf(second?: number): Record<string, AttributeValue> {
    return { [ATTRIBUTES.partition]: { S: this.#partition(second) }, [ATTRIBUTES.sort]: { S: SORT_KEY } };
  }

  #partition(second?: number): string {
    return KEYS.slots(second === undefined ? this.#channel : `${this.#channel}#${second}`);
  }

  #read(item: Record<string, AttributeValue> = {}): Numbers {
    return new Map(this.#counters.map(({ counter }) => [counter, Number(item[counter]?.N ?? 0)]));
  }
}
