// Queues and the table's stream, and Lambda reading them for functions: batches, partial failures, attempts, dead letters.
import { createHash } from 'node:crypto';
import type { Json } from '#lib/local/asl/json.ts';
import type { VirtualClock } from '#lib/local/clock.ts';
import { parseEventPattern } from '#lib/local/events/pattern/event-pattern.ts';
import type { DeployedStack, EventSource, Queue } from './deployed-stack.ts';
import type { Operations } from './gateway.ts';
import type { Invoke } from './packed-function.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  attempts: number;
}

/** The names of records that have to come again. */
interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** A queue with whoever reads it. Messages are read when they come, which is one of the ways in which it may happen. */
export class LocalQueue {
  readonly queue: Queue;
  readonly #clock: VirtualClock;
  readonly #reader: { readonly source: EventSource; readonly invoke: Invoke } | undefined;
  readonly #deadLetters: (message: Message) => void;
  readonly waiting: Message[] = [];
  #count = 0;
  #isArranged = false;

  constructor(
    clock: VirtualClock,
    queue: Queue,
    reader: { readonly source: EventSource; readonly invoke: Invoke } | undefined,
    deadLetters: (body: string) => void,
  ) {
    this.#clock = clock;
    this.queue = queue;
    this.#reader = reader;
    this.#deadLetters = ({ body }) => deadLetters(body);
  }

  put(body: string): string {
    this.#count += 1;
    const id = `${this.queue.name}-${this.#count}`;
    this.#take({ id, body, attempts: 0 });
    return id;
  }

  #take(message: Message): void {
    this.waiting.push(message);
    if (this.#reader === undefined || this.#isArranged) return;
    this.#isArranged = true;
    this.#clock.at(this.#clock.now(), () => this.#read());
  }

  async #read(): Promise<void> {
    this.#isArranged = false;
    const reader = this.#reader;
    if (reader === undefined) return;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, reader.source.batchSize);
      for (const message of batch) message.attempts += 1;
      const answer = (await reader.invoke({
        Records: batch.map((message) => this.#record(message)),
      })) as BatchAnswer;
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const message of batch.filter(({ id }) => failed.has(id)))
        if (message.attempts >= this.queue.attempts) this.#deadLetters(message);
        else
          this.#clock.at(this.#clock.now() + this.queue.visibilityMillis, () => {
            this.#take(message);
          });
    }
  }

  #record({ id, body, attempts }: Message) {
    return {
      messageId: id,
      receiptHandle: id,
      body,
      attributes: { ApproximateReceiveCount: String(attempts), SentTimestamp: String(this.#clock.now()) },
      messageAttributes: {},
      md5OfBody: md5(body),
      eventSource: 'aws:sqs',
      eventSourceARN: this.queue.arn,
      awsRegion: 'eu-central-1',
    };
  }
}

/** Every queue of the stack, by ARN. */
export function createQueues(
  clock: VirtualClock,
  { queues, sources }: Pick<DeployedStack, 'queues' | 'sources'>,
  invoke: (functionName: string) => Invoke,
): ReadonlyMap<string, LocalQueue> {
  const all = new Map<string, LocalQueue>();
  for (const queue of queues) {
    const source = sources.find(({ sourceArn }) => sourceArn === queue.arn);
    const reader = source && { source, invoke: invoke(source.functionName) };
    all.set(
      queue.arn,
      new LocalQueue(clock, queue, reader, (body) => all.get(queue.deadLetters ?? '')?.put(body)),
    );
  }
  return all;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html; clients check the digests. */
export function queueOperations(queues: ReadonlyMap<string, LocalQueue>): Operations {
  const byUrl = (url: unknown): LocalQueue => {
    const name = String(url).split('/').at(-1);
    const found = [...queues.values()].find(({ queue }) => queue.name === name);
    if (found === undefined) throw new Error(`no queue ${String(url)}`);
    return found;
  };
  return {
    'AmazonSQS.SendMessage': ({ QueueUrl: url, MessageBody: body }) => ({
      MessageId: byUrl(url).put(String(body)),
      MD5OfMessageBody: md5(String(body)),
    }),
    'AmazonSQS.SendMessageBatch': ({ QueueUrl: url, Entries: entries }) => ({
      Successful: (entries as unknown as readonly { Id: string; MessageBody: string }[]).map(
        ({ Id, MessageBody: body }) => ({
          Id,
          MessageId: byUrl(url).put(body),
          MD5OfMessageBody: md5(body),
        }),
      ),
      Failed: [],
    }),
  };
}

/** An item as requests and stream records carry it: binaries are base64. */
export type Item = Readonly<Record<string, { readonly S?: string; readonly B?: string }>>;

/** The table's stream: items written become records, of which the event source passes those that its filter matches. */
export function createStream(clock: VirtualClock, source: EventSource, invoke: Invoke): (item: Item) => void {
  let count = 0;
  const filters = source.filters.map((filter) => parseEventPattern(filter as Json));
  let waiting: unknown[] = [];
  const read = async (): Promise<void> => {
    const records = waiting;
    waiting = [];
    for (let from = 0; from < records.length; from += source.batchSize) {
      const batch = records.slice(from, from + source.batchSize);
      const { batchItemFailures } = (await invoke({ Records: batch })) as BatchAnswer;
      // Nothing of what is played is out of reach: whatever fails here is a fault of ours.
      if (batchItemFailures.length > 0) throw new Error('the relay has reported a record');
    }
  };
  return ({ pk, sk, ...rest }) => {
    const record = {
      eventID: String((count += 1)),
      eventName: 'MODIFY',
      eventSource: 'aws:dynamodb',
      eventSourceARN: source.sourceArn,
      dynamodb: { SequenceNumber: String(count), Keys: { pk, sk }, NewImage: { pk, sk, ...rest } },
    };
    if (!filters.some((filter) => filter.matches(record as unknown as Json))) return;
    waiting.push(record);
    if (waiting.length === 1) clock.at(clock.now(), read);
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
