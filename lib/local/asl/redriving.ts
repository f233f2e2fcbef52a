// Executions that are over and go on: which can, and what changes when they do.
// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
import type { Execution } from './execution.ts';

/** Why an execution cannot be redriven; undefined: it can. */
export function redriveProblem({ status, origin, root }: Execution): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (origin.mapRunArn !== undefined)
    return 'A child execution is redriven with the execution of its Map Run';
  const { state } = root;
  if (state?.type === 'Parallel' || (state?.type === 'Map' && state.distributed === undefined))
    return `The local cloud does not redrive executions that have failed inside a ${state.type} state ('${state.name}')`;
  return undefined;
}

/** It runs again, at the instant; its lines of execution wait for nothing yet. */
export function reopen(execution: Execution, now: number): void {
  const { root } = execution;
  execution.status = 'RUNNING';
  execution.stopDate = undefined;
  execution.output = undefined;
  execution.error = undefined;
  execution.cause = undefined;
  execution.redriveCount += 1;
  execution.redriveDate = now;
  const { Execution: context } = execution.context;
  const RedriveTime = new Date(now).toISOString();
  execution.context = {
    ...execution.context,
    Execution: { ...context, RedriveCount: execution.redriveCount, RedriveTime },
  };
  root.cancelled = false;
  root.release = undefined;
}
