// Operations on executions. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
import * as z from 'zod';
import type { ExecutionDescription, Interpreter } from '../asl/interpreter.ts';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import { checkExecutionArn, checkMapRunArn, machineArn } from './arns.ts';
import { type Executions, refusing, textOf } from './executions.ts';
import { historyAnswer } from './history-answer.ts';
import { seconds } from './json-text.ts';
import { pageMembers, pageOf } from './paging.ts';
import { redriveStatusOf } from './redrive-status.ts';
import type { StateMachineStore } from './state-machine-store.ts';

export interface ExecutionOperationsOptions {
  readonly store: StateMachineStore;
  readonly executions: Executions;
  readonly interpreter: Interpreter;
  readonly place: Place;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Starts one; `name` is made up where none is given. Throws ServiceError. */
  readonly start: (machineArn: string, name: string | undefined, input: string) => ExecutionDescription;
}

const STATUS = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] as const;

const start = z.strictObject({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().default('{}'),
  /** For X-Ray, of which there is none. */
  traceHeader: z.string().optional(),
});
const one = z.strictObject({
  executionArn: z.string(),
  /** METADATA_ONLY is for data that are encrypted with a key of the customer's. */
  includedData: z.enum(['ALL_DATA', 'METADATA_ONLY']).default('ALL_DATA'),
});
const stop = z.strictObject({
  executionArn: z.string(),
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const list = z.strictObject({
  stateMachineArn: z.string().optional(),
  mapRunArn: z.string().optional(),
  statusFilter: z.enum(STATUS).optional(),
  redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
  ...pageMembers,
});
const historyOf = z.strictObject({
  executionArn: z.string(),
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
  ...pageMembers,
});
const redrive = z.strictObject({ executionArn: z.string(), clientToken: z.string().max(64).optional() });

export function executionOperations(
  options: ExecutionOperationsOptions,
): Readonly<Record<string, JsonOperation>> {
  const { executions, interpreter, place, now } = options;
  return {
    StartExecution: (given) => {
      const { stateMachineArn, name, input } = parseInput(start, given);
      const { id, startDate } = options.start(stateMachineArn, name, input);
      return { executionArn: id, startDate: seconds(startDate) };
    },
    DescribeExecution: (given) => {
      const { executionArn } = parseInput(one, given);
      checkExecutionArn(executionArn);
      return described(executions.describe(executionArn), place, now());
    },
    StopExecution: (given) => {
      const { executionArn, error, cause } = parseInput(stop, given);
      checkExecutionArn(executionArn);
      if (executions.describe(executionArn).status === 'RUNNING')
        refusing(() => interpreter.stop(executionArn, error, cause));
      return { stopDate: seconds(executions.describe(executionArn).stopDate ?? now()) };
    },
    RedriveExecution: (given) => {
      const { executionArn } = parseInput(redrive, given);
      checkExecutionArn(executionArn);
      const { redriveStatus, redriveStatusReason } = redriveStatusOf(
        executions.describe(executionArn),
        now(),
      );
      if (redriveStatus === 'NOT_REDRIVABLE')
        throw new ServiceError('ExecutionNotRedrivable', redriveStatusReason ?? '');
      if (!interpreter.has(executionArn))
        throw new ServiceError(
          'ExecutionNotRedrivable',
          'The local cloud no longer keeps the history of this execution, from which it would go on',
        );
      const { redriveDate } = refusing(() => interpreter.redrive(executionArn));
      return { redriveDate: seconds(redriveDate ?? now()) };
    },
    GetExecutionHistory: (given) => {
      const { executionArn, reverseOrder, includeExecutionData, ...page } = parseInput(historyOf, given);
      checkExecutionArn(executionArn);
      const events = executions.history(executionArn);
      const { members, nextToken } = pageOf(
        reverseOrder ? events.toReversed() : events,
        ({ id }) => (reverseOrder ? -id : id),
        page,
      );
      return { events: members.map((event) => historyAnswer(event, includeExecutionData)), nextToken };
    },
    ListExecutions: (given) => {
      const { stateMachineArn, mapRunArn, statusFilter, redriveFilter, ...page } = parseInput(list, given);
      if ((stateMachineArn === undefined) === (mapRunArn === undefined))
        throw new ServiceError(
          'ValidationException',
          'Either a stateMachineArn or a mapRunArn must be specified, and not both',
        );
      const found =
        mapRunArn === undefined
          ? executionsOf(options, stateMachineArn ?? '')
          : childrenOf(options, mapRunArn);
      const wanted = function* () {
        for (const listed of found) {
          const { status, redriveCount } = listed.execution;
          if (statusFilter !== undefined && status !== statusFilter) continue;
          if (redriveFilter !== undefined && (redriveFilter === 'REDRIVEN') !== redriveCount > 0) continue;
          yield listed;
        }
      };
      const { members, nextToken } = pageOf(wanted(), ({ order }) => -order, page);
      return { executions: members.map(({ execution }) => summary(execution, place)), nextToken };
    },
    DescribeStateMachineForExecution: (given) => {
      const { executionArn } = parseInput(one, given);
      checkExecutionArn(executionArn);
      return definitionOf(options, executions.describe(executionArn));
    },
  };
}

function* executionsOf({ store, executions }: ExecutionOperationsOptions, arn: string) {
  const { machine, version, alias } = store.find(arn);
  for (const listed of executions.of(machine.name)) {
    const { versionArn, aliasArn } = listed.execution.origin;
    if (alias === undefined ? version === undefined || versionArn === arn : aliasArn === arn) yield listed;
  }
}

function* childrenOf({ interpreter, executions }: ExecutionOperationsOptions, arn: string) {
  checkMapRunArn(arn);
  const run = interpreter.mapRun(arn);
  if (run === undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${arn}'`);
  for (const listed of executions.of(run.machineName))
    if (listed.execution.origin.mapRunArn === arn) yield listed;
}

/** Members that all answers on an execution have. */
function summary(execution: ExecutionDescription, place: Place) {
  const { id, machineName, name, status, startDate, stopDate, origin, redriveDate, redriveCount } = execution;
  return {
    executionArn: id,
    stateMachineArn: machineArn(place, machineName),
    name,
    status,
    startDate: seconds(startDate),
    stopDate: stopDate === undefined ? undefined : seconds(stopDate),
    mapRunArn: origin.mapRunArn,
    stateMachineVersionArn: origin.versionArn,
    stateMachineAliasArn: origin.aliasArn,
    redriveCount,
    redriveDate: redriveDate === undefined ? undefined : seconds(redriveDate),
  };
}

function described(execution: ExecutionDescription, place: Place, now: number): unknown {
  const { input, output, error, cause } = execution;
  return {
    ...summary(execution, place),
    input: JSON.stringify(input),
    inputDetails: { included: true },
    output: textOf(output),
    outputDetails: output === undefined ? undefined : { included: true },
    error,
    cause,
    ...redriveStatusOf(execution, now),
  };
}

function definitionOf(
  { store, place }: ExecutionOperationsOptions,
  { machineName, origin }: ExecutionDescription,
): unknown {
  const [name = '', label] = machineName.split('/');
  const arn = machineArn(place, name);
  const revision = store.revision(origin.definition ?? '');
  if (revision === undefined || !store.has(arn))
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  const { logging, tracing } = store.machine(arn);
  return {
    stateMachineArn: machineArn(place, machineName),
    name: machineName,
    definition: revision.definition,
    roleArn: revision.roleArn,
    updateDate: seconds(revision.updateDate),
    loggingConfiguration: logging,
    tracingConfiguration: tracing,
    mapRunArn: origin.mapRunArn,
    label,
    ...(revision.revisionId === 'INITIAL' ? {} : { revisionId: revision.revisionId }),
  };
}
