import type { Context, SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { Pace } from '#lib/engine/use-cases/pace.ts';
import { looksBatch } from '#lib/runtime/relay/looks-batch.ts';
import { startBatch } from '#lib/runtime/relay/start-batch.ts';
import { writtenLines } from '../written-lines.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function customer(number: number): string {
  return number.toString(16).padStart(32, '0');
}

function contextOf(millis: number): Context {
  return { functionName: 'f', awsRequestId: 'r', getRemainingTimeInMillis: () => millis } as Context;
}

function messages(bodies: readonly unknown[]): { Records: SQSRecord[] } {
  return {
    Records: bodies.map(
      (body, index) =>
        ({
          messageId: String(index),
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }) as SQSRecord,
    ),
  };
}

/** Starts at five a second in time that passes only by waiting; `throttled`: asked so often, Step Functions has no room. */
async function start(bodies: readonly unknown[], throttled: number, millis = 60_000) {
  let now = 0;
  let refusals = throttled;
  const started: { customer: string; at: number }[] = [];
  const pace = new Pace(5, {
    monotonic: () => now,
    wait: async (pause) => {
      now += pause;
      return Promise.resolve();
    },
  });
  const makeTrue = async (one: string, turn: () => Promise<void>): Promise<void> => {
    if (idle.has(one)) return;
    await turn();
    refusals -= 1;
    if (refusals >= 0) throw new Fault('StartThrottled', 'no room');
    started.push({ customer: one, at: now });
    return Promise.resolve();
  };
  const starting = { ...writtenLines().surroundings, makeTrue, pace, perSecond: 5, monotonic: () => now };
  const { batchItemFailures } = await startBatch(starting, messages(bodies), contextOf(millis));
  return { started, again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted() };
}

/** Customers whose runs somebody else has started by now. */
const idle = new Set([customer(100), customer(101), customer(102)]);

const TEN = Array.from({ length: 10 }, (_, number) => ({ customer: customer(number) }));

describe('starts that were put off', () => {
  it('keep the pace, and all take place', async () => {
    const { started, again } = await start(TEN, 0);
    expect(started.map((one) => one.customer).toSorted()).toEqual(TEN.map((one) => one.customer));
    expect(started.map(({ at }) => at)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800]);
    expect(again).toEqual([]);
  });

  it('that have taken place meanwhile take nobody a turn', async () => {
    const idlers = [...idle].map((one) => ({ customer: one }));
    const { started } = await start([...idlers, ...TEN.slice(0, 2)], 0);
    expect(started.map(({ at }) => at)).toEqual([0, 200]);
  });

  it('pause for all where there is no room even so', async () => {
    const { started, again } = await start(TEN.slice(0, 2), 1);
    expect(started.map(({ at }) => at).every((at) => at >= 1000)).toBe(true);
    expect(again).toEqual([]);
  });

  it('stay in the queue where there is no room for long, and do not fail the batch', async () => {
    expect(await start(TEN.slice(0, 3), Number.POSITIVE_INFINITY)).toEqual({
      started: [],
      again: ['0', '1', '2'],
    });
  });

  it('a message that cannot be read comes again until it is a dead letter, beside those that start', async () => {
    const { started, again } = await start(['no JSON', { customer: 'ada@example.com' }, TEN[0]], 0);
    expect(started).toHaveLength(1);
    expect(again).toEqual(['0', '1']);
  });
});

describe('customers whose look has come', () => {
  it('one who cannot be looked at keeps nobody else from it; the message comes again', async () => {
    const seen: string[] = [];
    const looking = {
      ...writtenLines().surroundings,
      look: async (one: string) => {
        if (one === customer(1)) throw new Fault('UnknownVersion', 'journey@v9 is not known here');
        seen.push(one);
        return Promise.resolve();
      },
    };
    const bodies = [
      { customers: [customer(0), customer(1), customer(2)] },
      { customers: [customer(3)] },
      { customers: [] },
    ];
    const { batchItemFailures } = await looksBatch(looking, messages(bodies), contextOf(60_000));
    expect(seen.toSorted()).toEqual([customer(0), customer(2), customer(3)]);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted()).toEqual(['0', '2']);
  });
});
