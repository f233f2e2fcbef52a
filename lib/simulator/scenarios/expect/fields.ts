/** Fields that several kinds of expectations have. */
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { Reference } from '../reference.ts';

export const messageField = z
  .string()
  .min(1)
  .meta({ description: 'A message, by its folder under messages/.', examples: ['cart-reminder'] });

export const channelField = channelSchema.optional().describe('The channel; any where it is not given.');

export const stepField = z
  .string()
  .min(1)
  .optional()
  .describe('The step that does it; any where it is not given.');

export const reasonField = z
  .string()
  .min(1)
  .optional()
  .meta({
    description:
      'Why; any reason where it is not given. Of a message that is sent: why "best" has taken its channel.',
    examples: ['no consent', 'preferred'],
  });

/** The verb says it all; `false`: it must not happen. */
export const simplyField = z.boolean();

/** A message and the step that sends it. */
export function sendReferences(message: string, field: string, step: string | undefined): Reference[] {
  return [
    { kind: 'message', name: message, path: [field] },
    ...(step === undefined ? [] : [{ kind: 'send step' as const, name: step, path: ['step'] }]),
  ];
}

/** `words` with a part only where there is a value for it. */
export function phrase(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined).join(' ');
}
