/**
 * AWS Lambda of the local cloud: runs the bundles of a deployment in threads of this process, each call as Lambda makes it, with its
 * limits, its errors, its retries of asynchronous calls, and its figures.
 */
import { randomUUID } from 'node:crypto';
import type { Chaos } from '../chaos.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import type { BusinessDate } from '../time/shared-date.ts';
import type { Targets } from '../targets.ts';
import { AsynchronousCalls } from './asynchronous-calls.ts';
import { environmentOf, traceIdOf } from './function-environment.ts';
import { callMetrics, embeddedMetrics, throttleMetrics, type FunctionMetric } from './function-metrics.ts';
import { bareName, functionArn, functionNotFound, parseFunctionName } from './function-name.ts';
import {
  EVENT_INVOKE_DEFAULTS,
  type EventInvokeResource,
  type FunctionResource,
} from './function-resource.ts';
import { Instance, type Outcome } from './instance.ts';
import { Instances } from './instances.ts';

export interface FunctionLine {
  readonly functionName: string;
  /** Where CloudWatch Logs has it. */
  readonly logGroup: string;
  readonly logStream: string;
  /** Milliseconds since 1970, business time. */
  readonly at: number;
  /** As the line says it of itself, in capitals; INFO where it says nothing. */
  readonly level: string;
  readonly line: string;
}

export interface FunctionsOptions {
  readonly time: CloudTime;
  /** What `Date` shows in functions. */
  readonly businessDate: BusinessDate;
  readonly place: Place;
  readonly journal: Journal;
  /** Folder in which Node keeps what it has compiled; nobody else may write there, because what lies in it is run. */
  readonly codeCache: string;
  readonly chaos: Chaos;
  /** Where asynchronous calls that failed are handed to. */
  readonly targets: Targets;
  readonly onLog: (line: FunctionLine) => void;
  readonly onMetrics: (metrics: readonly FunctionMetric[]) => void;
  /** An asynchronous call was given up, and no destination has it. */
  readonly onGivenUp: (functionName: string, reason: string) => void;
  /** A fault of ours that no caller is told. */
  readonly onFault: (error: unknown) => void;
}

interface InvocationOptions {
  readonly isAsynchronous?: boolean;
  readonly clientContext?: string;
  /** Is told each line that this call writes. */
  readonly onLine?: (line: string) => void;
  /** Of a call that is tried again: stays the same. */
  readonly requestId?: string;
}

export interface InvocationResult {
  readonly requestId: string;
  /** JSON; empty for an asynchronous call. */
  readonly payload: string;
  /** The payload is an error in Lambda's form: `{ errorType, errorMessage, trace }`. */
  readonly functionError?: 'Unhandled';
  /** Real milliseconds. */
  readonly millis: number;
}

export interface Functions {
  /** @returns its ARN. */
  add(resource: FunctionResource): string;
  addEventInvoke(resource: EventInvokeResource): void;
  /** By name or ARN; undefined also for the ARN of something else. */
  find(nameOrArn: string): DeployedFunction | undefined;
  /** As `find`, for callers who take it to be there. Throws ServiceError: ResourceNotFoundException, and what parseFunctionName throws. */
  get(nameOrArn: string): DeployedFunction;
  all(): readonly DeployedFunction[];
  /** Calls of a function in progress, or waiting for an instance. */
  inProgress(name: string): number;
  /**
   * Calls a function with JSON. What the function itself does wrong is in the result; a synchronous call may wait for room.
   * @throws ServiceError (rejects): ResourceNotFoundException, TooManyRequestsException, InvalidRequestContentException,
   *   RequestTooLargeException.
   */
  invoke(nameOrArn: string, payload: string, options?: InvocationOptions): Promise<InvocationResult>;
  /** Makes the asynchronous calls that a former run had accepted; call it once, when everything is put together. */
  resume(): void;
  /** Ends all instances, with what they are doing. */
  close(): Promise<void>;
}

export interface DeployedFunction extends FunctionResource {
  readonly arn: string;
}

/** Of a request that waits for its answer, and of the answer; https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_PAYLOAD_BYTES = 6 * 1024 * 1024;
/** Of an asynchronous request. */
const MOST_EVENT_BYTES = 1024 * 1024;

