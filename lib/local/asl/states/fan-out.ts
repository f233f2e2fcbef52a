// What Parallel and Map have in common: threads under a thread, of which the first to fail cuts the others.
import { cancel, Cancelled, live, type Thread } from '../execution.ts';
import { StateFailure } from '../failure.ts';
import type { Json } from '../json.ts';
import type { Graph } from '../machine.ts';
import { record, type Runtime } from '../runtime.ts';

export interface Child {
  readonly index: number;
  readonly thread: Thread;
  done: boolean;
}

/** Waits for threads that `start` sets going; `finish` and `fail` end the waiting, the first call counts. */
export async function fanOut(
  runtime: Runtime,
  parent: Thread,
  start: (ends: { finish: () => void; fail: (failure: StateFailure) => void }) => void,
): Promise<void> {
  const waiting = runtime.clock.park<StateFailure | undefined>((resume) => {
    start({ finish: () => resume(undefined), fail: resume });
  });
  const failure = await live(parent, waiting);
  parent.children.clear();
  if (failure !== undefined) throw failure;
}

/**
 * Runs a graph on a child's thread as work of its own. A failure that nothing catches ends the execution at once; any
 * other goes to `onFailure`, an end to `onEnd`.
 */
export function runChild(
  runtime: Runtime,
  child: Child,
  graph: Graph,
  input: Json,
  onEnd: (output: Json) => void | Promise<void>,
  onFailure: (failure: StateFailure) => void | Promise<void>,
): void {
  const { thread } = child;
  runtime.clock.at(runtime.clock.now(), async () => {
    try {
      if (thread.cancelled) return;
      const output = await runtime.runGraph(thread, graph, input);
      child.done = true;
      await onEnd(output);
    } catch (thrown) {
      if (thrown instanceof Cancelled) return;
      if (!(thrown instanceof StateFailure)) throw thrown;
      child.done = true;
      if (thrown.endsExecution) runtime.fail(thread.execution, thrown);
      else await onFailure(thrown);
    }
  });
}

/**
 * Cuts the children that still run and records how each line ended, in order: a line that is cut as the abortion of the
 * state it was in, and the failed one as such where its last state was a Task. `describe` records Map's iteration events.
 */
export function cutOthers(
  runtime: Runtime,
  parent: Thread,
  children: readonly Child[],
  failed: Child | undefined,
  describe: (child: Child, how: 'failed' | 'aborted') => void = () => undefined,
): void {
  if (failed !== undefined) parent.chain.continueFrom(failed.thread.chain.last);
  for (const child of children) {
    const { thread } = child;
    if (child === failed) describe(child, 'failed');
    else if (!child.done) describe(child, 'aborted');
    else continue;
    const { state } = thread;
    if (state !== undefined && (child !== failed || state.type === 'Task')) {
      record(runtime, parent, `${state.type}StateAborted`, undefined, 'beside');
    }
    if (child !== failed) cancel(thread);
  }
}
