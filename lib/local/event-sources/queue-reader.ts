/**
 * Lambda reading a queue for a function: batches as large as they come, several calls at once. What was worked off is removed; what has
 * failed stays invisible until its time is over and comes again, which the queue sees to.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
import type { Cancel } from '../clock.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { InvocationResult } from '../functions/functions.ts';
import type { Queue, ReceivedMessage } from '../queues/queue.ts';
import { failedRecords } from './failed-records.ts';
import type { QueueMapping } from './mapping-resource.ts';
import { backoffMillis, fittingRecords, type Reader, type ReadingParts } from './reading.ts';

/**
 * Calls at once, however many more the mapping allows: as many as a function has instances (instances.ts). Messages of a call that has to
 * wait for one would become visible again while they wait.
 */
const MOST_CALLS = 3;
/**
 * A function that there is no room for is asked again for half a minute, after a second, two, four and so on; queues hide messages for
 * longer, six times the time-out of the function. Then the messages come again.
 */
const THROTTLE_ATTEMPTS = 5;

export class QueueReader implements Reader {
  readonly #mapping: QueueMapping;
  readonly #queue: Queue;
  readonly #parts: ReadingParts;
  #calls = 0;
  #stopListening: Cancel | undefined;
  #cancelWindow: Cancel | undefined;
  #lastResult = 'No records processed';

  constructor(mapping: QueueMapping, queue: Queue, parts: ReadingParts) {
    this.#mapping = mapping;
    this.#queue = queue;
    this.#parts = parts;
  }

  get lastResult(): string {
    return this.#lastResult;
  }

  start(): void {
    if (this.#stopListening !== undefined) return;
    const stopHearing = this.#queue.onArrival(() => this.#look());
    // A window that is open when time begins to jump would keep the jump waiting until it is over.
    const stopHurrying = this.#parts.onHurry(() => this.#look());
    this.#stopListening = () => {
      stopHearing();
      stopHurrying();
    };
    this.#look();
  }

  stop(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#cancelWindow?.();
    this.#cancelWindow = undefined;
  }

  get #mostCalls(): number {
    return Math.min(this.#mapping.maximumConcurrency ?? MOST_CALLS, MOST_CALLS);
  }

  /** Messages may be there: reads them now, or when the window is over. */
  #look(): void {
    if (this.#stopListening === undefined || this.#calls >= this.#mostCalls) return;
    const { waiting } = this.#queue.counts();
    if (waiting === 0) return;
    const { windowMillis, batchSize } = this.#mapping;
    if (windowMillis > 0 && waiting < batchSize && !this.#parts.isHurried()) {
      this.#cancelWindow ??= this.#parts.time.infrastructure.after(windowMillis, () => {
        this.#cancelWindow = undefined;
        this.#read();
      });
      return;
    }
    this.#cancelWindow?.();
    this.#cancelWindow = undefined;
    this.#read();
  }

  #read(): void {
    while (this.#calls < this.#mostCalls) {
      const messages = this.#queue.receive({ most: this.#mapping.batchSize });
      if (messages.length === 0) return;
      this.#calls += 1;
      this.#workOff(messages)
        .catch(this.#parts.onFault)
        .finally(() => {
          this.#calls -= 1;
          this.#look();
        });
      if (this.#queue.counts().waiting < this.#mapping.batchSize) break;
    }
    this.#look();
  }

  async #workOff(messages: readonly ReceivedMessage[]): Promise<void> {
    const { chaos } = this.#parts;
    let rest = messages;
    while (rest.length > 0) {
      const fitting = fittingRecords(rest);
      const isSplit = fitting > 1 && chaos.happens('batch is split');
      const batch = rest.slice(0, isSplit ? 1 + chaos.millis(fitting - 1) : fitting);
      rest = rest.slice(batch.length);
      await this.#call(batch);
    }
  }

  async #call(batch: readonly ReceivedMessage[]): Promise<void> {
    const payload = JSON.stringify({ Records: batch.map((message) => this.#record(message)) });
    const result = await this.#invoked(payload);
    const failed = result === undefined ? 'all' : this.#failed(result, batch);
    this.#lastResult = failed === 'all' ? 'PROBLEM: Function call failed' : 'OK';
    if (failed === 'all') return;
    for (const { id, receipt } of batch) if (!failed.has(id)) this.#queue.remove(receipt);
  }

  #failed(
    { functionError, payload }: InvocationResult,
    batch: readonly ReceivedMessage[],
  ): ReadonlySet<string> | 'all' {
    if (functionError !== undefined) return 'all';
    if (!this.#mapping.reportsFailures) return new Set();
    return failedRecords(payload, new Set(batch.map(({ id }) => id)));
  }

  /** undefined: there was no room for the call. Time is held for calls, not for the pauses between them. */
  async #invoked(payload: string): Promise<InvocationResult | undefined> {
    const { functions, time } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await functions.invoke(this.#mapping.functionName, payload);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        if (error.name !== 'TooManyRequestsException' || attempt > THROTTLE_ATTEMPTS) return undefined;
        await new Promise<void>((resolve) => {
          time.infrastructure.after(backoffMillis(attempt), resolve);
        });
      }
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
  #record({ id, receipt, body, md5OfBody, attributes, messageAttributes }: ReceivedMessage): object {
    return {
      messageId: id,
      receiptHandle: receipt,
      body,
      attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(messageAttributes).map(([name, attribute]) => [
          name,
          {
            stringValue: attribute.StringValue,
            binaryValue: attribute.BinaryValue,
            stringListValues: [],
            binaryListValues: [],
            dataType: attribute.DataType,
          },
        ]),
      ),
      md5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#queue.arn,
      awsRegion: this.#parts.region,
    };
  }
}
