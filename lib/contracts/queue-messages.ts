/** What stands in the queues between functions: ids only (promise P10). */
import * as z from 'zod';
import { customerIdSchema } from './ids.ts';

/** A customer with a run that Step Functions had no room for. */
export const startMessageSchema = z.object({ customer: customerIdSchema });

/**
 * Several customers to be looked at share a message, because messages are what a queue costs. In the same queue are customers who could
 * not be asked (audience.ts), and status events of executions as the bus puts them there.
 */
export const looksMessageSchema = z.object({ customers: z.array(customerIdSchema).min(1).max(100) });
