/** The operations of Lambda's API that concern functions: calling them, and looking at them. */
import * as z from 'zod';
import { page } from '../events/paging.ts';
import { isOfFunction } from '../gateway/gateway.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { RestAnswer, restService, type RestCall, type RestRoute } from '../gateway/rest-service.ts';
import { refuseQualifier } from './function-name.ts';
import type { DeployedFunction, Functions } from './functions.ts';

const PATH = '/2015-03-31/functions';

/** As much of a log as `LogType: Tail` shows. */
const TAIL_BYTES = 4096;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
const listSchema = z.strictObject({
  Marker: z.string().optional(),
  MaxItems: z.coerce.number().int().min(1).max(10_000).optional(),
});
/** As many as Lambda hands out at a time, whatever MaxItems says. */
const PAGE = 50;

/** AWS Lambda. `mappings`: its operations of event sources (lib/local/event-sources). */
export function lambdaService(functions: Functions, mappings: readonly RestRoute[]): Service {
  return restService({
    signingName: 'lambda',
    title: 'AWS Lambda',
    routes: [...functionRoutes(functions), ...mappings],
  });
}

function functionRoutes(functions: Functions): readonly RestRoute[] {
  const named = ({ labels, query }: RestCall): DeployedFunction => {
    refuseQualifier(query.get('Qualifier'));
    return functions.get(labels['FunctionName'] ?? '');
  };
  return [
    {
      operation: 'Invoke',
      method: 'POST',
      path: `${PATH}/{FunctionName}/invocations`,
      run: async (call) => {
        refuseQualifier(call.query.get('Qualifier'));
        return invoke(functions, call);
      },
    },
    {
      operation: 'GetFunction',
      method: 'GET',
      path: `${PATH}/{FunctionName}`,
      run: (call) => {
        const one = named(call);
        return {
          Configuration: configurationOf(one),
          Code: { RepositoryType: 'S3', Location: `file://${one.folder}` },
          ...(one.reservedConcurrency !== undefined && {
            Concurrency: { ReservedConcurrentExecutions: one.reservedConcurrency },
          }),
        };
      },
    },
    {
      operation: 'GetFunctionConfiguration',
      method: 'GET',
      path: `${PATH}/{FunctionName}/configuration`,
      run: (call) => configurationOf(named(call)),
    },
    {
      operation: 'ListFunctions',
      method: 'GET',
      path: PATH,
      run: ({ query }) => {
        const given = Object.fromEntries(query);
        refuseOptions(given, ['FunctionVersion', 'MasterRegion']);
        const { Marker, MaxItems = PAGE } = parseInput(listSchema, given, 'InvalidParameterValueException');
        const paging = { NextToken: Marker, Limit: Math.min(MaxItems, PAGE) };
        const { items, more } = page(functions.all(), paging, 'InvalidParameterValueException');
        return { Functions: items.map(configurationOf), NextMarker: more.NextToken };
      },
    },
  ];
}

async function invoke(functions: Functions, { labels, headers, body }: RestCall): Promise<RestAnswer> {
  const name = labels['FunctionName'] ?? '';
  const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const payload = body.toString();
  const { authorization = '' } = headers;
  // What functions call beyond the deployment is answered for; an operator who calls what is not there has mistyped its name.
  if (type === 'DryRun' || !isOfFunction({ authorization })) functions.get(name);
  if (type === 'DryRun') return new RestAnswer({ status: 204, headers: {}, body: '' });
  if (type === 'Event') {
    await functions.invoke(name, payload, { isAsynchronous: true });
    return new RestAnswer({ status: 202, headers: {}, body: '' });
  }
  if (type !== 'RequestResponse')
    throw new ServiceError('InvalidParameterValueException', `Unknown invocation type: ${type}`, 400, {
      Type: 'User',
    });
  const lines: string[] = [];
  const clientContext = headers['x-amz-client-context'];
  const result = await functions.invoke(name, payload, {
    ...(clientContext !== undefined && { clientContext: decodedContext(clientContext) }),
    onLine: (line) => lines.push(line),
  });
  const isTail = headers['x-amz-log-type'] === 'Tail';
  return new RestAnswer({
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError && { 'x-amz-function-error': result.functionError }),
      ...(isTail && { 'x-amz-log-result': tailOf(lines) }),
    },
    body: result.payload,
  });
}

/** @throws ServiceError */
function decodedContext(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString();
  try {
    JSON.parse(text);
  } catch {
    const message = 'Client context must be a valid Base64-encoded JSON object.';
    throw new ServiceError('InvalidRequestContentException', message, 400, { Type: 'User' });
  }
  return text;
}

function tailOf(lines: readonly string[]): string {
  const all = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return all.subarray(Math.max(0, all.length - TAIL_BYTES)).toString('base64');
}

/** Members that a laptop cannot tell (role, digest of the code) are left out. */
function configurationOf(one: DeployedFunction): object {
  return {
    FunctionName: one.name,
    FunctionArn: one.arn,
    Runtime: one.runtime,
    Handler: one.handler,
    Description: one.description,
    Timeout: one.timeoutSeconds,
    MemorySize: one.memoryMegabytes,
    Version: '$LATEST',
    Environment: { Variables: one.variables },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: 'JSON', LogGroup: one.logGroup },
  };
}
