// What the interpreter asks of the world outside: to run one task.
import type { Json } from './json.ts';
import type { Resource } from './resource.ts';

export interface TaskCall {
  readonly resource: Resource;
  /** Shared with the execution: read it, never change it. */
  readonly arguments: Json;
  /** For `.waitForTaskToken`: whoever gets it may answer, once. */
  readonly token: string | undefined;
  readonly execution: { readonly id: string; readonly name: string; readonly machineName: string };
  readonly state: string;
  /** 0 at the first attempt. */
  readonly retryCount: number;
}

/**
 * Runs a task and answers its result as JSON. Rejects with TaskFailure for what the service would report as an error, with
 * UnsupportedResource for a resource it does not know; any other rejection is a fault of the handler and stops the clock.
 */
export type RunTask = (call: TaskCall) => Promise<unknown>;
