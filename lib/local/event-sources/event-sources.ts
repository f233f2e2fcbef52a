/**
 * Event source mappings of Lambda: who reads queues and streams of the local cloud for functions, switched on and off as operators do.
 */
import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { RestRoute } from '../gateway/rest-service.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { Queue } from '../queues/queue.ts';
import type { Targets } from '../targets.ts';
import { givenUpKey, givenUpRecord, type GivenUpBatch } from './given-up-batch.ts';
import { mappingRoutes } from './mapping-operations.ts';
import type { QueueMapping, StreamMapping } from './mapping-resource.ts';
import { QueueReader } from './queue-reader.ts';
import type { Reader, ReadingParts } from './reading.ts';
import type { SourceStream } from './source-stream.ts';
import { StreamReader } from './stream-reader.ts';

export interface EventSourcesOptions extends Omit<ReadingParts, 'region'> {
  readonly place: Place;
  readonly journal: Journal;
  /** By ARN. */
  readonly findQueue: (arn: string) => Queue | undefined;
  /** By the ARN of the stream. */
  readonly findStream: (arn: string) => SourceStream | undefined;
  /** Where batches that were given up are told, but for buckets. */
  readonly targets: Targets;
  /** Puts an object into the bucket of this ARN. */
  readonly putObject: (bucketArn: string, key: string, body: string) => void | Promise<void>;
}

export interface EventSources {
  /**
   * The function and the source are there already. Nothing is read before `start`.
   * @returns the mapping's id.
   * @throws Error that names the function or the source that is missing, or a filter that is none.
   */
  add(mapping: QueueMapping | StreamMapping): string;
  /** Begins to read; call it once, when everything is put together. */
  start(): void;
  /** Its operations, for lambdaService (lib/local/functions). */
  readonly routes: readonly RestRoute[];
  /** Nothing more is read. */
  close(): void;
}

/** A mapping at work. */
export interface ActiveMapping {
  readonly id: string;
  readonly mapping: QueueMapping | StreamMapping;
  readonly functionArn: string;
  readonly reader: Reader;
  isEnabled: boolean;
  /** Seconds since 1970, of the business. */
  lastModified: number;
}

const PART = 'event sources';

const switchSchema = z.strictObject({ id: z.string(), isEnabled: z.boolean() });

export function createEventSources(options: EventSourcesOptions): EventSources {
  const { time, place, journal, functions, findQueue, findStream, targets, putObject, onFault } = options;
  const parts: ReadingParts = { ...options, region: place.region };
  const active = new Map<string, ActiveMapping>();
  /** Switches that an operator has moved away from what the template says. */
  const switches = new Map<string, boolean>();
  let isStarted = false;

  journal.register({
    name: PART,
    restore: (record) => {
      const { id, isEnabled } = switchSchema.parse(record);
      switches.set(id, isEnabled);
      const found = active.get(id);
      if (found !== undefined) found.isEnabled = isEnabled;
    },
    snapshot: () => Array.from(switches, ([id, isEnabled]) => ({ id, isEnabled })),
  });

  const onGivenUp = async (
    id: string,
    { onFailure, sourceArn }: StreamMapping,
    functionArn: string,
    batch: GivenUpBatch,
  ): Promise<void> => {
    if (onFailure === undefined) return;
    const requestId = randomUUID();
    const about = { functionArn, streamArn: sourceArn, now: time.business.now(), requestId };
    try {
      if (onFailure.split(':')[2] === 's3')
        await putObject(onFailure, givenUpKey(id, about.now, requestId), givenUpRecord(batch, about, true));
      else await targets.deliver(onFailure, givenUpRecord(batch, about, false));
    } catch (error) {
      onFault(new Error(`Records that were given up could not be handed to ${onFailure}.`, { cause: error }));
    }
  };

  const readerOf = (id: string, mapping: QueueMapping | StreamMapping, functionArn: string): Reader => {
    const missing = new Error(
      `${mapping.functionName} is to read from ${mapping.sourceArn}, and there is no such source.`,
    );
    if (mapping.kind === 'queue') {
      const queue = findQueue(mapping.sourceArn);
      if (queue === undefined) throw missing;
      return new QueueReader(mapping, queue, parts);
    }
    const stream = findStream(mapping.sourceArn);
    if (stream === undefined) throw missing;
    return new StreamReader(mapping, stream, parts, (batch) => onGivenUp(id, mapping, functionArn, batch));
  };

  const apply = ({ reader, isEnabled }: ActiveMapping): void => {
    if (isEnabled && isStarted) reader.start();
    else reader.stop();
  };

  return {
    add(mapping) {
      const reading = functions.find(mapping.functionName);
      if (reading === undefined)
        throw new Error(
          `${mapping.sourceArn} is read for ${mapping.functionName}, which is no function here.`,
        );
      const { arn: functionArn, timeoutSeconds } = reading;
      const hidden = findQueue(mapping.sourceArn)?.visibilitySeconds;
      // Lambda refuses it too: a batch would come again while it is worked on.
      if (hidden !== undefined && hidden < timeoutSeconds)
        throw new Error(
          `Messages of ${mapping.sourceArn} are hidden for ${hidden} seconds, and ${mapping.functionName}, which reads them, may take ${timeoutSeconds}: the queue's VisibilityTimeout has to be as long at least.`,
        );
      const id = mappingId(mapping.sourceArn, functionArn);
      const reader = readerOf(id, mapping, functionArn);
      const isEnabled = switches.get(id) ?? mapping.isEnabled;
      const lastModified = Math.floor(time.business.now() / 1000);
      active.set(id, { id, mapping, functionArn, reader, isEnabled, lastModified });
      return id;
    },
    start() {
      isStarted = true;
      for (const one of active.values()) apply(one);
    },
    routes: mappingRoutes({
      all: () => [...active.values()],
      find: (id) => active.get(id),
      turn(one, isEnabled) {
        journal.append(PART, { id: one.id, isEnabled });
        switches.set(one.id, isEnabled);
        one.isEnabled = isEnabled;
        one.lastModified = Math.floor(time.business.now() / 1000);
        apply(one);
      },
    }),
    close() {
      isStarted = false;
      for (const { reader } of active.values()) reader.stop();
    },
  };
}

/** The same after a restart: operators may have noted it. In the form of a UUID. */
function mappingId(sourceArn: string, functionArn: string): string {
  const digits = createHash('sha256').update(`${sourceArn} ${functionArn}`).digest('hex');
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join('-');
}
