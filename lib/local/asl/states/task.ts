// A Task state: one call of a resource, its time-out and heartbeat, and for callback tasks the wait for the answer.
import { live } from '../execution.ts';
import { StateFailure, stateErrors, TaskFailure, UnsupportedResource } from '../failure.ts';
import { fits, type Json, type JsonObject, toJson } from '../json.ts';
import { limits } from '../limits.ts';
import type { TaskState } from '../machine.ts';
import type { TaskCall } from '../task-call.ts';
import { evaluateWhole } from './result-type.ts';
import { endFromJson, endToJson, type TaskEnd } from './task-end.ts';
import { recordEnd, recordScheduled, recordSubmitted } from './task-events.ts';
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
  const isPlain =
    token === undefined && timeout === undefined && heartbeat === undefined && !visit.runtime.isKept;
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
async function callAndWait(attempt: Attempt): Promise<TaskEnd> {
  const { visit, state, call, timeout, heartbeat } = attempt;
  const { runtime, thread } = visit;
  let resumed = false;
  const waiting = runtime.clock.park<TaskEnd>((resume) => {
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
    // A callback may take weeks: its time-outs are the business's. Any other task is a call, whose time-outs are those of machines.
    const after = (tell: (message: Json) => void, seconds: number, end: TaskEnd): (() => void) => {
      const { clock, infrastructure } = runtime;
      if (call.token !== undefined || infrastructure === undefined)
        return clock.at(clock.now() + seconds * 1000, () => finish(end));
      return infrastructure.after(seconds * 1000, () => tell({ ended: endToJson(end) }));
    };
    const beat = (tell: (message: Json) => void): void => {
      cancelHeartbeat?.();
      if (heartbeat !== undefined)
        cancelHeartbeat = after(tell, heartbeat, timedOut(stateErrors.heartbeatTimeout));
    };
    const arm = (tell: (message: Json) => void): void => {
      beat(tell);
      if (timeout !== undefined) cancels.push(after(tell, timeout, timedOut()));
    };
    thread.release = release;
    let answered = false;
    // Told again later, so it is armed now.
    if (call.token !== undefined) arm(() => undefined);
    const cancel = runtime.outside.expect(thread.execution, {
      begin: (tell) => {
        if (call.token === undefined) arm(tell);
        else cancels.push(waitForToken(attempt, call.token, tell));
        if (answered) return;
        runtime.work(async () => tell({ answered: endToJson(await invoke(visit, call)) }));
      },
      hear: (message) => {
        const { answered: answer, ended: end } = message as { answered?: JsonObject; ended?: JsonObject };
        if (answer !== undefined) {
          answered = true;
          const given = endFromJson(answer);
          if (call.token === undefined || given.kind !== 'succeeded') finish(given);
          else if (!resumed && !thread.cancelled) recordSubmitted(visit, state.resource, given.output);
        } else if (end === undefined) beat(() => undefined);
        else finish(endFromJson(end));
      },
      isDue: () => !answered,
    });
    cancels.push(cancel);
  });
  const end = await live(thread, waiting);
  resumed = true;
  return end;
}

/** Returns what makes the token void. */
function waitForToken({ visit }: Attempt, token: string, tell: (message: Json) => void): () => void {
  return visit.runtime.tokens.wait(token, {
    succeed: (output) => tell({ ended: endToJson({ kind: 'succeeded', output }) }),
    fail: (error, cause) =>
      tell({ ended: endToJson({ kind: 'failed', failure: new StateFailure(error, cause) }) }),
    beat: () => tell({}),
  });
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
