// A Task state: one call of a resource, its time-out and heartbeat, and for callback tasks the wait for the answer.
import { live } from '../execution.ts';
import { StateFailure, stateErrors, TaskFailure, UnsupportedResource } from '../failure.ts';
import { fits, type Json, toJson } from '../json.ts';
import { limits } from '../limits.ts';
import type { TaskState } from '../machine.ts';
import type { TaskCall } from '../task-call.ts';
import { evaluateWhole } from './result-type.ts';
import { recordEnd, recordScheduled, recordSubmitted, type TaskEnd } from './task-events.ts';
import { checkPayload, evaluate, explained, type Visit } from './visit.ts';

export async function performTask(visit: Visit, state: TaskState): Promise<Json> {
  const { thread } = visit;
  const { execution } = thread;
  const { resource } = state;
  const isCallback = resource.kind === 'service' && resource.pattern === 'waitForTaskToken';
  const token = isCallback ? visit.runtime.tokens.issue(execution.id, (execution.tokens += 1)) : undefined;
  visit.taskContext = token === undefined ? undefined : { Token: token };
  const input = state.arguments === undefined ? visit.input : await evaluate(visit, state.arguments);
  checkPayload(visit, input);
  const { timeoutSeconds, heartbeatSeconds } = state;
  const timeout = timeoutSeconds && (await evaluateWhole(visit, timeoutSeconds, 1, limits.seconds));
  const heartbeat = heartbeatSeconds && (await evaluateWhole(visit, heartbeatSeconds, 1, limits.seconds));
  recordScheduled(visit, resource, input, timeout, heartbeat);
  const call: TaskCall = {
    resource,
    arguments: input,
    token,
    execution: { id: execution.id, name: execution.name, machineName: execution.machineName },
    state: state.name,
    retryCount: visit.retryCount,
  };
  const attempt = { visit, state, call, timeout, heartbeat };
  const isPlain = token === undefined && timeout === undefined && heartbeat === undefined;
  const end = isPlain ? await callPlainly(attempt) : await callAndWait(attempt);
  if (end.kind === 'succeeded') return end.output;
  throw end.failure;
}

interface Attempt {
  readonly visit: Visit;
  readonly state: TaskState;
  readonly call: TaskCall;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** Without a time-out or a token there is nothing to wait for but the handler. */
async function callPlainly({ visit, state, call }: Attempt): Promise<TaskEnd> {
  const end = await live(visit.thread, invoke(visit, call));
  recordEnd(visit, state.resource, end);
  return end;
}

/** The handler, the time-out, the missing heartbeat, the answer by token: the first ends the task and voids the others. */
async function callAndWait({ visit, state, call, timeout, heartbeat }: Attempt): Promise<TaskEnd> {
  const { runtime, thread } = visit;
  const { clock } = runtime;
  let resumed = false;
  const waiting = clock.park<TaskEnd>((resume) => {
    const cancels: (() => void)[] = [];
    let cancelHeartbeat: (() => void) | undefined;
    const release = (): void => {
      for (const undo of cancels.splice(0)) undo();
      cancelHeartbeat?.();
      thread.release = undefined;
    };
    let ended = false;
    const finish = (end: TaskEnd): void => {
      if (ended || thread.cancelled) return;
      ended = true;
      release();
      recordEnd(visit, state.resource, end);
      resume(end);
    };
    const beat = (): void => {
      cancelHeartbeat?.();
      if (heartbeat === undefined) return;
      cancelHeartbeat = clock.at(clock.now() + heartbeat * 1000, () =>
        finish(timedOut(stateErrors.heartbeatTimeout)),
      );
    };
    thread.release = release;
    beat();
    if (timeout !== undefined) cancels.push(clock.at(clock.now() + timeout * 1000, () => finish(timedOut())));
    if (call.token !== undefined) {
      cancels.push(
        runtime.tokens.wait(call.token, {
          succeed: (output) => finish({ kind: 'succeeded', output }),
          fail: (error, cause) => finish({ kind: 'failed', failure: new StateFailure(error, cause) }),
          beat,
        }),
      );
    }
    clock.spawn(async () => {
      const end = await invoke(visit, call);
      if (call.token === undefined || end.kind !== 'succeeded') finish(end);
      else if (!resumed && !thread.cancelled) recordSubmitted(visit, state.resource, end.output);
    });
  });
  const end = await live(thread, waiting);
  resumed = true;
  return end;
}

function timedOut(alias?: string): TaskEnd {
  return { kind: 'timedOut', failure: new StateFailure(stateErrors.timeout, undefined, alias) };
}

/** Calls the handler; what it throws for the service becomes the end of the task, anything else is a fault. */
async function invoke(visit: Visit, call: TaskCall): Promise<TaskEnd> {
  try {
    const output = toJson((await visit.runtime.runTask(call)) ?? null) ?? null;
    if (fits(output, limits.payloadBytes)) return { kind: 'succeeded', output };
    const reason = `The state/task '${visit.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    return { kind: 'failed', failure: new StateFailure(stateErrors.dataLimitExceeded, reason) };
  } catch (thrown) {
    if (thrown instanceof TaskFailure)
      return { kind: 'failed', failure: new StateFailure(thrown.error, thrown.reason) };
    if (!(thrown instanceof UnsupportedResource)) throw thrown;
    return {
      kind: 'failed',
      failure: new StateFailure(stateErrors.runtime, explained(visit, thrown.message)),
    };
  }
}
