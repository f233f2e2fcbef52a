/**
 * What the steps that act are told by the state machine: change the profile, emit an event, call a function or an endpoint, start
 * another journey. As written, with defaults filled in: texts are Liquid and are filled in by the functions, so that nothing of a
 * customer ever stands in a state machine (promise P10). Change them only by adding.
 */
import * as z from 'zod';

/** Any JSON; every text in it is Liquid. */
const value = z.unknown();
const values = z.record(z.string(), value);
const onFailure = z.enum(['continue', 'exit']);

const updateSettingsSchema = z.object({
  type: z.literal('update'),
  id: z.string(),
  set: values.optional().describe('Trait → value'),
  add: values.optional().describe('List trait → one entry or several'),
  remove: z
    .union([z.array(z.string()), values])
    .optional()
    .describe('Traits, or list trait → one entry or several'),
  increment: values.optional().describe('Number trait → how much more'),
});
export type UpdateSettings = z.infer<typeof updateSettingsSchema>;

const emitSettingsSchema = z.object({
  type: z.literal('emit'),
  id: z.string(),
  event: z.string(),
  properties: values,
});
export type EmitSettings = z.infer<typeof emitSettingsSchema>;

const outside = { id: z.string(), saveAs: z.string().optional(), onFailure };

const invokeSettingsSchema = z.object({
  type: z.literal('invoke'),
  ...outside,
  function: z.string().describe('Its name in settings'),
  input: values,
});

const webhookSettingsSchema = z.object({
  type: z.literal('webhook'),
  ...outside,
  endpoint: z.string().describe('Its name in settings'),
  body: values,
});
export type OutsideSettings = z.infer<typeof invokeSettingsSchema> | z.infer<typeof webhookSettingsSchema>;

const enterSettingsSchema = z.object({ type: z.literal('enter'), id: z.string(), journey: z.string() });
export type EnterSettings = z.infer<typeof enterSettingsSchema>;

export const actionSettingsSchema = z.discriminatedUnion('type', [
  updateSettingsSchema,
  emitSettingsSchema,
  invokeSettingsSchema,
  webhookSettingsSchema,
  enterSettingsSchema,
]);
export type ActionSettings = z.infer<typeof actionSettingsSchema>;
