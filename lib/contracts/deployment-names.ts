/**
 * The fixed names of what is deployed. Compiled machines, functions, stacks, alarms and commands meet in these names, so that none
 * needs an answer of another's to find it. All begin with the name of the deployment (`wend-production`): several can stand in one
 * account.
 */
import type { STEP_FUNCTIONS } from './step-calls.ts';

/** The functions behind the Tasks of journeys: the folder under `functions/` for each kind of Task. */
export const STEP_FUNCTION_NAMES = {
  send: 'send-message',
  update: 'update-profile',
  emit: 'emit-event',
  invoke: 'invoke-function',
  webhook: 'call-endpoint',
  enter: 'enter-journey',
  decide: 'decide-step',
  await: 'await-events',
  end: 'end-run',
} as const satisfies Readonly<Record<keyof typeof STEP_FUNCTIONS, string>>;

/** Every function, by the name of its folder. Names never change: machines of released versions call them. */
export const FUNCTION_NAMES = [
  'ingest-events',
  'relay-effects',
  'start-runs',
  'find-due',
  'pass-time',
  'tell-customers',
  'answer-customers',
  ...Object.values(STEP_FUNCTION_NAMES),
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** `wend-production` for the environment `production`. */
export function deploymentName(environment: string): string {
  return `wend-${environment}`;
}

/** The deployed name of a function. At most 64 characters, so an environment's name has at most 40. */
export function functionName(deployment: string, name: FunctionName): string {
  return `${deployment}-${name}`;
}

/** The table of profiles. */
export function tableName(deployment: string): string {
  return `${deployment}-profiles`;
}

/** The bus that applications put events on. */
export function busName(deployment: string): string {
  return deployment;
}

/**
 * Queues, by what waits in them; the dead letters of each are in a queue of their own. Each costs a quarter of a dollar a month while it
 * is empty, because Lambda asks it all day (docs/adr/0043-few-queues-are-read.md).
 */
export const QUEUE_NAMES = ['events', 'starts', 'looks'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

export function queueName(deployment: string, name: QueueName): string {
  return `${deployment}-${name}`;
}

export function deadLetterQueueName(deployment: string, name: QueueName): string {
  return `${queueName(deployment, name)}-dead-letters`;
}

/** The secret under which customer ids are hashed. */
export function customerSecretName(deployment: string): string {
  return `${deployment}-customer-ids`;
}

/** The topic of what customers write back. */
export function repliesTopicName(deployment: string): string {
  return `${deployment}-replies`;
}

/** The SES configuration set whose events come back to the bus. */
export function configurationSetName(deployment: string): string {
  return deployment;
}

/**
 * The state machine that asks all customers. With an underscore, so that what applies to the machines of journeys (all that begin
 * with the deployment and a hyphen) does not apply to it.
 */
export function audienceMachineName(deployment: string): string {
  return `${deployment}_audience`;
}

/** A name of a state machine has at most 80 characters (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const LONGEST_MACHINE_NAME = 80;

/**
 * The state machine of one version: `first` runs from the entry, `resume` is that of later legs. A long id of a journey is cut: the
 * version, a hash of journey and content, still tells them apart.
 */
export function machineName(
  deployment: string,
  journey: string,
  version: string,
  leg: 'first' | 'resume',
): string {
  const end = `-${version}${leg === 'resume' ? '-resume' : ''}`;
  const longest = `-${version}-resume`;
  const room = LONGEST_MACHINE_NAME - deployment.length - 1 - longest.length;
  return `${deployment}-${journey.slice(0, room)}${end}`;
}

/**
 * ARN of a state machine.
 * @param prefix that of all journeys' machines up to the name of the deployment, which it includes (variable `MACHINE_ARN_PREFIX`).
 */
export function machineArn(
  prefix: string,
  journey: string,
  version: string,
  leg: 'first' | 'resume',
): string {
  const end = prefix.lastIndexOf(':') + 1;
  return `${prefix.slice(0, end)}${machineName(prefix.slice(end), journey, version, leg)}`;
}

/** ARN of an execution of a machine (https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html). */
export function executionArn(machine: string, name: string): string {
  return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** Source of the events that journeys put on the bus; rules and sources of others tell them apart by it. */
export const JOURNEYS_SOURCE = 'wend.journeys';
