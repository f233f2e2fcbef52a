// All queues of the local cloud, and what the journal keeps of them.
import type { Chaos } from '../chaos.ts';
import type { Json } from '../asl/json.ts';
import type { Service } from '../gateway/service.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { LocalQueue } from './local-queue.ts';
import { queueRecordSchema, restoreRecord, type Message, type QueueRecord } from './message.ts';
import { createMoveTasks } from './move-tasks.ts';
import type { QueueResource } from './queue-resource.ts';
import type { Queue } from './queue.ts';
import { queueService } from './queue-service.ts';

export interface QueuesOptions {
  readonly time: CloudTime;
  readonly journal: Journal;
  readonly chaos: Chaos;
  readonly place: Place;
  /** A UUID each time. */
  readonly uniqueId: () => string;
}

export interface Queues {
  /**
   * The queue of its dead letters is added before it.
   * @returns its ARN.
   * @throws Error where the name is taken or the queue of dead letters is missing.
   */
  add(resource: QueueResource): string;
  find(arn: string): Queue | undefined;
  all(): readonly Queue[];
  /** Amazon SQS, for clients. */
  readonly service: Service;
  close(): void;
}

export function createQueues({ time, journal, chaos, place, uniqueId }: QueuesOptions): Queues {
  const queues = new Map<string, LocalQueue>();
  const byArn = new Map<string, LocalQueue>();
  /** By queue and key. Some queues are added later, and some were in the template of an earlier run only. */
  const waiting = new Map<string, Map<string, Message>>();
  const waitingIn = (name: string): Map<string, Message> => {
    const found = waiting.get(name) ?? new Map<string, Message>();
    waiting.set(name, found);
    return found;
  };
  journal.register({
    name: 'queues',
    restore: (record) => restoreRecord(waitingIn, queueRecordSchema.parse(record)),
    snapshot: () => [...queues.values()].flatMap((queue) => queue.snapshot() as unknown as Json[]),
  });
  const append = (record: QueueRecord): void => journal.append('queues', record as unknown as Json);
  const moveTasks = createMoveTasks({ time, uniqueId });
  return {
    add(resource) {
      const { QueueName: name, RedrivePolicy: redrive } = resource;
      if (queues.has(name)) throw new Error(`There are two queues of the name ${name}.`);
      const deadLetters = redrive && byArn.get(redrive.deadLetterTargetArn);
      if (redrive !== undefined && deadLetters === undefined)
        throw new Error(
          `The queue ${name} has its dead letters go to ${redrive.deadLetterTargetArn}, which is no queue that was added before it.`,
        );
      const parts = { time, place, chaos, uniqueId, append, deadLetters, waiting: waitingIn(name) };
      const queue = new LocalQueue(resource, parts);
      queues.set(name, queue);
      byArn.set(queue.arn, queue);
      return queue.arn;
    },
    find: (arn) => byArn.get(arn),
    all: () => [...queues.values()],
    service: queueService({ queues, byArn, moveTasks, time }),
    close() {
      moveTasks.close();
      for (const queue of queues.values()) queue.close();
    },
  };
}
