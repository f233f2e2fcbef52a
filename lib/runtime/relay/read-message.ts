/** Messages of the queues between functions, parsed once on entry. */
import type * as z from 'zod';
import { Fault } from '#lib/contracts/faults.ts';

/** Throws the fault `PayloadNotUnderstood`, without what is in the message. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Fault('PayloadNotUnderstood', 'the message is no JSON');
  }
}

/** Throws the fault `PayloadNotUnderstood`, which names places in the message and nothing of what stands there. */
export function readMessage<T>(schema: z.ZodType<T>, message: unknown): T {
  const result = schema.safeParse(message);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Fault('PayloadNotUnderstood', `the message has something unexpected at: ${places}`);
}
