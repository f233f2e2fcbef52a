/**
 * Calls that nobody waits for: kept until they are done, tried again where they fail, and handed to the destination for failures when
 * they are given up. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
import * as z from 'zod';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Timers } from '../time/timers.ts';
import type { EventInvokeResource } from './function-resource.ts';
import type { InvocationResult } from './functions.ts';

/** A function that has failed is called again after one minute, and then after two. */
const RETRY_MINUTES = [1, 2];
const MINUTE = 60_000;
/** One that there is no room for: after a second, then after twice as long each time, at most five minutes, until the event is too old. */
const THROTTLE_SECONDS = { first: 1, most: 300 };

const NOT_FOUND = 404;

const PART = 'asynchronous calls';

const acceptedSchema = z.strictObject({
  accepted: z.strictObject({ id: z.string(), functionName: z.string(), payload: z.string() }),
});
const doneSchema = z.strictObject({ done: z.string() });
const recordSchema = z.union([acceptedSchema, doneSchema]);

type Accepted = z.output<typeof acceptedSchema>['accepted'];

export interface AsynchronousCallsOptions {
  readonly timers: Timers;
  readonly journal: Journal;
  /** As the destination shows it: business time. */
  readonly now: () => number;
  readonly configOf: (functionName: string) => Omit<EventInvokeResource, 'functionName'>;
  readonly arnOf: (functionName: string) => string;
  /** Rejects with a ServiceError where there is no room, or no such function (404). */
  readonly call: (functionName: string, payload: string, requestId: string) => Promise<InvocationResult>;
  /** Hands to a queue, a function, a bus. */
  readonly deliver: (arn: string, payload: string) => Promise<void>;
  /** A call was given up and nobody was told, or the destination has refused it. */
  readonly onGivenUp: (functionName: string, reason: string) => void;
  /** A fault of ours: the call stays in the journal, and the next run makes it. */
  readonly onFault: (error: unknown) => void;
}

export class AsynchronousCalls {
  readonly #options: AsynchronousCallsOptions;
  readonly #pending = new Map<string, Accepted>();
  #isClosed = false;

  constructor(options: AsynchronousCallsOptions) {
    this.#options = options;
    options.journal.register({
      name: PART,
      restore: (record) => {
        const told = recordSchema.parse(record);
        if ('done' in told) this.#pending.delete(told.done);
        else this.#pending.set(told.accepted.id, told.accepted);
      },
      snapshot: () => Array.from(this.#pending.values(), (accepted) => ({ accepted })),
    });
  }

  /** Kept when it returns. */
  accept(id: string, functionName: string, payload: string): void {
    const accepted = { id, functionName, payload };
    this.#options.journal.append(PART, { accepted });
    this.#pending.set(id, accepted);
    this.#begin(accepted);
  }

  /** Calls that a former run of the local cloud had accepted are made now: from their first attempt on, once all functions are there. */
  resume(): void {
    for (const accepted of this.#pending.values()) this.#begin(accepted);
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Nobody waits for it. */
  #begin(accepted: Accepted): void {
    this.#perform(accepted).catch(this.#options.onFault);
  }

  async #perform(accepted: Accepted): Promise<void> {
    const { timers, configOf, call } = this.#options;
    const { retryAttempts, eventAgeMillis } = configOf(accepted.functionName);
    const acceptedAt = timers.now();
    let failures = 0;
    for (let attempt = 1, throttles = 0; ;) {
      let wait: number;
      let result: InvocationResult | undefined;
      try {
        result = await call(accepted.functionName, accepted.payload, accepted.id);
        if (result.functionError === undefined) return this.#done(accepted.id);
        wait = (RETRY_MINUTES[failures] ?? 0) * MINUTE;
        failures += 1;
        if (failures > retryAttempts)
          return await this.#giveUp(accepted, 'RetriesExhausted', attempt, result);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        // A former run had it. AWS has no condition of its own for that.
        if (error.status === NOT_FOUND)
          return await this.#giveUp(accepted, 'RetriesExhausted', attempt, undefined, error.message);
        wait = Math.min(THROTTLE_SECONDS.first * 2 ** throttles, THROTTLE_SECONDS.most) * 1000;
        throttles += 1;
      }
      if (timers.now() - acceptedAt + wait > eventAgeMillis)
        return this.#giveUp(accepted, 'EventAgeExceeded', attempt, result);
      await new Promise<void>((resolve) => {
        timers.after(wait, resolve);
      });
      if (this.#isClosed) return;
      attempt += 1;
    }
  }

  async #giveUp(
    accepted: Accepted,
    condition: 'RetriesExhausted' | 'EventAgeExceeded',
    attempts: number,
    result: InvocationResult | undefined,
    reason: string = condition,
  ): Promise<void> {
    const { configOf, deliver, onGivenUp } = this.#options;
    const { onFailure } = configOf(accepted.functionName);
    if (onFailure === undefined) onGivenUp(accepted.functionName, reason);
    else
      try {
        await deliver(onFailure, this.#failureRecord(accepted, condition, attempts, result));
      } catch (error) {
        onGivenUp(accepted.functionName, `${reason}, and ${onFailure} refused it: ${String(error)}`);
      }
    this.#done(accepted.id);
  }

  #done(id: string): void {
    // What ends after this part was closed is done again by the next run, as a call whose end nobody has seen.
    if (this.#isClosed) return;
    this.#options.journal.append(PART, { done: id });
    this.#pending.delete(id);
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  #failureRecord(
    { id, functionName, payload }: Accepted,
    condition: string,
    attempts: number,
    result: InvocationResult | undefined,
  ): string {
    return JSON.stringify({
      version: '1.0',
      timestamp: new Date(this.#options.now()).toISOString(),
      requestContext: {
        requestId: id,
        functionArn: `${this.#options.arnOf(functionName)}:$LATEST`,
        condition,
        approximateInvokeCount: attempts,
      },
      requestPayload: JSON.parse(payload) as unknown,
      ...(result && {
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          functionError: result.functionError,
        },
        responsePayload: JSON.parse(result.payload) as unknown,
      }),
    });
  }
}
