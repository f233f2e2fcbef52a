// How large each function is and how long it may take, with the reasons. Lambda gives processor time by memory (1,769 MB are one
// processor), and what a function here waits for is mostly the network: more memory makes it dearer, not faster, except at its start.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
import { Duration } from 'aws-cdk-lib';
import type { FunctionName } from '#lib/contracts/deployment-names.ts';
import {
  FIND_DUE_TIMEOUT_SECONDS,
  INGEST_SOURCE,
  LOOKS_SOURCE,
  RELAY_SOURCE,
  STARTS_SOURCE,
  TELL_CUSTOMERS_TIMEOUT_SECONDS,
} from '#lib/contracts/event-sources.ts';
import { FUNCTION_ANSWER_SECONDS, MOST_ENDPOINT_SECONDS } from '#lib/contracts/outside-limits.ts';

export interface FunctionSettings {
  /** What the console shows of it. */
  readonly description: string;
  readonly memoryMegabytes: number;
  readonly timeout: Duration;
}

/**
 * Of a step: one customer, a read, a decision, a write or two. Half a processor's third parses the workspace at the start, where 256 MB
 * would take twice as long for the same price.
 */
const STEP_MEMORY = 512;

/**
 * Of a step that calls nobody outside. DynamoDB is waited for 2 s at most, a handful of times (a lost race is decided again); the
 * state machine tries again after a time-out, so a longer one would only hide an outage.
 */
const DECIDING_STEP = { memoryMegabytes: STEP_MEMORY, timeout: Duration.seconds(30) };

/** Of batches: parsing and deciding a hundred events is work for the processor, and a batch that is done sooner is paid for sooner. */
const BATCH_MEMORY = 1024;

export const FUNCTION_SETTINGS: Readonly<Record<FunctionName, FunctionSettings>> = {
  'ingest-events': {
    description: 'Events of applications and providers: parsed, decided, committed',
    memoryMegabytes: BATCH_MEMORY,
    timeout: Duration.seconds(INGEST_SOURCE.timeoutSeconds),
  },
  'relay-effects': {
    description: 'What documents say should be true: starts, wakes and stops executions, writes timelines',
    memoryMegabytes: BATCH_MEMORY,
    timeout: Duration.seconds(RELAY_SOURCE.timeoutSeconds),
  },
  'start-runs': {
    description: 'Starts that Step Functions had no room for, at its pace',
    memoryMegabytes: STEP_MEMORY,
    timeout: Duration.seconds(STARTS_SOURCE.timeoutSeconds),
  },
  'find-due': {
    description:
      'Every minute: who is to be looked at, which schedules take place, what a deployment has changed',
    memoryMegabytes: STEP_MEMORY,
    timeout: Duration.seconds(FIND_DUE_TIMEOUT_SECONDS),
  },
  'pass-time': {
    description: 'Looks at customers: what is due, what stays unconfirmed, how their executions have ended',
    memoryMegabytes: STEP_MEMORY,
    timeout: Duration.seconds(LOOKS_SOURCE.timeoutSeconds),
  },
  'tell-customers': {
    description: 'Asks a page of all customers',
    memoryMegabytes: BATCH_MEMORY,
    // It stops by itself and answers a cursor; less than the 330 s for which its state machine waits.
    timeout: Duration.seconds(TELL_CUSTOMERS_TIMEOUT_SECONDS),
  },
  'answer-customers': {
    description: 'Pages behind the links of messages: unsubscribing, choices, why a message came, privacy',
    // Somebody waits and looks on: a start with twice the processor is twice as quick.
    memoryMegabytes: BATCH_MEMORY,
    // A read, a decision and a write, each waited for 2 s at most; whoever waits longer has gone.
    timeout: Duration.seconds(20),
  },
  'send-message': {
    description: 'Step: decides, claims, renders and sends a message',
    // Rendering MJML's HTML with Liquid is work for the processor.
    memoryMegabytes: BATCH_MEMORY,
    // A provider is waited for once, 8 s, an endpoint 45 s at most; before and after it is a decision.
    timeout: Duration.seconds(60),
  },
  'update-profile': { description: 'Step: changes traits', ...DECIDING_STEP },
  'emit-event': { description: 'Step: puts an event on the bus', ...DECIDING_STEP },
  'invoke-function': {
    description: 'Step: calls a function of the customer',
    memoryMegabytes: STEP_MEMORY,
    // Deciding before and after the call takes the rest.
    timeout: Duration.seconds(FUNCTION_ANSWER_SECONDS + 30),
  },
  'call-endpoint': {
    description: 'Step: calls an endpoint',
    memoryMegabytes: STEP_MEMORY,
    // As above.
    timeout: Duration.seconds(MOST_ENDPOINT_SECONDS + 30),
  },
  'enter-journey': { description: 'Step: lets the customer into another journey', ...DECIDING_STEP },
  'decide-step': { description: 'Step: plans what follows', ...DECIDING_STEP },
  'await-events': { description: 'Step: registers a wait', ...DECIDING_STEP },
  'end-run': { description: 'Step: ends a run', ...DECIDING_STEP },
};
