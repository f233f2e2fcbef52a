// A new execution, before its first event.
import type { Execution, Thread } from './execution.ts';
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
}

/** Who an execution is: its ARN, its machine's ARN, and the role it has. */
export interface Identity {
  readonly id: string;
  readonly machineId: string;
  readonly roleArn: string;
}

/** `now` is its start, in milliseconds since 1970; its events are kept in `events`, if at all. */
export function createExecution(
  { machine, machineName, name, input }: StartRequest,
  { id, machineId, roleArn }: Identity,
  now: number,
  events: Execution['events'],
): Execution {
  const execution: Omit<Execution, 'root'> = {
    id,
    name,
    machineName,
    machine,
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
    release: undefined,
  };
}
