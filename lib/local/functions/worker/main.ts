/**
 * The thread in which one instance of a function runs, and all that it finds of Lambda: its bundle is loaded once, and called with one
 * event after the other. What the function is not meant to notice is put in place first: business time, no way to other machines, and
 * where its lines go.
 */
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { showBusinessDate } from './business-date.ts';
import { errorReport, runtimeError } from './error-report.ts';
import { takeLines } from './log-lines.ts';
import type { WorkerCall, WorkerReport, WorkerStart } from './messages.ts';
import { stayInside } from './outside.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const start = workerData as WorkerStart;
let current: WorkerCall | undefined;

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window's
const tell = (report: WorkerReport): void => parentPort?.postMessage(report);

showBusinessDate(start.businessDate);
stayInside(start.endpoint, start.region);
takeLines(
  (line) => tell({ kind: 'line', line }),
  () => current?.requestId,
);
// Lambda's runtime reports these and ends with these codes.
process.on('uncaughtException', (error) => endBy(errorReport(error), 129));
process.on('unhandledRejection', (reason) => {
  const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  endBy(runtimeError('Runtime.UnhandledPromiseRejection', message), 128);
});

const handler = await load();
if (handler !== undefined) {
  parentPort?.on('message', (call: WorkerCall) => void answer(handler, call));
  tell({ kind: 'loaded' });
}

async function load(): Promise<Handler | undefined> {
  const [module = '', name = ''] = start.handler.split('.');
  const file = ['.mjs', '.js', '.cjs']
    .map((ending) => join(start.folder, `${module}${ending}`))
    .find((path) => existsSync(path));
  if (file === undefined) {
    tell({
      kind: 'not loaded',
      error: runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${module}'`),
    });
    return undefined;
  }
  try {
    const loaded = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
    // Else it would be written when the thread ends by itself, which it never does.
    flushCompileCache();
    const found = loaded[name];
    if (typeof found === 'function') return found as Handler;
    const message = `${start.handler} is undefined or not exported`;
    tell({ kind: 'not loaded', error: runtimeError('Runtime.HandlerNotFound', message) });
  } catch (error) {
    tell({ kind: 'not loaded', error: errorReport(error) });
  }
  return undefined;
}

async function answer(handle: Handler, call: WorkerCall): Promise<void> {
  current = call;
  process.env['_X_AMZN_TRACE_ID'] = call.traceId;
  try {
    const result = await handle(JSON.parse(call.payload), contextOf(call));
    tell({ kind: 'answered', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    tell({ kind: 'failed', error: errorReport(error), isOver: false });
  } finally {
    current = undefined;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId, timeoutMillis, clientContext }: WorkerCall): object {
  const { env } = process;
  const deadline = performance.now() + timeoutMillis;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'],
    invokedFunctionArn: start.arn,
    awsRequestId: requestId,
    clientContext: clientContext === undefined ? undefined : (JSON.parse(clientContext) as unknown),
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

function endBy(error: string, code: number): void {
  if (current !== undefined) tell({ kind: 'failed', error, isOver: true });
  process.exit(code);
}
