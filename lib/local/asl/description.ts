// What an execution tells of itself, in the words of DescribeExecution.
import type { Execution, Origin, Status } from './execution.ts';
import type { Json } from './json.ts';

export interface ExecutionDescription {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly machineName: string;
  readonly status: Status;
  readonly input: Json;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Milliseconds since 1970. */
  readonly startDate: number;
  readonly stopDate: number | undefined;
  /** States entered and retries: what AWS bills. */
  readonly transitions: number;
  readonly eventCount: number;
  /** ARN of the execution whose Map Run it is part of, or its own. */
  readonly root: string;
  readonly origin: Origin;
  readonly redriveCount: number;
  /** Milliseconds since 1970. */
  readonly redriveDate: number | undefined;
}

export function describe(execution: Execution): ExecutionDescription {
  return {
    id: execution.id,
    name: execution.name,
    machineName: execution.machineName,
    status: execution.status,
    input: execution.input,
    output: execution.output,
    error: execution.error,
    cause: execution.cause,
    startDate: execution.startDate,
    stopDate: execution.stopDate,
    transitions: execution.transitions,
    eventCount: execution.eventCount,
    root: execution.family.root,
    origin: execution.origin,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redriveDate,
  };
}
