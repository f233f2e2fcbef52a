// A new execution, before its first event.
import type { Execution, Family, Origin, Thread } from './execution.ts';
import { Chain } from './history.ts';
import type { Json } from './json.ts';
import type { Machine } from './machine.ts';
import { Variables } from './variables.ts';

export interface StartRequest {
  readonly machine: Machine;
  readonly machineName: string;
  /** Unique per machine name, also among ended executions. */
  readonly name: string;
  readonly input: Json;
  readonly origin?: Origin;
  /** Default: the interpreter's. */
  readonly roleArn?: string;
  /** Uniform in [0, 1): what this execution alone draws from. Default: the interpreter's source, which all share. */
  readonly random?: () => number;
}

/** Who an execution is: its ARN, its machine's ARN, and the role it has. */
export interface Identity {
  readonly id: string;
  readonly machineId: string;
  readonly roleArn: string;
}

/** `now` is its start, in milliseconds since 1970; its events are kept in `events`, if at all. */
export function createExecution(
  { machine, machineName, name, input, origin = {} }: StartRequest,
  { id, machineId, roleArn }: Identity,
  now: number,
  events: Execution['events'],
  parent?: { readonly family: Family; readonly onEnd: () => void },
): Execution {
  const execution: Omit<Execution, 'root'> = {
    id,
    name,
    machineName,
    machine,
    family: parent?.family ?? { root: id, events: 0 },
    origin,
    input,
    startDate: now,
    stopDate: undefined,
    status: 'RUNNING',
    output: undefined,
    error: undefined,
    cause: undefined,
    transitions: 0,
    eventCount: 0,
    events,
    tokens: 0,
    expected: 0,
    redriveCount: 0,
    redriveDate: undefined,
    onEnd: parent?.onEnd,
    context: {
      Execution: {
        Id: id,
        Input: input,
        StartTime: new Date(now).toISOString(),
        Name: name,
        RoleArn: roleArn,
        RedriveCount: 0,
      },
      StateMachine: { Id: machineId, Name: machineName },
    },
    cancelDeadline: () => undefined,
  };
  return Object.assign(execution, { root: rootThread(() => execution as Execution) });
}

function rootThread(execution: () => Execution): Thread {
  return {
    get execution() {
      return execution();
    },
    chain: new Chain(0),
    variables: new Variables(),
    mapContext: undefined,
    children: new Set(),
    cancelled: false,
    state: undefined,
    entered: undefined,
    release: undefined,
  };
}
