/** Messages of the queues between functions, parsed once on entry. */
import type * as z from 'zod';
import { Fault } from '#lib/contracts/faults.ts';

/** Throws the fault `PayloadNotUnderstood`, without what is in the message; after its attempts it is a dead letter. */
export function readMessage<T>(schema: z.ZodType<T>, body: string): T {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Fault('PayloadNotUnderstood', 'the message is no JSON');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Fault('PayloadNotUnderstood', `the message has something unexpected at: ${places}`);
}
