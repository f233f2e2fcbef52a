// Runs one machine to its end in virtual time, for tests of the interpreter.
import { VirtualClock } from '#lib/local/clock.ts';
import type { HistoryEvent } from '#lib/local/asl/history.ts';
import {
  type ExecutionDescription,
  Interpreter,
  type InterpreterOptions,
} from '#lib/local/asl/interpreter.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import type { RunTask } from '#lib/local/asl/task-call.ts';
import { UnsupportedResource } from '#lib/local/asl/failure.ts';

export const start = Date.parse('2026-03-27T10:00:00.000Z');

export interface Bench {
  readonly clock: VirtualClock;
  readonly interpreter: Interpreter;
  /** Starts an execution under the name; nothing runs before the clock does. */
  readonly begin: (definition: unknown, input?: Json, name?: string) => ExecutionDescription;
}

/** An interpreter at `start`, with everything repeatable. */
export function bench(runTask: RunTask = noTasks, options: Partial<InterpreterOptions> = {}): Bench {
  const clock = new VirtualClock(start);
  const interpreter = new Interpreter({ clock, runTask, random: () => 0.5, history: 'full', ...options });
  return {
    clock,
    interpreter,
    begin: (definition, input = {}, name = 'test') =>
      interpreter.start({ machine: parseMachine(definition), machineName: 'machine', name, input }),
  };
}

const noTasks: RunTask = async (call) => {
  throw new UnsupportedResource(call.resource.arn);
};

/** Runs the machine until nothing is left to do. */
export async function run(
  definition: unknown,
  input: Json = {},
  runTask?: RunTask,
): Promise<{ execution: ExecutionDescription; history: readonly HistoryEvent[] }> {
  const { clock, interpreter, begin } = bench(runTask);
  const { id } = begin(definition, input);
  await clock.runAll();
  return { execution: interpreter.describe(id), history: interpreter.history(id) };
}

export function typesOf(history: readonly HistoryEvent[]): string[] {
  return history.map((event) => event.type);
}

/** The name of what the call throws, as AWS's API would name its exception; `accepted` when it throws nothing. */
export function refusalOf(call: () => unknown): unknown {
  try {
    call();
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}
