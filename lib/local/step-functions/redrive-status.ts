// Whether an execution can go on from where it failed. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
import type { ExecutionDescription } from '../asl/interpreter.ts';

const DAY = 24 * 60 * 60 * 1000;

/** After its end. */
const REDRIVE_MILLIS = 14 * DAY;

export interface RedriveStatus {
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
}

/** `now`, in milliseconds since 1970, where it matters how long ago the end was. */
export function redriveStatusOf(execution: ExecutionDescription, now?: number): RedriveStatus {
  const { status, stopDate, origin } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    const reason = `Execution is ${status} and cannot be redriven`;
    return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
  }
  if (origin.mapRunArn !== undefined) return { redriveStatus: 'REDRIVABLE_BY_MAP_RUN' };
  if (now !== undefined && stopDate !== undefined && now - stopDate > REDRIVE_MILLIS) {
    const reason = 'Execution is past its redrivable period of 14 days and cannot be redriven';
    return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
  }
  return { redriveStatus: 'REDRIVABLE' };
}
