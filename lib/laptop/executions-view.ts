// Executions of the running cloud: all of them, and where one run is.
import { executionArn, machineName } from '#lib/contracts/deployment-names.ts';
import { executionName } from '#lib/contracts/ids.ts';
import type { StateMachines } from '#lib/local/step-functions/create-state-machines.ts';
import type { Place } from '#lib/local/place.ts';
import type { Executions } from './running-cloud.ts';

type Machines = Pick<StateMachines, 'running'>;

export function viewExecutions({ running }: Machines): Executions {
  return {
    running: () =>
      Array.from(running.all().values(), ({ id, machineName: machine, name, startDate, states }) => ({
        arn: id,
        machine,
        name,
        started: startDate,
        states: states.map((state) => state.name),
      })),
  };
}

/** A run's present execution. */
export interface ExecutionOfRun {
  readonly journey: string;
  readonly version: string;
  readonly leg: number;
}

/** The states that a run's execution is in; none where it is not running. */
export function statesOfRun(
  { running }: Machines,
  { partition, region, account }: Place,
  deployment: string,
  run: string,
  { journey, version, leg }: ExecutionOfRun,
): readonly string[] {
  const machine = machineName(deployment, journey, version, leg === 1 ? 'first' : 'resume');
  const arn = executionArn(
    `arn:${partition}:states:${region}:${account}:stateMachine:${machine}`,
    executionName(run, leg),
  );
  return (
    running
      .all()
      .get(arn)
      ?.states.map(({ name }) => name) ?? []
  );
}
