/**
 * Environment variables of functions, each described once. A function's `environment.ts` picks those that it needs; the stacks read
 * the same schema and set exactly these.
 */
import * as z from 'zod';

const text = z.string().min(1);
const perSecond = z.coerce.number().positive();

export const VARIABLES = {
  DEPLOYMENT: text.describe('Name of the deployment, with which the names of everything deployed begin'),
  TABLE_NAME: text.describe('The table of profiles'),
  BUS_NAME: text.describe('The bus that applications put events on'),
  CUSTOMER_SECRET_ARN: text.describe(
    'Secret in AWS Secrets Manager under which customer ids are hashed and links of messages are signed (HMAC)',
  ),
  MACHINE_ARN_PREFIX: text.describe(
    'ARN of the state machines of journeys up to the name of the deployment, which it includes: `arn:aws:states:…:stateMachine:wend-production`',
  ),
  EVENTS_DEAD_LETTERS_URL: text.describe(
    'Queue of events that could not be read or decided, with the reason',
  ),
  STARTS_DEAD_LETTERS_URL: text.describe('Queue of runs that could not be started, with the reason'),
  LOOKS_DEAD_LETTERS_URL: text.describe('Queue of looks that could not be taken, with the reason'),
  STARTS_QUEUE_URL: text.describe('Queue of runs whose start Step Functions had no room for'),
  LOOKS_QUEUE_URL: text.describe('Queue of customers who need a look'),
  STARTS_PER_SECOND: perSecond.describe(
    'Executions that one call of the function may cause to be started in a second',
  ),
  ASKS_PER_SECOND: perSecond.describe('Customers that one call of the function may ask in a second'),
  AUDIENCE_MACHINE_ARN: text.describe('State machine that asks all customers'),
  PAGES_URL: text.describe('Address of the pages behind the links of messages'),
  CONFIGURATION_SET: text.describe('SES configuration set whose events come back to the bus'),
} as const;
