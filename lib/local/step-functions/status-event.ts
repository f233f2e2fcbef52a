// What Step Functions tells the account's bus when an execution begins and ends.
// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
import type { ExecutionDescription } from '../asl/interpreter.ts';
import type { JsonObject } from '../asl/json.ts';
import type { Place } from '../place.ts';
import { machineArn } from './arns.ts';
import { redriveStatusOf } from './redrive-status.ts';

/** An entry for the default bus. */
export interface StatusEvent {
  readonly source: 'aws.states';
  readonly detailType: 'Step Functions Execution Status Change';
  readonly resources: readonly string[];
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly detail: JsonObject;
}

export function statusEvent(execution: ExecutionDescription, place: Place): StatusEvent {
  const { id, machineName, status, startDate, stopDate, output, error, cause, origin } = execution;
  const { redriveStatus, redriveStatusReason } = redriveStatusOf(execution);
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [id],
    time: stopDate ?? execution.redriveDate ?? startDate,
    detail: {
      executionArn: id,
      stateMachineArn: machineArn(place, machineName),
      stateMachineVersionArn: origin.versionArn ?? null,
      stateMachineAliasArn: origin.aliasArn ?? null,
      name: execution.name,
      status,
      startDate,
      stopDate: stopDate ?? null,
      input: JSON.stringify(execution.input),
      inputDetails: { included: true },
      output: output === undefined ? null : JSON.stringify(output),
      outputDetails: output === undefined ? null : { included: true },
      error: error ?? null,
      cause: cause ?? null,
      redriveCount: execution.redriveCount,
      redriveDate: execution.redriveDate ?? null,
      redriveStatus,
      redriveStatusReason: redriveStatusReason ?? null,
    },
  };
}
