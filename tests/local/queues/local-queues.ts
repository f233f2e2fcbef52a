// Queues on timers that the test lets pass, with a journal that it can look into.
import type { Json } from '#lib/local/asl/json.ts';
import { NO_CHAOS, type Chaos } from '#lib/local/chaos.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import type { Journal, JournalPart } from '#lib/local/journal/journal.ts';
import { parseQueueResource } from '#lib/local/queues/queue-resource.ts';
import type { Queue } from '#lib/local/queues/queue.ts';
import { createQueues, type Queues } from '#lib/local/queues/queues.ts';
import { FakeTimers } from '../time/fake-timers.ts';

export const PLACE = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '111122223333',
  endpoint: 'http://127.0.0.1:4401',
};
export const START = Date.UTC(2026, 10, 22, 9);

/** Keeps everything in a list; `restart` tells it to a part of the same name. */
export class MemoryJournal implements Journal {
  records: Json[] = [];
  readonly parts: JournalPart[] = [];

  register(part: JournalPart): void {
    this.parts.push(part);
  }

  append(_part: string, record: Json): void {
    // As it comes back from a disk.
    this.records.push(JSON.parse(JSON.stringify(record)) as Json);
  }
}

/** Counts what waits for the time to pass: a long poll that has come in. */
class CountedTimers extends FakeTimers {
  armed = 0;

  override after(millis: number, action: () => void): () => void {
    this.armed += 1;
    return super.after(millis, action);
  }
}

export interface LocalQueues {
  readonly queues: Queues;
  readonly timers: CountedTimers;
  readonly clock: VirtualClock;
  readonly journal: MemoryJournal;
  /** How much holds the time at present. */
  readonly held: () => number;
  /** What the journal would keep of it instead of all records. */
  snapshot(): Json[];
  add(properties: Readonly<Record<string, unknown>>): Queue;
  /** Another process that has read what this one has written down, and nothing else. */
  restarted(records?: readonly Json[]): LocalQueues;
}

export function localQueues(chaos: Chaos = NO_CHAOS, endpoint = PLACE.endpoint): LocalQueues {
  const timers = new CountedTimers();
  const clock = new VirtualClock(START);
  const journal = new MemoryJournal();
  let held = 0;
  let ids = 0;
  const hold = (): (() => void) => {
    held += 1;
    return () => {
      held -= 1;
    };
  };
  const queues = createQueues({
    time: { business: clock, infrastructure: timers, hold },
    journal,
    chaos,
    place: { ...PLACE, endpoint },
    uniqueId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
  });
  return {
    queues,
    timers,
    clock,
    journal,
    held: () => held,
    snapshot: () => journal.parts.flatMap((part) => [...(part.snapshot() as Iterable<Json>)]),
    add(properties) {
      const arn = queues.add(parseQueueResource('Queue', properties));
      const queue = queues.find(arn);
      if (queue === undefined) throw new Error(`not found: ${arn}`);
      return queue;
    },
    restarted(records = journal.records) {
      const next = localQueues(chaos, endpoint);
      for (const record of records) void next.journal.parts[0]?.restore(record);
      next.journal.records = [...records];
      return next;
    },
  };
}

/** A queue with its dead letters: received three times at most. */
export function withDeadLetters(local: LocalQueues): { readonly work: Queue; readonly letters: Queue } {
  const letters = local.add({ QueueName: 'work-dead-letters', MessageRetentionPeriod: 1_209_600 });
  const work = local.add({
    QueueName: 'work',
    VisibilityTimeout: 30,
    MessageRetentionPeriod: 1_209_600,
    RedrivePolicy: { deadLetterTargetArn: letters.arn, maxReceiveCount: 3 },
  });
  return { work, letters };
}
