// Definitions on their way in: what AWS would refuse is refused in its words, and what AWS would run and nothing here runs is refused
// as well, when the machine is created and not when an execution gets there.
import { DefinitionError } from '../asl/failure.ts';
import { parseMachine } from '../asl/definition/parse-machine.ts';
import type { Graph, Machine, TaskState } from '../asl/machine.ts';
import { ServiceError } from '../gateway/service-error.ts';

/** @throws ServiceError InvalidDefinition with every problem and its place, NotImplemented for resources that nothing here runs. */
export function parseDefinition(definition: string): Machine {
  let machine: Machine;
  try {
    machine = parseMachine(definition);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const problems = error.problems.map(
      ({ path, message }) => `SCHEMA_VALIDATION_FAILED: ${message} at ${path === '' ? '/' : path}`,
    );
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${problems.join(', ')}'`);
  }
  const [unknown] = [...tasksOf(machine.graph)].filter((task) => !isRun(task));
  if (unknown === undefined) return machine;
  throw new ServiceError(
    'NotImplemented',
    `The local cloud does not run '${unknown.resource.arn}' (state '${unknown.name}'); it runs functions, by their ARN or by lambda:invoke, with and without a task token.`,
    501,
  );
}

function isRun({ resource }: TaskState): boolean {
  return (
    resource.kind === 'function' ||
    (resource.service === 'lambda' && ['invoke', 'invoke.waitForTaskToken'].includes(resource.action))
  );
}

function* tasksOf(graph: Graph): Generator<TaskState> {
  for (const state of graph.states.values()) {
    if (state.type === 'Task') yield state;
    if (state.type === 'Map') yield* tasksOf(state.processor);
    if (state.type === 'Parallel') for (const branch of state.branches) yield* tasksOf(branch);
  }
}
