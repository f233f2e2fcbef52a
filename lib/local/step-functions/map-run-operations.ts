// Operations on the Map Runs of Distributed Maps. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html
import * as z from 'zod';
import type { Interpreter } from '../asl/interpreter.ts';
import type { MapRun } from '../asl/map-run.ts';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import { checkExecutionArn, checkMapRunArn, machineArn } from './arns.ts';
import { type Executions, refusing } from './executions.ts';
import { seconds } from './json-text.ts';
import { pageMembers, pageOf } from './paging.ts';

export interface MapRunOperationsOptions {
  readonly executions: Executions;
  readonly interpreter: Interpreter;
  readonly place: Place;
}

const list = z.strictObject({ executionArn: z.string(), ...pageMembers });
const one = z.strictObject({ mapRunArn: z.string() });
const update = z.strictObject({
  mapRunArn: z.string(),
  /** 0: as many as there are. */
  maxConcurrency: z.number().int().min(0).optional(),
  toleratedFailurePercentage: z.number().min(0).max(100).optional(),
  toleratedFailureCount: z.number().int().min(0).optional(),
});

export function mapRunOperations({
  executions,
  interpreter,
  place,
}: MapRunOperationsOptions): Readonly<Record<string, JsonOperation>> {
  const find = (arn: string): MapRun => {
    checkMapRunArn(arn);
    const run = interpreter.mapRun(arn);
    if (run === undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
    return run;
  };
  return {
    ListMapRuns: (given) => {
      const { executionArn, ...page } = parseInput(list, given);
      checkExecutionArn(executionArn);
      executions.describe(executionArn);
      const runs = interpreter.mapRunsOf(executionArn).entries();
      const { members, nextToken } = pageOf(runs, ([index]) => index, page);
      const mapRuns = members.map(([, { id, machineName, startDate, stopDate }]) => ({
        executionArn,
        mapRunArn: id,
        stateMachineArn: machineArn(place, machineName),
        startDate: seconds(startDate),
        stopDate: stopDate === undefined ? undefined : seconds(stopDate),
      }));
      return { mapRuns, nextToken };
    },
    DescribeMapRun: (given) => described(find(parseInput(one, given).mapRunArn)),
    UpdateMapRun: (given) => {
      const { mapRunArn, ...wanted } = parseInput(update, given);
      find(mapRunArn);
      refusing(() =>
        interpreter.limitMapRun(
          mapRunArn,
          Object.fromEntries(Object.entries(wanted).filter(([, limit]) => limit !== undefined)),
        ),
      );
    },
  };
}

function described(run: MapRun): unknown {
  const { id, executionId, status, startDate, stopDate, limits, redriveCount, redriveDate } = run;
  const counts = run.counts();
  const both = {
    pending: counts.PENDING,
    running: counts.RUNNING,
    succeeded: counts.SUCCEEDED,
    failed: counts.FAILED,
    timedOut: counts.TIMED_OUT,
    aborted: counts.ABORTED,
    total: run.children.length,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
  return {
    mapRunArn: id,
    executionArn: executionId,
    status,
    startDate: seconds(startDate),
    stopDate: stopDate === undefined ? undefined : seconds(stopDate),
    maxConcurrency: limits.maxConcurrency ?? 0,
    toleratedFailurePercentage: limits.toleratedFailurePercentage ?? 0,
    toleratedFailureCount: limits.toleratedFailureCount ?? 0,
    itemCounts: both,
    executionCounts: both,
    redriveCount,
    redriveDate: redriveDate === undefined ? undefined : seconds(redriveDate),
  };
}
