/**
 * A journey as a graph: what the compiler lowers to a state machine, and what the engine walks when it decides which way a
 * branch goes or until when a wait lasts. Arms are resolved to plain edges; `null` is the end of the journey.
 *
 * Node ids are the step ids that the marketer wrote. `goto` and `exit` have none: theirs is `<where> (goto)` and
 * `<where> (exit)`, where `<where>` is the step before in the same list, or `<parent step> <arm>` at the start of an arm.
 */
import * as z from 'zod';
import { actionSettingsSchema } from '#lib/contracts/action-calls.ts';
import { sendSettingsSchema } from '#lib/contracts/step-calls.ts';

const next = z.string().nullable();

/** A condition as written; `parseCondition` in conditions/ gives its meaning. */
export const conditionText = z.unknown();

const dateOfSchema = z.object({
  of: z.string().describe('A field (profile.renewsOn), a date (2026-12-24) or an instant'),
  offset: z.string().optional(),
  at: z.string().optional().describe('HH:MM'),
});
/** A date that a wait ends by. */
export type DateOf = z.infer<typeof dateOfSchema>;

const waitNodeSchema = z.object({
  kind: z.literal('wait'),
  for: z.string().optional(),
  until: z.string().optional().describe('HH:MM'),
  date: dateOfSchema.optional().describe('Instead of `until`'),
  on: z.array(z.string()).optional().describe('Lower-case weekday names, groups resolved'),
  timezone: z.string().optional().describe("IANA zone; absent: the customer's"),
  ifPast: z
    .union([z.literal('exit'), z.object({ goto: z.string() })])
    .optional()
    .describe('With `date`; absent: the run goes on'),
  spread: z.string().optional().describe('A duration'),
  next,
});

const waitForNodeSchema = z.object({
  kind: z.literal('waitFor'),
  within: z.string().optional(),
  until: z.string().optional(),
  date: dateOfSchema.optional().describe('Instead of `within` and `until`'),
  timezone: z.string().optional(),
  since: z.string().describe('"step", "entry" or a duration'),
  saveAs: z.string().optional(),
  events: z.array(z.object({ event: z.string(), where: conditionText.optional(), next })),
  when: z
    .object({ condition: conditionText, next })
    .optional()
    .describe('Instead of events, which is empty then'),
  otherwise: next,
});

const flowNodeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('send'), settings: sendSettingsSchema, next }),
  /** update, emit, invoke, webhook, enter: one call each, whatever they do. */
  z.object({ kind: z.literal('action'), settings: actionSettingsSchema, next }),
  waitNodeSchema,
  waitForNodeSchema,
  z.object({
    kind: z.literal('branch'),
    cases: z.array(z.object({ name: z.string(), when: conditionText, next })).min(1),
    otherwise: next,
  }),
  z.object({
    kind: z.literal('split'),
    experiment: z.string(),
    arms: z
      .array(z.object({ name: z.string(), share: z.number(), holdout: z.boolean().optional(), next }))
      .min(1),
  }),
  z.object({
    kind: z.literal('goto'),
    target: z.string(),
    atMost: z.int().positive().optional(),
    backward: z.boolean().describe('The target comes before this goto: taking it is a new round'),
    next: next.describe('Where to go on once the jumps are used up'),
  }),
  z.object({ kind: z.literal('exit'), reason: z.string() }),
]);
export type FlowNode = z.infer<typeof flowNodeSchema>;
export type NodeOf<K extends FlowNode['kind']> = Extract<FlowNode, { kind: K }>;

export const flowSchema = z.object({
  start: z.string().nullable(),
  nodes: z.record(z.string(), flowNodeSchema),
});
export type Flow = z.infer<typeof flowSchema>;

/** Whether somebody waits for a message of it, as for an invoice: of such a journey the breaker holds the marketing alone. */
export function sendsTransactional({ nodes }: Flow): boolean {
  return Object.values(nodes).some((node) => node.kind === 'send' && node.settings.class === 'transactional');
}
