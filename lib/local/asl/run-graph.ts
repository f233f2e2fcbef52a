// States one after the other, from the first one to one that ends.
import type { Thread } from './execution.ts';
import type { Json } from './json.ts';
import type { Graph } from './machine.ts';
import type { Runtime } from './runtime.ts';
import { runState } from './states/run-state.ts';

/**
 * States find it in the runtime, because some have graphs in them.
 * @param from the state in which an execution goes on that is redriven; undefined: the first one.
 * @returns the output of the last state. Rejects as `runState` does.
 */
export async function runGraph(
  runtime: Runtime,
  thread: Thread,
  graph: Graph,
  input: Json,
  from?: string,
): Promise<Json> {
  let name: string | undefined = from ?? graph.startAt;
  let value = input;
  let isRedriven = from !== undefined;
  while (name !== undefined) {
    const state = graph.states.get(name);
    if (state === undefined) throw new Error(`No state '${name}' in a machine that was parsed.`);
    const exit = await runState(runtime, thread, state, value, isRedriven);
    isRedriven = false;
    value = exit.output;
    name = exit.next;
  }
  return value;
}
