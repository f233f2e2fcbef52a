/** Functions and how they are called asynchronously, as a template declares them. */
import * as z from 'zod';
import { parseProperties } from '../parse-properties.ts';

/** Properties of `AWS::Lambda::Function` that have no meaning on a laptop. */
const WITHOUT_MEANING = {
  /** Code is JavaScript; it runs on whatever processor this machine has. */
  Architectures: z.array(z.string()).optional(),
  /** Given as a folder by whoever reads the assets. */
  Code: z.unknown(),
  Description: z.string().optional(),
  /** There are no permissions here. */
  Role: z.unknown().optional(),
  /** Nothing collects traces; functions are told that their calls are not sampled. */
  TracingConfig: z.unknown().optional(),
  Tags: z.unknown().optional(),
};

/**
 * Lambda keeps these for itself; a deployment that sets one is refused.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
const RESERVED_VARIABLE =
  /^(?:AWS_(?:REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_.+)|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;
/** Names and values of a function together: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_VARIABLES_BYTES = 4096;

const variablesSchema = z
  .record(z.string().regex(/^[A-Za-z]\w+$/), z.string())
  .superRefine((variables, context) => {
    for (const name of Object.keys(variables))
      if (RESERVED_VARIABLE.test(name))
        context.addIssue({ code: 'custom', path: [name], message: 'is reserved by Lambda' });
    const bytes = Object.entries(variables).reduce(
      (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
      0,
    );
    if (bytes > MOST_VARIABLES_BYTES)
      context.addIssue({
        code: 'custom',
        message: `names and values have ${bytes} bytes together; Lambda takes ${MOST_VARIABLES_BYTES}`,
      });
  });

const functionProperties = z.strictObject({
  ...WITHOUT_MEANING,
  FunctionName: z.string().regex(/^[\w-]{1,64}$/),
  /** Whatever Node this is run by takes its place. */
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only functions for Node.js run here'),
  Handler: z.string().regex(/^[\w/-]+\.\w+$/),
  // Where a template says nothing, Lambda takes 3 seconds and 128 MB.
  Timeout: z.int().min(1).max(900).default(3),
  MemorySize: z.int().min(128).max(10_240).default(128),
  Environment: z.strictObject({ Variables: variablesSchema }).default({ Variables: {} }),
  ReservedConcurrentExecutions: z.int().min(0).optional(),
  LoggingConfig: z.strictObject({ LogFormat: z.literal('JSON'), LogGroup: z.string().optional() }).optional(),
});

export interface FunctionResource {
  readonly name: string;
  /** Absolute; holds the bundle. */
  readonly folder: string;
  /** `index.handler` */
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  readonly description: string;
  readonly logGroup: string;
}

const eventInvokeProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.int().min(0).max(2).default(2),
  // Six hours, as Lambda takes it.
  MaximumEventAgeInSeconds: z.int().min(60).max(21_600).default(21_600),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .default({}),
});

/** What becomes of asynchronous calls that fail. */
export interface EventInvokeResource {
  /** Name or ARN. */
  readonly functionName: string;
  readonly retryAttempts: number;
  readonly eventAgeMillis: number;
  /** ARN. */
  readonly onFailure: string | undefined;
}

/** How asynchronous calls are tried where nothing is declared: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const EVENT_INVOKE_DEFAULTS: Omit<EventInvokeResource, 'functionName'> = {
  retryAttempts: 2,
  eventAgeMillis: 21_600_000,
  onFailure: undefined,
};

/**
 * @param properties of an `AWS::Lambda::Function`, with references resolved.
 * @param folder in which its asset lies, absolute.
 * @throws Error that names the resource and each property that is wrong or cannot be run here.
 */
export function parseFunction(logicalId: string, properties: unknown, folder: string): FunctionResource {
  const given = parseProperties(logicalId, functionProperties, properties);
  return {
    name: given.FunctionName,
    folder,
    handler: given.Handler,
    runtime: given.Runtime,
    timeoutSeconds: given.Timeout,
    memoryMegabytes: given.MemorySize,
    variables: given.Environment.Variables,
    reservedConcurrency: given.ReservedConcurrentExecutions,
    description: given.Description ?? '',
    logGroup: given.LoggingConfig?.LogGroup ?? `/aws/lambda/${given.FunctionName}`,
  };
}

/** @param properties of an `AWS::Lambda::EventInvokeConfig`, with references resolved. Throws as `parseFunction`. */
export function parseEventInvoke(logicalId: string, properties: unknown): EventInvokeResource {
  const given = parseProperties(logicalId, eventInvokeProperties, properties);
  return {
    functionName: given.FunctionName,
    retryAttempts: given.MaximumRetryAttempts,
    eventAgeMillis: given.MaximumEventAgeInSeconds * 1000,
    onFailure: given.DestinationConfig.OnFailure?.Destination,
  };
}
