import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chaos, Mishap } from '#lib/local/chaos.ts';
import { parseQueueResource } from '#lib/local/queues/queue-resource.ts';
import type { Queue } from '#lib/local/queues/queue.ts';
import { START, localQueues, withDeadLetters, type LocalQueues } from './local-queues.ts';

function left(queue: Queue): number {
  return Object.values(queue.counts()).reduce((sum, count) => sum + count, 0);
}

function always(mishap: Mishap): Chaos {
  return { happens: (one) => one === mishap, millis: (most) => most / 2 };
}

const DAY = 86_400_000;

function bodies(queue: Queue, most = 10): string[] {
  return queue.receive({ most }).map(({ body }) => body);
}

/** Receives what is there as often as the queue allows, without ever removing it. */
async function failAll(local: LocalQueues, queue: Queue): Promise<void> {
  for (let attempt = 0; attempt <= 3; attempt += 1) {
    queue.receive({ most: 10 });
    await local.timers.pass(30_000);
  }
}

describe('a queue', () => {
  it('gives a message to one receiver until its visibility is over, and then to the next', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', VisibilityTimeout: 30 });
    queue.send('one');
    expect(bodies(queue)).toEqual(['one']);
    await local.timers.pass(29_999);
    expect(bodies(queue)).toEqual([]);
    await local.timers.pass(1);
    expect(queue.receive({ most: 1 })[0]?.attributes['ApproximateReceiveCount']).toBe('2');
  });

  it('does not give a message back because the business jumps', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work' });
    queue.send('one');
    bodies(queue);
    await local.clock.runUntil(START + DAY);
    expect(bodies(queue)).toEqual([]);
  });

  it('removes by the newest receipt only', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', VisibilityTimeout: 30 });
    queue.send('one');
    const [first] = queue.receive({ most: 1 });
    await local.timers.pass(30_000);
    const [second] = queue.receive({ most: 1 });
    queue.remove(first?.receipt ?? '');
    expect(queue.counts()).toEqual({ waiting: 0, inFlight: 1, delayed: 0 });
    queue.remove(second?.receipt ?? '');
    expect(queue.counts()).toEqual({ waiting: 0, inFlight: 0, delayed: 0 });
    await local.timers.pass(30_000);
    expect(bodies(queue)).toEqual([]);
  });

  it('refuses receipts of other queues, and of messages that nobody has', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', VisibilityTimeout: 30 });
    const other = local.add({ QueueName: 'other' });
    queue.send('one');
    const [taken] = queue.receive({ most: 1 });
    const receipt = taken?.receipt ?? '';
    expect(() => other.remove(receipt)).toThrow(expect.objectContaining({ name: 'ReceiptHandleIsInvalid' }));
    await local.timers.pass(30_000);
    expect(() => queue.release(receipt, 0)).toThrow(expect.objectContaining({ name: 'MessageNotInflight' }));
  });

  it('releases a message earlier or later than its visibility', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', VisibilityTimeout: 30 });
    queue.send('one');
    const receipt = () => queue.receive({ most: 1 })[0]?.receipt ?? '';
    queue.release(receipt(), 0);
    queue.release(receipt(), 60_000);
    await local.timers.pass(59_999);
    expect(queue.counts().inFlight).toBe(1);
    await local.timers.pass(1);
    expect(queue.counts().waiting).toBe(1);
  });

  it('keeps a delayed message until its delay is over', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', DelaySeconds: 5 });
    queue.send('late');
    queue.send('at once', { delayMillis: 0 });
    expect(queue.counts()).toEqual({ waiting: 1, inFlight: 0, delayed: 1 });
    expect(bodies(queue)).toEqual(['at once']);
    await local.timers.pass(5000);
    expect(bodies(queue)).toEqual(['late']);
  });

  it('tells its readers of every message that can be received', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', VisibilityTimeout: 30 });
    let told = 0;
    const stop = queue.onArrival(() => {
      told += 1;
    });
    queue.send('one');
    queue.send('two', { delayMillis: 1000 });
    expect(told).toBe(1);
    await local.timers.pass(1000);
    expect(told).toBe(2);
    queue.receive({ most: 1 });
    await local.timers.pass(30_000);
    expect(told).toBe(3);
    stop();
    queue.send('three');
    expect(told).toBe(3);
  });

  it('holds the time while a reader could take something, and not while it waits for another attempt', async () => {
    const local = localQueues();
    const queue = local.add({ QueueName: 'work', VisibilityTimeout: 30 });
    queue.send('one');
    expect(local.held()).toBe(0);
    const stop = queue.onArrival(() => undefined);
    expect(local.held()).toBe(1);
    queue.receive({ most: 1 });
    expect(local.held()).toBe(0);
    await local.timers.pass(30_000);
    expect(local.held()).toBe(1);
    stop();
    expect(local.held()).toBe(0);
  });

  it('shows what waits without receiving it, and tells when its counts change', () => {
    const local = localQueues();
    const { work, letters } = withDeadLetters(local);
    let changes = 0;
    const stop = work.onChange(() => {
      changes += 1;
    });
    work.send('one');
    work.send('two');
    expect(work.peek(1)).toMatchObject([{ body: 'one', sentAt: START, messageAttributes: {} }]);
    expect([changes, work.counts().waiting, work.deadLetterArn]).toEqual([2, 2, letters.arn]);
    work.receive({ most: 10 });
    expect(changes).toBeGreaterThan(2);
    const before = changes;
    work.receive({ most: 10 });
    work.counts();
    stop();
    work.send('three');
    expect(changes).toBe(before);
  });
});

