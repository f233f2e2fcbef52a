// Functions that answer as a test says, and what readers of queues and streams are put together with.
import { VirtualClock } from '#lib/local/clock.ts';
import { NO_CHAOS, type Chaos } from '#lib/local/chaos.ts';
import type { DeployedFunction, Functions, InvocationResult } from '#lib/local/functions/functions.ts';
import { NO_JOURNAL, type Journal } from '#lib/local/journal/journal.ts';
import { createEventSources, type EventSources } from '#lib/local/event-sources/event-sources.ts';
import type { SourceStream, StreamRecord } from '#lib/local/event-sources/source-stream.ts';
import { createQueues, type Queues } from '#lib/local/queues/queues.ts';
import { FakeTimers } from '../time/fake-timers.ts';

/** What a function is given: records of a queue or of a stream. */
export interface GivenRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly Keys: { readonly pk: { readonly S: string } };
  };
}

/** Answers a call; a FunctionError is one of the function, and a ServiceError one of Lambda. */
export type Script = (records: readonly GivenRecord[]) => unknown;

export const STREAM_ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/profiles/stream/1';
export const READER_ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:reader';
const NOON = Date.UTC(2026, 5, 1, 12);

class MemoryStream implements SourceStream {
  readonly records: StreamRecord[] = [];
  trimmed = '';
  readonly #listeners = new Set<() => void>();

  /** A change of the item of this key; returns its number in the stream. */
  write(key: string, image: Readonly<Record<string, unknown>> = {}): string {
    const sequence = String(1000 + this.records.length);
    const dynamodb = {
      SequenceNumber: sequence,
      Keys: { pk: { S: key } },
      ApproximateCreationDateTime: NOON / 1000,
      NewImage: image,
    };
    this.records.push({ dynamodb });
    for (const listener of this.#listeners) listener();
    return sequence;
  }

  read(after: string | undefined, limit: number): readonly StreamRecord[] {
    const from = this.records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber > (after ?? this.trimmed));
    return from < 0 ? [] : this.records.slice(from, from + limit);
  }

  onRecords(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  trim(sequence: string): void {
    this.trimmed = sequence;
  }
}

export interface Sources {
  readonly timers: FakeTimers;
  readonly queues: Queues;
  readonly stream: MemoryStream;
  readonly sources: EventSources;
  /** What the function was given, call by call. */
  readonly calls: (readonly GivenRecord[])[];
  /** Bucket, key and text of each object that was put. */
  readonly objects: (readonly [string, string, string])[];
  script: Script;
  /** Time is made to pass fast from here on. */
  hurry(): void;
}

export interface SourcesOptions {
  readonly chaos?: Chaos;
  readonly journal?: Journal;
  /** Where no faults are expected, the first one ends the test. */
  readonly onFault?: (error: unknown) => void;
  readonly putObject?: (bucket: string, key: string, body: string) => Promise<void>;
}

export function eventSources(options: SourcesOptions = {}): Sources {
  const timers = new FakeTimers();
  const time = { business: new VirtualClock(NOON), infrastructure: timers, hold: () => () => undefined };
  const place = {
    partition: 'aws',
    region: 'eu-central-1',
    account: '111122223333',
    endpoint: 'http://127.0.0.1:4401',
  };
  const journal = options.journal ?? NO_JOURNAL;
  const chaos = options.chaos ?? NO_CHAOS;
  let ids = 0;
  const queues = createQueues({ time, journal, chaos: NO_CHAOS, place, uniqueId: () => `id-${(ids += 1)}` });
  const stream = new MemoryStream();
  let isHurried = false;
  const onHurry = new Set<() => void>();
  const calls: (readonly GivenRecord[])[] = [];
  const objects: [string, string, string][] = [];
  const invoke = async (_: string, payload: string): Promise<InvocationResult> => {
    const { Records } = JSON.parse(payload) as { Records: GivenRecord[] };
    calls.push(Records);
    const about = { requestId: `call-${calls.length}`, millis: 1 };
    try {
      return { ...about, payload: JSON.stringify((await all.script(Records)) ?? null) };
    } catch (error) {
      if (error instanceof FunctionError)
        return { ...about, payload: '{"errorType":"Error"}', functionError: 'Unhandled' };
      throw error;
    }
  };
  const sources = createEventSources({
    time,
    chaos,
    place,
    journal,
    functions: {
      find: () => ({ arn: READER_ARN, timeoutSeconds: 30 }) as DeployedFunction,
      invoke,
    } satisfies Partial<Functions> as unknown as Functions,
    isHurried: () => isHurried,
    onHurry: (listener) => {
      onHurry.add(listener);
      return () => onHurry.delete(listener);
    },
    onFault:
      options.onFault ??
      ((error) => {
        throw error;
      }),
    findQueue: (arn) => queues.find(arn),
    findStream: (arn) => (arn === STREAM_ARN ? stream : undefined),
    targets: { knows: () => true, deliver: () => Promise.reject(new Error('no such target')) },
    putObject: options.putObject ?? ((...object) => void objects.push(object)),
  });
  const all: Sources = {
    timers,
    queues,
    stream,
    sources,
    calls,
    objects,
    script: () => ({ batchItemFailures: [] }),
    hurry() {
      isHurried = true;
      for (const listener of onHurry) listener();
    },
  };
  return all;
}

/** The function has failed. */
export class FunctionError extends Error {}

/** What a function answers for which these have failed. */
export const failing = (...identifiers: readonly string[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});
