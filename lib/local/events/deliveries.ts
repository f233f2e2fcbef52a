// Hands something to a target until it is taken, given up, or put into a dead-letter queue. What has failed once is in the journal before
// whoever has caused it gets an answer, so that it survives a kill.
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { toJson, type Json } from '../asl/json.ts';
import type { Cancel } from '../clock.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Targets } from '../targets.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import type { SendDeadLetter } from './dead-letter.ts';
import {
  DEFAULT_AGE_SECONDS,
  DEFAULT_RETRY_ATTEMPTS,
  retryAfterMillis,
  retryPolicySchema,
} from './retry-policy.ts';

const deliverySchema = z.object({
  targetArn: z.string(),
  payload: z.string(),
  retryPolicy: retryPolicySchema,
  /** undefined: what cannot be delivered is dropped, as on AWS, and told. */
  deadLetterArn: z.string().optional(),
  /** Body of the dead letter. */
  letter: z.string(),
  /** Attributes that say where it comes from: `RULE_ARN`, `SCHEDULE_ARN`. */
  origin: z.record(z.string(), z.string()),
});

type Delivery = z.infer<typeof deliverySchema>;

const recordSchema = z.union([
  z.object({ failed: z.string(), delivery: deliverySchema }),
  z.object({ settled: z.string() }),
]);

/** Something that was to be delivered is gone: there is no dead-letter queue, or it did not take it. */
export interface LostDelivery {
  readonly targetArn: string;
  readonly origin: Readonly<Record<string, string>>;
  readonly reason: string;
}

export interface DeliveriesOptions {
  readonly time: CloudTime;
  readonly targets: Targets;
  readonly journal: Journal;
  /** Its part of the journal. */
  readonly journalPart: string;
  readonly deadLetters: SendDeadLetter;
  readonly onLost: (lost: LostDelivery) => void;
  /** What the target gets at an attempt, of which 1 is the first; undefined: always the same. */
  readonly atAttempt?: (payload: string, attempt: number) => string;
}

export interface Deliveries {
  /** Done when the first attempt is over: the target has it, or it is known that it has to be tried again. Never rejects for a target's fault. */
  deliver(delivery: Delivery): Promise<void>;
  /** Ends all waiting; the journal has what was waited for. */
  close(): void;
}

/** As AWS tells causes apart, in `ERROR_CODE`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
interface Failure {
  readonly code: 'NO_RESOURCE' | 'THROTTLING' | 'SDK_CLIENT_ERROR' | 'UNKNOWN';
  readonly message: string;
  /** It would fail again. */
  readonly isFinal: boolean;
}

interface Waiting {
  readonly delivery: Delivery;
  cancel: Cancel;
}

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { time, targets, journal, journalPart, deadLetters, onLost, atAttempt } = options;
  const waiting = new Map<string, Waiting>();

  journal.register({
    name: journalPart,
    restore: (record) => {
      const restored = recordSchema.parse(record);
      if ('settled' in restored) {
        waiting.get(restored.settled)?.cancel();
        waiting.delete(restored.settled);
      } else if (!waiting.has(restored.failed))
        // Attempts and age are counted anew: how long nobody was there to try is not the target's fault.
        tryLater(restored.failed, restored.delivery, 1, time.infrastructure.now(), true);
    },
    *snapshot() {
      for (const [failed, { delivery }] of waiting) yield asRecord(failed, delivery);
    },
  });

  async function attempt({ targetArn, payload }: Delivery, count: number): Promise<Failure | undefined> {
    const release = time.hold();
    try {
      if (!targets.knows(targetArn))
        return { code: 'NO_RESOURCE', message: `There is no ${targetArn}.`, isFinal: true };
      await targets.deliver(targetArn, atAttempt?.(payload, count) ?? payload);
      return undefined;
    } catch (error) {
      return failureOf(error);
    } finally {
      release();
    }
  }

  /** `isRestored`: what it goes to may not be deployed again yet. */
  function tryLater(
    id: string,
    delivery: Delivery,
    failed: number,
    began: number,
    isRestored: boolean,
  ): void {
    const cancel = time.infrastructure.after(
      retryAfterMillis(failed),
      () => void again(id, delivery, failed, began, isRestored),
    );
    waiting.set(id, { delivery, cancel });
  }

  async function again(
    id: string,
    delivery: Delivery,
    failedBefore: number,
    began: number,
    isRestored: boolean,
  ): Promise<void> {
    const failed = failedBefore + 1;
    const found = await attempt(delivery, failed);
    if (!waiting.has(id)) return;
    const failure = found?.code === 'NO_RESOURCE' && isRestored ? { ...found, isFinal: false } : found;
    if (failure !== undefined && mayTryAgain(delivery, failure, failed, began)) {
      tryLater(id, delivery, failed, began, isRestored);
      return;
    }
    if (failure !== undefined) await giveUp(delivery, failure, failed);
    waiting.delete(id);
    journal.append(journalPart, { settled: id });
  }

  function mayTryAgain({ retryPolicy }: Delivery, failure: Failure, failed: number, began: number): boolean {
    if (failure.isFinal || failed > (retryPolicy.MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS))
      return false;
    const age = time.infrastructure.now() - began + retryAfterMillis(failed);
    return age <= (retryPolicy.MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000;
  }

  async function giveUp(delivery: Delivery, failure: Failure, failed: number): Promise<void> {
    const { targetArn, deadLetterArn, letter, origin, retryPolicy } = delivery;
    const lost = (reason: string): void => onLost({ targetArn, origin, reason });
    if (deadLetterArn === undefined) {
      lost(failure.message);
      return;
    }
    const hasUsedAttempts = failed > (retryPolicy.MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS);
    const attributes = {
      ...origin,
      TARGET_ARN: targetArn,
      ERROR_CODE: failure.code,
      ERROR_MESSAGE: failure.message,
      RETRY_ATTEMPTS: String(failed - 1),
      ...(!failure.isFinal && {
        EXHAUSTED_RETRY_CONDITION: hasUsedAttempts ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds',
      }),
    };
    try {
      await deadLetters(deadLetterArn, { body: letter, attributes });
    } catch (error) {
      lost(`${failure.message} Its dead-letter queue ${deadLetterArn} did not take it: ${messageOf(error)}`);
    }
  }

  return {
    deliver: async (delivery) => {
      const began = time.infrastructure.now();
      const failure = await attempt(delivery, 1);
      if (failure === undefined) return;
      if (!mayTryAgain(delivery, failure, 1, began)) {
        await giveUp(delivery, failure, 1);
        return;
      }
      const id = randomUUID();
      journal.append(journalPart, asRecord(id, delivery));
      tryLater(id, delivery, 1, began, false);
    },
    close: () => {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

/** As JSON, which has no undefined. */
function asRecord(failed: string, delivery: Delivery): Json {
  return toJson({ failed, delivery }) ?? null;
}

function failureOf(error: unknown): Failure {
  const message = messageOf(error);
  if (!(error instanceof ServiceError)) return { code: 'UNKNOWN', message, isFinal: false };
  if (error.status === 429 || /throttl|toomanyrequests|limitexceeded/i.test(error.name))
    return { code: 'THROTTLING', message, isFinal: false };
  if (error.status >= 500) return { code: 'UNKNOWN', message, isFinal: false };
  return { code: 'SDK_CLIENT_ERROR', message, isFinal: true };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