describe('dead letters', () => {
  it('are messages that were received as often as the queue allows; they keep their id and say where they come from', async () => {
    const local = localQueues();
    const { work, letters } = withDeadLetters(local);
    const id = work.send('unreadable', { attributes: { reason: { DataType: 'String', StringValue: 'x' } } });
    await failAll(local, work);
    expect(work.counts()).toEqual({ waiting: 0, inFlight: 0, delayed: 0 });
    const [letter] = letters.receive({ most: 1 });
    expect(letter).toMatchObject({ id, body: 'unreadable', messageAttributes: { reason: {} } });
    expect(letter?.attributes).toMatchObject({
      DeadLetterQueueSourceArn: work.arn,
      ApproximateReceiveCount: '4',
      SentTimestamp: String(START),
    });
  });

  it('are gone after the retention of their queue, in days of the business', async () => {
    const local = localQueues();
    const { work, letters } = withDeadLetters(local);
    work.send('unreadable');
    await failAll(local, work);
    await local.clock.runUntil(START + 14 * DAY - 1);
    expect(letters.counts().waiting).toBe(1);
    await local.clock.runUntil(START + 14 * DAY);
    expect(letters.counts().waiting).toBe(0);
  });

  it('are not what a jump of the business makes of a message that waits for another attempt', async () => {
    const local = localQueues();
    const { work } = withDeadLetters(local);
    work.send('one');
    work.receive({ most: 1 });
    await local.clock.runUntil(START + 30 * DAY);
    await local.timers.pass(30_000);
    expect(bodies(work)).toEqual(['one']);
  });

  it('need their queue first', () => {
    const local = localQueues();
    const arn = 'arn:aws:sqs:eu-central-1:111122223333:nowhere';
    expect(() =>
      local.add({ QueueName: 'work', RedrivePolicy: { deadLetterTargetArn: arn, maxReceiveCount: 3 } }),
    ).toThrow(/The queue work has its dead letters go to arn:.*:nowhere, which is no queue/);
  });
});

