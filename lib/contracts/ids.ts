/** Who is who: the ids that cross every boundary. All are plain texts; the prefix-free forms are safe in names and tags. */
import * as z from 'zod';
import { hashHex, keyedHashHex } from './hash.ts';

/** Keyed hash of the customer's external id: 32 hex digits. The external id itself stays inside the customer document. */
export const customerIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('Keyed hash of the external customer id');
/** Hash of journey, customer and the input that let the customer in: 24 hex digits. */
export const runIdSchema = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .describe('One passage of one customer through one journey');

/** HMAC under the deployment's secret, so that an e-mail address used as user id cannot be guessed back from it. */
export function customerId(secret: string, external: string): string {
  return keyedHashHex(secret, external, 32);
}

/** The same entry decided twice (a retry) names the same run, hence the same execution. */
export function runId(journey: string, customer: string, input: string): string {
  return hashHex(`${journey}\n${customer}\n${input}`, 24);
}

/** Execution name: a run goes on in a new leg where the platform's limits ask for it. */
export function executionName(run: string, leg: number): string {
  return `${run}-${leg}`;
}

/** A step does once, for each run, step and visit (a loop visits a step again), what it does to the world: its idempotency key. */
export function stepKey(run: string, step: string, visit: number): string {
  return `${run}/${step}/${visit}`;
}

/** A send happens once for each run, step and visit. */
export function sendKey(run: string, step: string, visit: number): string {
  return stepKey(run, step, visit);
}

/** The run that a send belongs to, by the send's key. */
export function runOfSend(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** The name of a deployed version: `cart-recovery@3f2a91c07d12`. */
export function versionKey(journey: string, version: string): string {
  return `${journey}@${version}`;
}

/** "cart-reminder" for "cart-reminder@3f2a91c07d12". */
export function messageId(message: string | undefined): string | undefined {
  return message?.split('@', 1)[0];
}
