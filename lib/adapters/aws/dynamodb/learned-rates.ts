/** What providers that throttle have taught of the rates of their channels: one item for all channels, with the last word on each. */
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { isRecovered, SETTLES_MILLIS, slowedDown, type LearnedRate } from '#lib/contracts/learned-rate.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { instantSchema, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { Slots } from '#lib/engine/ports.ts';
import { answered, unlessRefuted, type ProfilesTable } from './table.ts';

const SORT_KEY = 'RATES';
/** How old what is known here may be. Every marketing message asks; who has missed a throttle runs into one of its own. */
const KEPT_MILLIS = 10_000;

const storedSchema = z.object({ perSecond: z.int().min(1), since: instantSchema, minutes: z.int().min(1) });

/** As it is stored: the text is what the next write is conditional on. */
interface Stored {
  readonly text: string;
  readonly rate: LearnedRate;
}

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createLearnedRates({ client, name }: ProfilesTable): Pick<Slots, 'learned' | 'slowDown'> {
  const key = { [ATTRIBUTES.partition]: { S: KEYS.deployment }, [ATTRIBUTES.sort]: { S: SORT_KEY } };
  let known = new Map<Channel, Stored>();
  let readAt = Number.NEGATIVE_INFINITY;

  async function read(now: Instant, consistent: boolean): Promise<void> {
    const { Item: item = {} } = await answered(
      client.send(new GetItemCommand({ TableName: name, Key: key, ConsistentRead: consistent })),
    );
    const found = channelSchema.options.flatMap((channel): [Channel, Stored][] => {
      const text = item[channel]?.S;
      return text === undefined ? [] : [[channel, { text, rate: storedSchema.parse(JSON.parse(text)) }]];
    });
    known = new Map(found);
    readAt = toMillis(now);
  }

  /** False where somebody else was first. */
  async function write(channel: Channel, rate: LearnedRate, before: Stored | undefined): Promise<boolean> {
    const text = JSON.stringify(rate);
    const written = await unlessRefuted(
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: key,
          UpdateExpression: 'SET #channel = :rate',
          ConditionExpression: before === undefined ? 'attribute_not_exists(#channel)' : '#channel = :before',
          ExpressionAttributeNames: { '#channel': channel },
          ExpressionAttributeValues: {
            ':rate': { S: text },
            ...(before === undefined ? {} : { ':before': { S: before.text } }),
          },
        }),
      ),
    );
    if (written !== undefined) known.set(channel, { text, rate });
    return written !== undefined;
  }

  return {
    async learned(now) {
      if (toMillis(now) - readAt >= KEPT_MILLIS) await read(now, false);
      const slow = [...known].filter(([, { rate }]) => !isRecovered(rate, now));
      return Object.fromEntries(slow.map(([channel, { rate }]) => [channel, rate]));
    },
    async slowDown(channel, now) {
      const since = known.get(channel)?.rate.since;
      if (since !== undefined && toMillis(now) - toMillis(since) < SETTLES_MILLIS) return;
      await read(now, true);
      const before = known.get(channel);
      const next = slowedDown(before?.rate, now);
      if (next === before?.rate) return;
      // Whoever was first has said the same.
      if (!(await write(channel, next, before))) await read(now, true);
    },
  };
}
