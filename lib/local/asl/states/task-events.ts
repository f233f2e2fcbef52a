// The events of a task: the Task family for service integrations, the LambdaFunction family for a function's own ARN.
import { type StateFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Resource } from '../resource.ts';
import { record } from '../runtime.ts';
import type { TaskEnd } from './task-end.ts';
import type { Visit } from './visit.ts';

/** Scheduled and Started. Time-outs are in seconds. */
export function recordScheduled(
  visit: Visit,
  resource: Resource,
  input: Json,
  timeout: number | undefined,
  heartbeat: number | undefined,
): void {
  const { runtime, thread } = visit;
  const times = {
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
  };
  if (resource.kind === 'function') {
    record(runtime, thread, 'LambdaFunctionScheduled', () => ({
      resource: resource.arn,
      input: JSON.stringify(input),
      inputDetails: { truncated: false },
      ...times,
    }));
    record(runtime, thread, 'LambdaFunctionStarted');
    return;
  }
  record(runtime, thread, 'TaskScheduled', () => ({
    ...identity(resource),
    region: runtime.region,
    parameters: JSON.stringify(input),
    ...times,
  }));
  record(runtime, thread, 'TaskStarted', () => identity(resource));
}

/** A callback task has made its call and waits for the answer. */
export function recordSubmitted(visit: Visit, resource: Resource, output: Json): void {
  record(visit.runtime, visit.thread, 'TaskSubmitted', () => ({
    ...identity(resource),
    ...outputOf(output),
  }));
}

const ends = { succeeded: 'Succeeded', failed: 'Failed', timedOut: 'TimedOut' } as const;

export function recordEnd(visit: Visit, resource: Resource, end: TaskEnd): void {
  if (end.kind !== 'succeeded' && end.failure.endsExecution) return;
  const family = resource.kind === 'function' ? 'LambdaFunction' : 'Task';
  record(visit.runtime, visit.thread, `${family}${ends[end.kind]}`, () => ({
    ...identity(resource),
    ...(end.kind === 'succeeded' ? outputOf(end.output) : failureOf(end.failure)),
  }));
}

function identity(resource: Resource): JsonObject {
  return resource.kind === 'function' ? {} : { resourceType: resource.service, resource: resource.action };
}

function outputOf(output: Json): JsonObject {
  return { output: JSON.stringify(output), outputDetails: { truncated: false } };
}

/** Error and cause as events carry them: what is not there has no member. */
export function failureOf({ error, reason }: StateFailure): JsonObject {
  return { ...(error === undefined ? {} : { error }), ...(reason === undefined ? {} : { cause: reason }) };
}
