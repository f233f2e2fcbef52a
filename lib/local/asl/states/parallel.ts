// A Parallel state: every branch gets the same input; the result is the array of their outputs, in order of definition.
import { fork } from '../execution.ts';
import type { Json } from '../json.ts';
import type { ParallelState } from '../machine.ts';
import { record } from '../runtime.ts';
import { type Child, cutOthers, fanOut, runChild } from './fan-out.ts';
import { checkPayload, evaluate, type Visit } from './visit.ts';

export async function performParallel(visit: Visit, state: ParallelState): Promise<Json> {
  const { runtime, thread } = visit;
  const input = state.arguments === undefined ? visit.input : await evaluate(visit, state.arguments);
  checkPayload(visit, input);
  record(runtime, thread, 'ParallelStateStarted');
  const outputs: Json[] = [];
  let running = state.branches.length;

  await fanOut(runtime, thread, ({ finish, fail }) => {
    const children: Child[] = state.branches.map((_, index) => ({
      index,
      thread: fork(thread, thread.chain.last),
      done: false,
    }));
    state.branches.forEach((branch, index) => {
      const child = children[index];
      if (child === undefined) return;
      runChild(
        runtime,
        child,
        branch,
        input,
        (output) => {
          outputs[index] = output;
          running -= 1;
          if (running > 0) return;
          thread.chain.continueFrom(
            Math.max(...children.map((branchThread) => branchThread.thread.chain.last)),
          );
          finish();
        },
        (failure) => {
          cutOthers(runtime, thread, children, child);
          fail(failure);
        },
      );
    });
  });

  record(runtime, thread, 'ParallelStateSucceeded', undefined, 'aside');
  return outputs;
}
