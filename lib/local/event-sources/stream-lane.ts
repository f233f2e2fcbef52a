/**
 * One of the batches of a stream that are worked on at once. Its records come one batch after the other, and a batch that fails holds up
 * those behind it until it is through or given up; other lanes go on.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
import type { InvocationResult } from '../functions/functions.ts';
import { ServiceError } from '../gateway/service-error.ts';

import { failedRecords } from './failed-records.ts';
import type { GivenUpBatch } from './given-up-batch.ts';
import type { StreamMapping } from './mapping-resource.ts';
import type { StreamRecord } from './source-stream.ts';
import { backoffMillis, fittingRecords, type ReadingParts } from './reading.ts';

/** A record that waits for its turn, and since when it has been known (infrastructure time). */
export interface LaneRecord {
  readonly record: StreamRecord;
  readonly since: number;
}

export interface LaneOptions {
  readonly mapping: StreamMapping;
  readonly parts: ReadingParts;
  /** Kept while the mapping is switched off. */
  readonly whenEnabled: () => Promise<void>;
  /** They need not come again: worked off, or given up. */
  readonly onDone: (records: readonly LaneRecord[]) => void;
  readonly onGivenUp: (batch: GivenUpBatch) => Promise<void>;
  readonly onResult: (isSuccess: boolean) => void;
}

/** What has become of a batch so far. */
interface Progress {
  readonly calls: number;
  /** Calls that count as attempts, since something was last worked off. */
  readonly failures: number;
}

export class StreamLane {
  readonly #options: LaneOptions;
  #records: LaneRecord[] = [];
  #isBusy = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  push(record: LaneRecord): void {
    this.#records.push(record);
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#workOff().catch(this.#options.parts.onFault);
  }

  async #workOff(): Promise<void> {
    try {
      while (this.#records.length > 0) {
        await this.#options.whenEnabled();
        await this.#finish(this.#nextBatch(), { calls: 0, failures: 0 });
      }
    } finally {
      // In the same moment in which nothing more was found: what is pushed right after that begins anew.
      this.#isBusy = false;
    }
  }

  #nextBatch(): readonly LaneRecord[] {
    const { mapping, parts } = this.#options;
    const candidates = this.#records.slice(0, mapping.batchSize);
    const fitting = fittingRecords(candidates.map(({ record }) => record));
    const isSplit = fitting > 1 && parts.chaos.happens('batch is split');
    return this.#records.splice(0, isSplit ? 1 + parts.chaos.millis(fitting - 1) : fitting);
  }

  /** Until each record of the batch is worked off or given up. */
  async #finish(batch: readonly LaneRecord[], { calls, failures }: Progress): Promise<void> {
    const { mapping, parts, onResult } = this.#options;
    let rest = batch;
    let throttles = 0;
    let result: InvocationResult | undefined;
    for (;;) {
      rest = await this.#withoutExpired(rest, calls, result);
      if (rest.length === 0) return;
      const answered = await this.#invoked(rest);
      if (answered === 'no room') {
        throttles += 1;
        await this.#pause(throttles);
        continue;
      }
      result = answered;
      throttles = 0;
      calls += 1;
      const worked = this.#workedOff(result, rest);
      onResult(worked === rest.length);
      if (worked === rest.length && parts.chaos.happens('stream record comes twice')) continue;
      this.#done(rest.slice(0, worked));
      rest = rest.slice(worked);
      if (rest.length === 0) return;
      if (result?.functionError !== undefined && mapping.bisects && rest.length > 1) {
        // Halving is no attempt.
        const middle = Math.ceil(rest.length / 2);
        await this.#finish(rest.slice(0, middle), { calls, failures });
        await this.#finish(rest.slice(middle), { calls, failures });
        return;
      }
      failures = worked > 0 ? 1 : failures + 1;
      if (failures > mapping.retryAttempts) {
        await this.#giveUp({ records: rest, condition: 'RetryAttemptsExhausted', calls, result });
        return;
      }
      await this.#pause(failures);
    }
  }

  /** Time is held for calls, not for the pauses between them. */
  async #pause(failures: number): Promise<void> {
    const { parts, whenEnabled } = this.#options;
    await new Promise<void>((resolve) => {
      parts.time.infrastructure.after(backoffMillis(failures), resolve);
    });
    await whenEnabled();
  }

  /** Those at the head of the batch that are too old are given up without another attempt; those behind them are younger. */
  async #withoutExpired(
    batch: readonly LaneRecord[],
    calls: number,
    result: InvocationResult | undefined,
  ): Promise<readonly LaneRecord[]> {
    const { mapping, parts } = this.#options;
    const oldest = parts.time.infrastructure.now() - mapping.recordAgeMillis;
    const young = batch.findIndex(({ since }) => since >= oldest);
    if (young === 0) return batch;
    const expired = young < 0 ? batch : batch.slice(0, young);
    await this.#giveUp({ records: expired, condition: 'RecordAgeExceeded', calls, result });
    return batch.slice(expired.length);
  }

  async #giveUp(batch: GivenUpBatch): Promise<void> {
    try {
      await this.#options.onGivenUp(batch);
    } catch (error) {
      this.#options.parts.onFault(error);
    }
    this.#done(batch.records);
  }

  /** Where it cannot be written down, the next run makes these calls again; those behind them need not wait for that. */
  #done(records: readonly LaneRecord[]): void {
    try {
      this.#options.onDone(records);
    } catch (error) {
      this.#options.parts.onFault(error);
    }
  }

  /** How many records from the head of the batch on are worked off: those before the first that has failed. */
  #workedOff(result: InvocationResult | undefined, batch: readonly LaneRecord[]): number {
    if (result === undefined || result.functionError !== undefined) return 0;
    if (!this.#options.mapping.reportsFailures) return batch.length;
    const sequences = batch.map(({ record }) => record.dynamodb.SequenceNumber);
    const failed = failedRecords(result.payload, new Set(sequences));
    if (failed === 'all') return 0;
    const first = sequences.findIndex((sequence) => failed.has(sequence));
    return first < 0 ? batch.length : first;
  }

  /**
   * `'no room'`: for the call. That is no attempt, and is tried until the records are too old. undefined: a fault of ours, told as such,
   * which is an attempt as any that has failed.
   */
  async #invoked(batch: readonly LaneRecord[]): Promise<InvocationResult | 'no room' | undefined> {
    const { mapping, parts } = this.#options;
    try {
      const payload = JSON.stringify({ Records: batch.map(({ record }) => record) });
      return await parts.functions.invoke(mapping.functionName, payload);
    } catch (error) {
      if (error instanceof ServiceError) return 'no room';
      parts.onFault(error);
      return undefined;
    }
  }
}