describe('a restart', () => {
  it('finds what was not removed, with its counts, and what was received can be received again', () => {
    const local = localQueues();
    const { work } = withDeadLetters(local);
    work.send('removed');
    work.remove(work.receive({ most: 1 })[0]?.receipt ?? '');
    work.send('received', { attributes: { shop: { DataType: 'Number', StringValue: '7' } } });
    work.receive({ most: 1 });
    work.send('delayed', { delayMillis: 60_000 });
    const after = withDeadLetters(local.restarted());
    expect(
      after.work
        .receive({ most: 10 })
        .map(({ body, attributes }) => [body, attributes['ApproximateReceiveCount']]),
    ).toEqual([
      ['received', '2'],
      ['delayed', '1'],
    ]);
  });

  it('finds dead letters where they were put, and what was purged nowhere', async () => {
    const local = localQueues();
    const { work, letters } = withDeadLetters(local);
    work.send('unreadable');
    await failAll(local, work);
    const after = withDeadLetters(local.restarted());
    expect([after.work.counts().waiting, bodies(after.letters)]).toEqual([0, ['unreadable']]);
    letters.receive({ most: 1 }).forEach(({ receipt }) => letters.remove(receipt));
    expect(withDeadLetters(local.restarted()).letters.counts().waiting).toBe(0);
  });

  it('ends alike from every snapshot with what was written while it was made', async () => {
    const step = fc.oneof(
      fc.constant('send' as const),
      fc.constant('receive' as const),
      fc.constant('remove' as const),
      fc.constant('wait' as const),
      fc.constant('letter' as const),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.nat(40),
        fc.nat(10),
        async (steps, from, during) => {
          const local = localQueues();
          const { work, letters } = withDeadLetters(local);
          let receipts: string[] = [];
          let written = 0;
          let records = local.journal.records;
          for (const [index, taken] of steps.entries()) {
            if (index === from) written = local.journal.records.length;
            if (taken === 'send') work.send(String(index));
            else if (taken === 'receive') receipts = work.receive({ most: 2 }).map(({ receipt }) => receipt);
            else if (taken === 'remove') receipts.forEach((receipt) => work.remove(receipt));
            else if (taken === 'wait') await local.timers.pass(30_000);
            else letters.receive({ most: 1 }).forEach(({ receipt }) => letters.remove(receipt));
            if (index === from + during) records = local.snapshot();
          }
          const all = local.journal.records;
          const isShort = steps.length <= from + during;
          const told = isShort ? all : [...records, ...all.slice(written)];
          const after = withDeadLetters(local.restarted(told));
          expect([left(after.work), left(after.letters)]).toEqual([left(work), left(letters)]);
        },
      ),
    );
  });
});

describe('with chaos', () => {
  it('a message comes twice, also after it was removed', async () => {
    const local = localQueues(always('message comes twice'));
    const queue = local.add({ QueueName: 'work' });
    const id = queue.send('one');
    const [first] = queue.receive({ most: 10 });
    queue.remove(first?.receipt ?? '');
    await local.timers.pass(1000);
    const [second] = queue.receive({ most: 10 });
    expect([first?.id, second?.id]).toEqual([id, id]);
  });

  it('a message comes late, after others that were sent later', async () => {
    const late = { count: 0 };
    const local = localQueues({
      happens: (mishap) => mishap === 'message comes late' && (late.count += 1) === 1,
      millis: (most) => most / 2,
    });
    const queue = local.add({ QueueName: 'work' });
    queue.send('first');
    queue.send('second');
    expect(bodies(queue)).toEqual(['second']);
    const stop = queue.onArrival(() => undefined);
    expect(local.held()).toBe(1);
    stop();
    await local.timers.pass(1000);
    expect(bodies(queue)).toEqual(['first']);
  });
});

describe('a resource of the template', () => {
  it('is refused with its name where it cannot be run', () => {
    expect(() => parseQueueResource('EventsQueue', { QueueName: 'events.fifo', FifoQueue: true })).toThrow(
      /The queue EventsQueue cannot be run here:[^]*FifoQueue/,
    );
  });
});