export function createFunctions(options: FunctionsOptions): Functions {
  const { time, businessDate, place, journal, codeCache, chaos, targets, onLog, onMetrics, onGivenUp } =
    options;
  const deployed = new Map<string, DeployedFunction>();
  const eventInvokes = new Map<string, EventInvokeResource>();
  /** Calls in progress or waiting for an instance, by name. */
  const inProgress = new Map<string, number>();

  const named = (nameOrArn: string): DeployedFunction => {
    const name = parseFunctionName(nameOrArn);
    const found = deployed.get(name);
    if (found === undefined) throw functionNotFound(functionArn(place, name));
    return found;
  };

  /** Who listens to the lines of an instance: the call in progress there. */
  const listeners = new Map<string, (line: string) => void>();

  const takeLine = ({ name, logGroup }: DeployedFunction, logStream: string, line: string): void => {
    const entry = parsedLine(line);
    const level = typeof entry?.['level'] === 'string' ? entry['level'].toUpperCase() : 'INFO';
    onLog({ functionName: name, logGroup, logStream, at: time.business.now(), level, line });
    if (entry?.['_aws'] !== undefined) onMetrics(embeddedMetrics(entry));
  };

  const instances = new Instances({
    timers: time.infrastructure,
    start: (functionName, onEnd) => {
      const one = named(functionName);
      const logStream = `[$LATEST]${randomUUID().replaceAll('-', '')}`;
      return new Instance({
        start: {
          arn: one.arn,
          folder: one.folder,
          handler: one.handler,
          businessDate: businessDate.buffer,
          endpoint: place.endpoint,
          region: place.region,
          codeCache,
        },
        variables: environmentOf(one, place, logStream),
        memoryMegabytes: one.memoryMegabytes,
        timers: time.infrastructure,
        onLine: (line, requestId) => {
          takeLine(one, logStream, line);
          if (requestId !== undefined) listeners.get(requestId)?.(line);
        },
        onEnd,
      });
    },
  });

  const throttled = (one: DeployedFunction): ServiceError => {
    onMetrics(throttleMetrics(one.name, time.business.now()));
    return new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429, {
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      Type: 'User',
    });
  };

  const call = async (
    one: DeployedFunction,
    payload: string,
    requestId: string,
    { clientContext, onLine }: InvocationOptions = {},
  ): Promise<InvocationResult> => {
    const running = inProgress.get(one.name) ?? 0;
    if (running >= (one.reservedConcurrency ?? Infinity) || chaos.happens('function is throttled'))
      throw throttled(one);
    inProgress.set(one.name, running + 1);
    const ofAccount = [...inProgress.values()].reduce((sum, calls) => sum + calls, 0);
    const concurrency = { ofFunction: running + 1, ofAccount };
    if (onLine !== undefined) listeners.set(requestId, onLine);
    const release = time.hold();
    try {
      const workerCall = {
        payload,
        requestId,
        traceId: traceIdOf(requestId),
        timeoutMillis: one.timeoutSeconds * 1000,
        clientContext,
      };
      const outcome = limited(await instances.run(one.name, workerCall));
      const {
        payload: answer,
        isError,
        millis,
      } = !outcome.isError && chaos.happens('function dies after its work')
        ? { ...diedAfterItsWork(requestId), millis: outcome.millis }
        : outcome;
      onMetrics(callMetrics(one.name, time.business.now(), { isError, millis, concurrency }));
      return { requestId, payload: answer, millis, ...(isError && { functionError: 'Unhandled' }) };
    } finally {
      release();
      listeners.delete(requestId);
      inProgress.set(one.name, (inProgress.get(one.name) ?? 1) - 1);
    }
  };

  const asynchronous = new AsynchronousCalls({
    timers: time.infrastructure,
    journal,
    now: () => time.business.now(),
    configOf: (name) => eventInvokes.get(name) ?? EVENT_INVOKE_DEFAULTS,
    arnOf: (name) => functionArn(place, name),
    call: (name, payload, requestId) => call(named(name), payload, requestId),
    deliver: (arn, payload) => targets.deliver(arn, payload),
    onGivenUp,
    onFault: options.onFault,
  });

  return {
    add(resource) {
      const arn = functionArn(place, resource.name);
      deployed.set(resource.name, { ...resource, arn });
      return arn;
    },
    addEventInvoke(resource) {
      eventInvokes.set(named(resource.functionName).name, resource);
    },
    find: (nameOrArn) => deployed.get(bareName(nameOrArn) ?? ''),
    get: named,
    all: () => [...deployed.values()],
    inProgress: (name) => inProgress.get(name) ?? 0,
    async invoke(nameOrArn, payload, { requestId = randomUUID(), ...given } = {}) {
      const one = named(nameOrArn);
      const text = payload === '' ? '{}' : payload;
      checkPayload(text, given.isAsynchronous === true);
      if (given.isAsynchronous !== true) return call(one, text, requestId, given);
      asynchronous.accept(requestId, one.name, text);
      return { requestId, payload: '', millis: 0 };
    },
    resume: () => asynchronous.resume(),
    async close() {
      asynchronous.close();
      await instances.close();
    },
  };
}

function parsedLine(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** @throws ServiceError */
function checkPayload(payload: string, isAsynchronous: boolean): void {
  const most = isAsynchronous ? MOST_EVENT_BYTES : MOST_PAYLOAD_BYTES;
  if (Buffer.byteLength(payload) > most) {
    const message = `Request must be smaller than ${most} bytes for the InvokeFunction operation`;
    throw new ServiceError('RequestTooLargeException', message, 413, { Type: 'User' });
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    const message = `Could not parse request body into json: ${error instanceof Error ? error.message : ''}`;
    throw new ServiceError('InvalidRequestContentException', message, 400, { Type: 'User' });
  }
}

function limited(outcome: Outcome): Outcome {
  if (outcome.isError || Buffer.byteLength(outcome.payload) <= MOST_PAYLOAD_BYTES) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MOST_PAYLOAD_BYTES} bytes).`;
  const payload = JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage });
  return { ...outcome, payload, isError: true };
}

/** Its work is done, and nobody learns of it. */
function diedAfterItsWork(requestId: string): Pick<Outcome, 'payload' | 'isError'> {
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited without providing a reason`;
  return { payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage }), isError: true };
}
