/**
 * Every payload between a journey's state machine and the functions behind its Tasks. The compiler writes these payloads,
 * the functions parse them on entry, the relay sends the answers of woken waits: change them only by adding.
 */
import * as z from 'zod';
import { WEEKDAYS } from './calendar.ts';
import { actionSettingsSchema } from './action-calls.ts';
import { customerIdSchema, runIdSchema } from './ids.ts';
import { instantSchema } from './time.ts';

/**
 * What the document has decided about the steps that follow without a further call: which way each branch, split and
 * bounded goto goes (`route`: node id → index of the way taken), until when the next wait lasts, and when it was reached.
 * `until` is rounded up to a second, Step Functions knows no finer wait.
 */
export const planSchema = z.object({
  route: z.record(z.string(), z.int().nonnegative()),
  until: instantSchema.nullable(),
  from: instantSchema,
});
export type Plan = z.infer<typeof planSchema>;

/** Where a run is in its loops; kept by the state machine in the variable `loop`. All start at visit 1, round 0. */
export const loopSchema = z.object({
  visit: z
    .int()
    .positive()
    .describe('Counts every jump taken by a bounded goto, so that each visit of a step has its own number'),
  round: z.int().nonnegative().describe('How often the last backward goto was taken'),
  jumps: z
    .record(z.string(), z.int().nonnegative())
    .describe('Jumps taken, for each bounded goto by node id'),
});
export type Loop = z.infer<typeof loopSchema>;
export const FIRST_LOOP: Loop = { visit: 1, round: 0, jumps: {} };

/** Input of an execution. Ids only: no personal data in Step Functions. */
export const runInputSchema = z.object({
  run: runIdSchema,
  leg: z.int().positive(),
  customer: customerIdSchema,
  journey: z.string(),
  version: z.string(),
  first: planSchema
    .optional()
    .describe(
      'What was planned for the steps before the first Task, by the entry or when this leg was decided',
    ),
  at: z.string().optional().describe('Of a later leg: the node at which the run goes on (resume.asl.json)'),
  loop: loopSchema.optional().describe('Of a later leg: where the run is in its loops; absent: in none'),
});
export type RunInput = z.infer<typeof runInputSchema>;

/** A wait for events whose time is up: the next Task tells the document, which may answer that an event had won. */
const settleSchema = z.object({ step: z.string(), visit: z.int().positive() });
export type Settle = z.infer<typeof settleSchema>;

const callFields = {
  run: runInputSchema,
  attempt: z.int().nonnegative().describe('Retry count of the state'),
  loop: loopSchema,
  settle: settleSchema.nullable().optional(),
  reached: instantSchema
    .nullable()
    .transform((at) => at ?? undefined)
    .optional()
    .describe('Planned end of the wait directly before; absent or null where there is none'),
};

export const channelSchema = z.enum(['email', 'sms', 'push', 'whatsapp', 'inapp', 'webhook']);
export type Channel = z.infer<typeof channelSchema>;
export const messageClassSchema = z.enum(['marketing', 'transactional']);
export type MessageClass = z.infer<typeof messageClassSchema>;

const quietWindowSchema = z.object({ from: z.string(), to: z.string() });
export type QuietWindow = z.infer<typeof quietWindowSchema>;

/** Days of the week and local time on them; `to` before `from` is on the next day, equal to it a day later. */
const openingSchema = z.object({ on: z.array(z.enum(WEEKDAYS)).min(1), from: z.string(), to: z.string() });
export type Opening = z.infer<typeof openingSchema>;

/** Days of the calendar, YYYY-MM-DD, both included. */
const closedDaysSchema = z.object({ from: z.string(), to: z.string() });
export type ClosedDays = z.infer<typeof closedDaysSchema>;

const capSchema = z.object({
  most: z.int().positive(),
  per: z.string().optional().describe('A duration; absent: for life'),
  of: z.enum(['journey', 'topic', 'channel', 'all']),
});
export type Cap = z.infer<typeof capSchema>;

