import type { Context, SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { UntoldCustomer } from '#lib/contracts/audience.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { Pace } from '#lib/engine/use-cases/pace.ts';
import type { Ending } from '#lib/runtime/relay/execution-ending.ts';
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
          attributes: { ApproximateReceiveCount: '1' },
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
  const { dead, surroundings } = writtenLines();
  const starting = { ...surroundings, makeTrue, pace, perSecond: 5, monotonic: () => now };
  const { batchItemFailures } = await startBatch(starting, messages(bodies), contextOf(millis));
  return {
    started,
    dead: dead.map(({ reason }) => reason),
    again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted(),
  };
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
      dead: [],
      again: ['0', '1', '2'],
    });
  });

  it('a message that cannot be read is a dead letter with the reason, beside those that start', async () => {
    const { started, dead, again } = await start(['no JSON', { customer: 'ada@example.com' }, TEN[0]], 0);
    expect(started).toHaveLength(1);
    expect(dead).toEqual(['the message is no JSON', 'the message has something unexpected at: customer']);
    expect(again).toEqual([]);
  });
});

/** Every customer is noted with what was done; `fails`: nothing can be done for them. */
async function look(bodies: readonly unknown[], fails: (customer: string) => boolean = () => false) {
  const done: string[] = [];
  const { dead, lines, surroundings } = writtenLines();
  const as = (what: string) => async (one: string) => {
    if (fails(one)) throw new Fault('UnknownVersion', 'journey@v9 is not known here');
    done.push(`${what} ${Number.parseInt(one, 16)}`);
    return Promise.resolve();
  };
  const looking = {
    ...surroundings,
    look: as('look'),
    askAgain: ({ customer: one }: UntoldCustomer) => as('ask')(one),
    recordEnding: ({ run }: Ending) => as('end')(run?.customer ?? ''),
  };
  const { batchItemFailures } = await looksBatch(looking, messages(bodies), contextOf(60_000));
  const again = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).toSorted();
  const logged = lines.map((line) => JSON.parse(line) as { message?: string; customer?: string });
  const named = logged.flatMap((line) => (line.message === LOG_EVENTS.customerFailed ? [line.customer] : []));
  return { done: done.toSorted(), dead: dead.map(({ reason }) => reason), again, named };
}

function ending(one: string): object {
  const run = { run: '0'.repeat(24), leg: 1, customer: one, journey: 'welcome', version: 'v1' };
  return {
    source: 'aws.states',
    detail: {
      executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:wend-test-welcome-v1:0-1',
      status: 'FAILED',
      input: JSON.stringify(run),
    },
  };
}

function untold(one: string): UntoldCustomer {
  return { customer: one, input: { kind: 'event', id: 'restocked-1' }, reason: 'DocumentConflict' };
}

describe('customers who need a look', () => {
  it('get it for whatever reason they are in the queue', async () => {
    expect(await look([{ customers: [customer(1)] }, ending(customer(2)), untold(customer(3))])).toEqual({
      done: ['ask 3', 'end 2', 'look 1'],
      dead: [],
      again: [],
      named: [],
    });
  });

  it('one who cannot be looked at keeps nobody else from it; the message comes again, and the log names them', async () => {
    const bodies = [
      { customers: [customer(0), customer(1), customer(2)] },
      ending(customer(1)),
      untold(customer(1)),
      { customers: [customer(3)] },
      untold(customer(4)),
    ];
    const { done, dead, again, named } = await look(bodies, (one) => one === customer(1));
    expect(named).toEqual([customer(1)]);
    expect(done).toEqual(['ask 4', 'look 0', 'look 2', 'look 3']);
    expect(dead).toEqual([]);
    expect(again).toEqual(['0', '1', '2']);
  });

  it('what cannot be read is a dead letter with the reason, of whichever kind it is', async () => {
    const bodies = [
      { customers: [] },
      { ...untold(customer(1)), input: 'all' },
      { detail: {} },
      null,
      untold(customer(2)),
    ];
    const { done, dead, again } = await look(bodies);
    expect(dead.toSorted()).toEqual([
      'no status event of an execution',
      'the message has something unexpected at: ',
      'the message has something unexpected at: customers',
      'the message has something unexpected at: input',
    ]);
    expect(done).toEqual(['ask 2']);
    expect(again).toEqual([]);
  });
});
