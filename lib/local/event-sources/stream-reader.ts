/**
 * Lambda reading a table's stream for a function: records that pass the filters, in lanes side by side, those of one item in order. How
 * far everything is worked off is kept by the stream itself (`trim`), so that a restart goes on from there.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
import { createHash } from 'node:crypto';
import type { Json } from '../asl/json.ts';

import { parseEventPatternText, type EventPattern } from '../events/pattern/event-pattern.ts';
import type { GivenUpBatch } from './given-up-batch.ts';
import type { StreamMapping } from './mapping-resource.ts';
import type { Reader, ReadingParts } from './reading.ts';
import type { SourceStream, StreamRecord } from './source-stream.ts';
import { StreamLane, type LaneRecord } from './stream-lane.ts';

/** As many batches wait for each lane at most; what is behind them stays in the stream. */
const BATCHES_AHEAD = 4;

interface Known {
  readonly sequence: string;
  isDone: boolean;
}

export class StreamReader implements Reader {
  readonly #mapping: StreamMapping;
  readonly #stream: SourceStream;
  readonly #parts: ReadingParts;
  readonly #filters: readonly EventPattern[];
  readonly #lanes: readonly StreamLane[];
  /** Read, in the order of the stream, from the first that is not worked off on. */
  #known: Known[] = [];
  #readThrough: string | undefined;
  #stopListening: (() => void) | undefined;
  #whenEnabled: (() => void)[] = [];
  #lastResult = 'No records processed';

  /** @throws InvalidPattern where a filter is none. */
  constructor(
    mapping: StreamMapping,
    stream: SourceStream,
    parts: ReadingParts,
    onGivenUp: (batch: GivenUpBatch) => Promise<void>,
  ) {
    this.#mapping = mapping;
    this.#stream = stream;
    this.#parts = parts;
    this.#filters = mapping.filters.map(parseEventPatternText);
    const options = {
      mapping,
      parts,
      onGivenUp,
      whenEnabled: () => this.#enabled(),
      onDone: (records: readonly LaneRecord[]) => this.#done(records),
      onResult: (isSuccess: boolean) => {
        this.#lastResult = isSuccess ? 'OK' : 'PROBLEM: Function call failed';
      },
    };
    this.#lanes = Array.from({ length: mapping.lanes }, () => new StreamLane(options));
  }

  get lastResult(): string {
    return this.#lastResult;
  }

  start(): void {
    if (this.#stopListening !== undefined) return;
    this.#stopListening = this.#stream.onRecords(() => this.#read());
    for (const resume of this.#whenEnabled.splice(0)) resume();
    this.#read();
  }

  stop(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #enabled(): Promise<void> {
    if (this.#stopListening !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenEnabled.push(resolve);
    });
  }

  #read(): void {
    const most = BATCHES_AHEAD * this.#mapping.batchSize * this.#mapping.lanes;
    while (this.#stopListening !== undefined && this.#known.length < most) {
      const records = this.#stream.read(this.#readThrough, most - this.#known.length);
      if (records.length === 0) break;
      const since = this.#parts.time.infrastructure.now();
      for (const record of records) {
        const sequence = record.dynamodb.SequenceNumber;
        this.#readThrough = sequence;
        const passes = this.#passes(record);
        this.#known.push({ sequence, isDone: !passes });
        if (passes) this.#lanes[laneOf(record, this.#lanes.length)]?.push({ record, since });
      }
    }
    this.#checkpoint();
  }

  #passes(record: StreamRecord): boolean {
    return (
      this.#filters.length === 0 || this.#filters.some((filter) => filter.matches(record as unknown as Json))
    );
  }

  #done(records: readonly LaneRecord[]): void {
    const sequences = new Set(records.map(({ record }) => record.dynamodb.SequenceNumber));
    for (const known of this.#known) if (sequences.has(known.sequence)) known.isDone = true;
    this.#checkpoint();
    this.#read();
  }

  /** Everything before the first record that is not worked off. */
  #checkpoint(): void {
    const first = this.#known.findIndex(({ isDone }) => !isDone);
    const worked = this.#known.splice(0, first < 0 ? this.#known.length : first).at(-1);
    if (worked !== undefined) this.#stream.trim(worked.sequence);
  }
}

/** Records of one item are in one lane. */
function laneOf({ dynamodb: { Keys: keys } }: StreamRecord, lanes: number): number {
  return createHash('md5').update(JSON.stringify(keys)).digest().readUInt32BE() % lanes;
}
