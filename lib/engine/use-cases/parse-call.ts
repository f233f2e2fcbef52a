/** What a Task sends to its step function, parsed on entry. */
import type * as z from 'zod';
import { Fault } from '#lib/contracts/faults.ts';
import { actionCallSchema, type ActionCall } from '#lib/contracts/step-calls.ts';

/** Throws the fault `PayloadNotUnderstood`, which names the places that do not fit and never a value. */
export function parseCall<T>(schema: z.ZodType<T>, payload: unknown): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const places = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Fault('PayloadNotUnderstood', `the payload of the step has something unexpected at: ${places}`);
}

/** The call of a step that acts; throws `PayloadNotUnderstood` for a step of another type, too. */
export function parseActionCall(type: ActionCall['step']['type'], payload: unknown): ActionCall {
  const call = parseCall(actionCallSchema, payload);
  if (call.step.type === type) return call;
  throw new Fault('PayloadNotUnderstood', `a step of type "${call.step.type}" is not one of type "${type}"`);
}
