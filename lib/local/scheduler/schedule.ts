// A schedule as clients and templates describe it, and what it hands to its target.
// https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { eventTime } from '../events/bus-event.ts';
import { deadLetterConfigSchema, retryPolicySchema } from '../events/retry-policy.ts';
import type { Place } from '../place.ts';
import { parseScheduleExpression, type Recurrence } from './schedule-expression.ts';
import { offsetOf } from './wall-time.ts';

export const nameSchema = z.string().regex(/^[\w.-]{1,64}$/, 'has 1 to 64 letters, digits, ., - or _');

/** The one group that there is. */
export const DEFAULT_GROUP = 'default';

const targetSchema = z.strictObject({
  Arn: z.string().min(1).max(1600),
  /** Permissions mean nothing on a laptop. */
  RoleArn: z.string().optional(),
  Input: z.string().min(1).optional(),
  RetryPolicy: retryPolicySchema.optional(),
  DeadLetterConfig: deadLetterConfigSchema.optional(),
});

/** Members of a schedule, `Instant` for how dates are written: seconds in requests, ISO 8601 in templates. */
export function scheduleMembers<Instant extends z.ZodType<number>>(instant: Instant) {
  return {
    GroupName: z.literal(DEFAULT_GROUP, { error: 'the local cloud has no group but "default"' }).optional(),
    Description: z.string().max(512).optional(),
    ScheduleExpression: z.string().min(1).max(256),
    ScheduleExpressionTimezone: z.string().min(1).max(50).optional(),
    StartDate: instant.optional(),
    EndDate: instant.optional(),
    State: z.enum(['ENABLED', 'DISABLED']).optional(),
    FlexibleTimeWindow: z
      .strictObject({
        Mode: z.enum(['OFF', 'FLEXIBLE']),
        MaximumWindowInMinutes: z.int().min(1).max(1440).optional(),
      })
      .refine(
        ({ Mode, MaximumWindowInMinutes: minutes }) => (Mode === 'FLEXIBLE') === (minutes !== undefined),
        'a window of mode FLEXIBLE, and only such a one, has MaximumWindowInMinutes',
      ),
    ActionAfterCompletion: z.enum(['NONE', 'DELETE']).optional(),
    Target: targetSchema,
  };
}

/** Dates in milliseconds since 1970. */
export const scheduleSchema = z.strictObject({ Name: nameSchema, ...scheduleMembers(z.number()) });

export type ScheduleInput = z.infer<typeof scheduleSchema>;

export interface Schedule {
  readonly input: ScheduleInput;
  readonly arn: string;
  readonly recurrence: Recurrence;
  /** Of the business, in milliseconds since 1970. */
  readonly createdAt: number;
  readonly changedAt: number;
}

/**
 * A schedule that is made, or changed, now. A rate counts from its StartDate, or else fires at once.
 * @throws Error that says what is wrong with its expression or zone.
 */
export function parseSchedule(input: ScheduleInput, place: Place, now: number, createdAt: number): Schedule {
  const zone = input.ScheduleExpressionTimezone ?? 'UTC';
  const offsetAt = offsetOf(zone);
  if (offsetAt === undefined) throw new Error(`ScheduleExpressionTimezone: there is no time zone ${zone}`);
  const { StartDate: start = Number.NEGATIVE_INFINITY, EndDate: end = Number.POSITIVE_INFINITY } = input;
  if (end < start) throw new Error('EndDate: it is before StartDate');
  const isOnce = input.ScheduleExpression.startsWith('at(');
  let recurrence: Recurrence;
  try {
    recurrence = parseScheduleExpression(input.ScheduleExpression, offsetAt, Math.max(start, now));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Invalid Schedule Expression ${input.ScheduleExpression}: ${reason}.`, { cause: error });
  }
  const { partition, region, account } = place;
  return {
    input,
    arn: `arn:${partition}:scheduler:${region}:${account}:schedule/${DEFAULT_GROUP}/${input.Name}`,
    // Start and end mean nothing to what happens once.
    recurrence: isOnce ? recurrence : within(recurrence, start, end),
    createdAt,
    changedAt: now,
  };
}

function within(recurrence: Recurrence, start: number, end: number): Recurrence {
  return {
    after: (instant) => {
      const next = recurrence.after(Math.max(instant, start - 1));
      return next !== undefined && next <= end ? next : undefined;
    },
  };
}

/**
 * What the target gets; `attemptPayload` fills in what is known only then.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function payloadOf({ input, arn }: Schedule, instant: number, { account, region }: Place): string {
  const time = eventTime(instant);
  const { Input } = input.Target;
  if (Input !== undefined)
    return Input.replaceAll('<aws.scheduler.schedule-arn>', arn).replaceAll(
      '<aws.scheduler.scheduled-time>',
      time,
    );
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [arn],
    // A text, unlike the detail of events on a bus.
    detail: '{}',
  });
}

/** `attempt`: 1 is the first. */
export function attemptPayload(payload: string, attempt: number): string {
  return payload
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt))
    .replaceAll('<aws.scheduler.execution-id>', () => randomUUID());
}
