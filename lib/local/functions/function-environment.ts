/** The variables that a function finds: those of the template, and what Lambda sets. Nothing of this process. */
import { FUNCTION_ACCESS_KEY } from '../gateway/gateway.ts';
import type { Place } from '../place.ts';
import type { FunctionResource } from './function-resource.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 * What Lambda sets cannot be set by a template. `AWS_ENDPOINT_URL` is the one that is not of Lambda: it leads every client here.
 */
export function environmentOf(
  { name, folder, handler, runtime, memoryMegabytes, variables, logGroup }: FunctionResource,
  { region, endpoint }: Place,
  logStream: string,
): Readonly<Record<string, string>> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...variables,
    _HANDLER: handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: FUNCTION_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: FUNCTION_ACCESS_KEY,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_LEVEL: 'INFO',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    // Should anything be traced all the same, nobody listens there, and no line is written about it.
    AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    LAMBDA_TASK_ROOT: folder,
  };
}

/** Not sampled: the tracer is not even loaded. https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export function traceIdOf(requestId: string): string {
  const digits = requestId.replaceAll('-', '').padEnd(32, '0');
  return `Root=1-${digits.slice(0, 8)}-${digits.slice(8, 32)};Parent=${digits.slice(0, 16)};Sampled=0`;
}
