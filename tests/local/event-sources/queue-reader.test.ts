// A queue read for a function: which messages come together, when, and what becomes of those that fail.
import { describe, expect, it } from 'vitest';
import { parseEventSourceMapping } from '#lib/local/event-sources/mapping-resource.ts';
import { ServiceError } from '#lib/local/gateway/service-error.ts';
import { parseQueueResource } from '#lib/local/queues/queue-resource.ts';
import type { Queue } from '#lib/local/queues/queue.ts';
import { turn } from '../time/fake-timers.ts';
import { eventSources, failing, FunctionError, type Script, type Sources } from './scripted-functions.ts';

const VISIBILITY_SECONDS = 180;

function reading(
  properties: Readonly<Record<string, unknown>> = {},
  options = {},
): Sources & { queue: Queue } {
  const all = eventSources(options);
  const deadLetters = all.queues.add(parseQueueResource('Dead', { QueueName: 'dead' }));
  const arn = all.queues.add(
    parseQueueResource('Events', {
      QueueName: 'events',
      VisibilityTimeout: VISIBILITY_SECONDS,
      RedrivePolicy: { deadLetterTargetArn: deadLetters, maxReceiveCount: 3 },
    }),
  );
  all.sources.add(
    parseEventSourceMapping('Mapping', {
      EventSourceArn: arn,
      FunctionName: 'reader',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...properties,
    }),
  );
  const queue = all.queues.find(arn);
  if (queue === undefined) throw new Error('the queue is missing');
  all.sources.start();
  return Object.assign(all, { queue });
}

const bodies = ({ calls }: Sources) => calls.map((records) => records.map(({ body }) => body));

it('a queue that hides messages for less than a call may take is not read', () => {
  const all = eventSources({});
  const arn = all.queues.add(parseQueueResource('Short', { QueueName: 'short', VisibilityTimeout: 29 }));
  const mapping = parseEventSourceMapping('Mapping', { EventSourceArn: arn, FunctionName: 'reader' });
  expect(() => all.sources.add(mapping)).toThrow(/hidden for 29 seconds, and reader.* may take 30/);
});

describe('a batch', () => {
  it('is what waits, at most as much as the mapping says', async () => {
    const all = reading({ BatchSize: 2, MaximumBatchingWindowInSeconds: 1 });
    for (const body of ['a', 'b', 'c']) all.queue.send(body);
    await turn();
    expect(bodies(all)).toEqual([['a', 'b']]);
    await all.timers.pass(1000);
    expect(bodies(all)).toEqual([['a', 'b'], ['c']]);
    expect(all.queue.counts()).toEqual({ waiting: 0, inFlight: 0, delayed: 0 });
  });

  it('waits for nobody else without a window, and while time is made to pass fast', async () => {
    const without = reading();
    without.queue.send('a');
    await turn();
    expect(bodies(without)).toEqual([['a']]);
    const hurried = reading({ MaximumBatchingWindowInSeconds: 5 });
    hurried.hurry();
    hurried.queue.send('a');
    await turn();
    expect(bodies(hurried)).toEqual([['a']]);
  });

  it('is called with what is there when time begins to be made to pass fast', async () => {
    const all = reading({ MaximumBatchingWindowInSeconds: 5 });
    all.queue.send('a');
    all.queue.send('b');
    await turn();
    expect(bodies(all)).toEqual([]);
    all.hurry();
    await turn();
    expect(bodies(all)).toEqual([['a', 'b']]);
  });

  it('has at most the 6 MB of a call', async () => {
    const all = reading({ BatchSize: 10, MaximumBatchingWindowInSeconds: 1 });
    for (let index = 0; index < 8; index += 1) all.queue.send('x'.repeat(1_000_000));
    await all.timers.pass(1000);
    await turn();
    const sizes = all.calls.map((records) => records.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(8);
    expect(Math.max(...sizes)).toBeLessThan(7);
  });

  it('comes with others at once, but with no more calls than the mapping allows', async () => {
    const all = reading({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    const ends: (() => void)[] = [];
    all.script = () =>
      new Promise((resolve) => {
        ends.push(() => resolve(null));
      });
    for (const body of ['a', 'b', 'c']) all.queue.send(body);
    await turn();
    expect(bodies(all)).toEqual([['a'], ['b']]);
    ends[0]?.();
    await turn();
    expect(bodies(all)).toEqual([['a'], ['b'], ['c']]);
  });

  it('is cut where chaos has it come in parts', async () => {
    const all = reading(
      { MaximumBatchingWindowInSeconds: 1 },
      { chaos: { happens: (mishap: string) => mishap === 'batch is split', millis: () => 0 } },
    );
    for (const body of ['a', 'b', 'c']) all.queue.send(body);
    await all.timers.pass(1000);
    expect(bodies(all)).toEqual([['a'], ['b'], ['c']]);
  });
});

const WHOLE_BATCH_FAILS: readonly (readonly [string, Script])[] = [
  [
    'a function that throws',
    () => {
      throw new FunctionError();
    },
  ],
  ['an answer that names somebody else', () => failing('stranger')],
  ['an answer that names nobody', () => failing('')],
  ['an answer of another form', () => ({ batchItemFailures: [{ id: 1 }] })],
];

describe('what fails', () => {
  it('comes again alone, after its time, and is a dead letter in the end', async () => {
    const all = reading({ MaximumBatchingWindowInSeconds: 1 });
    all.script = (records) =>
      failing(...records.filter(({ body }) => body === 'bad').map(({ messageId }) => messageId));
    all.queue.send('good');
    all.queue.send('bad');
    await all.timers.pass(1000);
    expect(bodies(all)).toEqual([['good', 'bad']]);
    for (let attempt = 0; attempt < 4; attempt += 1) await all.timers.pass((VISIBILITY_SECONDS + 2) * 1000);
    expect(bodies(all)).toEqual([['good', 'bad'], ['bad'], ['bad']]);
    expect(all.calls.at(-1)?.[0]?.attributes['ApproximateReceiveCount']).toBe('3');
    expect(
      all.queues
        .all()
        .find(({ name }) => name === 'dead')
        ?.counts().waiting,
    ).toBe(1);
  });

  it.each(WHOLE_BATCH_FAILS)('%s: the whole batch comes again', async (_, script) => {
    const all = reading({ MaximumBatchingWindowInSeconds: 1 });
    all.script = script;
    all.queue.send('a');
    all.queue.send('b');
    await all.timers.pass(1000);
    expect(all.queue.counts()).toMatchObject({ inFlight: 2 });
    all.script = () => null;
    await all.timers.pass((VISIBILITY_SECONDS + 2) * 1000);
    expect(all.queue.counts()).toEqual({ waiting: 0, inFlight: 0, delayed: 0 });
  });

  it('for want of room is asked again soon, and counts as no failure', async () => {
    const all = reading();
    let refusals = 2;
    all.script = () => {
      if ((refusals -= 1) >= 0) throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
      return null;
    };
    all.queue.send('a');
    await turn();
    await all.timers.pass(3000);
    expect(all.calls.map(([first]) => first?.attributes['ApproximateReceiveCount'])).toEqual(['1', '1', '1']);
    expect(all.queue.counts().inFlight).toBe(0);
  });
});