/** A send step with every default resolved by the compiler, so that a run keeps the rules of its version. */
export const sendSettingsSchema = z.object({
  id: z.string(),
  message: z.string().describe('message@hash'),
  channels: z.array(channelSchema).min(1),
  best: z
    .object({
      preferred: z.string().optional().describe('Path of a trait: profile.<trait>'),
      explore: z.string().optional().describe('Percentage of the sends whose channel is drawn; absent: 10%'),
    })
    .optional()
    .describe('The channels are put in the order that suits the customer; absent: as they are listed'),
  topic: z.string().optional(),
  class: messageClassSchema,
  quietHours: quietWindowSchema.optional(),
  windows: z
    .partialRecord(channelSchema, z.array(openingSchema).min(1))
    .optional()
    .describe('Channels that may be used at these times only'),
  closed: z.array(closedDaysSchema).optional(),
  holidays: z
    .array(z.string())
    .optional()
    .describe('Places whose public holidays are closed; their dates are packed with the workspace'),
  perSecond: z
    .partialRecord(channelSchema, z.int().positive())
    .optional()
    .describe("The journey's own rates; those of the settings are not part of a version"),
  ifQuiet: z.enum(['wait', 'skip']),
  caps: z.array(capSchema),
  ifCapped: z.enum(['wait', 'skip']),
  expires: z.string().describe('A duration from reaching the step, or an instant'),
  onFailure: z.enum(['continue', 'exit']),
});
export type SendSettings = z.infer<typeof sendSettingsSchema>;

/** `next` in the calls below: the node that follows, `null` at the end of the journey. */
const nextField = z.string().nullable();

/** Task `SendMessage`: answers `{ plan }`, or leaves as Deferred, RunEnded or Arm.<n>. */
export const sendCallSchema = z.object({ ...callFields, step: sendSettingsSchema, next: nextField });
export type SendCall = z.infer<typeof sendCallSchema>;

/** Tasks of the steps that act (action-calls.ts): each answers `{ plan }`, or leaves as RunEnded or Arm.<n>. */
export const actionCallSchema = z.object({ ...callFields, step: actionSettingsSchema, next: nextField });
export type ActionCall = z.infer<typeof actionCallSchema>;

/** Task `Decide`: commits a time-out and plans what follows where no other Task could; answers `{ plan }`. */
export const decideCallSchema = z.object({
  ...callFields,
  step: z.object({ id: z.string() }),
  next: nextField,
});
export type DecideCall = z.infer<typeof decideCallSchema>;

/** Task `AwaitEvents` (callback): registers the wait; the token's answer is `{ arm, plan }`. */
export const awaitCallSchema = z.object({
  ...callFields,
  token: z.string(),
  step: z.object({ id: z.string(), since: instantSchema, until: instantSchema }),
});
export type AwaitCall = z.infer<typeof awaitCallSchema>;

/** Task `EndRun`: what no retry could mend; the document learns that the run has failed. */
export const endRunCallSchema = z.object({ run: runInputSchema, failed: z.string() });
export type EndRunCall = z.infer<typeof endRunCallSchema>;

const stepAnswerSchema = z.object({ plan: planSchema });
export type StepAnswer = z.infer<typeof stepAnswerSchema>;
/** The end of a wait has moved: what its state begins anew with. */
export interface MovedAnswer {
  readonly plan: Plan;
  readonly loop: Loop;
}

const armAnswerSchema = z.object({ arm: z.int().nonnegative(), plan: planSchema });
export type ArmAnswer = z.infer<typeof armAnswerSchema>;

/** Placeholders in compiled machines that a deployment replaces by function names. */
export const STEP_FUNCTIONS = {
  send: '${SendMessage}',
  update: '${UpdateProfile}',
  emit: '${EmitEvent}',
  invoke: '${InvokeFunction}',
  webhook: '${CallEndpoint}',
  enter: '${EnterJourney}',
  decide: '${Decide}',
  await: '${AwaitEvents}',
  end: '${EndRun}',
} as const;
