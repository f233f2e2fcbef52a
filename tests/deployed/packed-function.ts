// A packed function, loaded as Lambda loads it (once, with its own variables) and called as Lambda calls it: JSON in, JSON out.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import type { DeployedFunction } from './deployed-stack.ts';

export type Invoke = (payload: unknown) => Promise<unknown>;

/** Behind vitest's back: what is packed is not for it to transform. */
const load = createRequire(import.meta.url);

/** Its variables are there while it is loaded, and only then: whoever reads another one, or later, finds nothing. */
export function loadFunction({ name, arn, folder, variables, timeoutSeconds }: DeployedFunction): Invoke {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  let handler: (event: unknown, context: Context) => unknown;
  try {
    ({ handler } = load(join(folder, 'index.mjs')) as { handler: typeof handler });
  } finally {
    for (const variable of Object.keys(variables)) delete process.env[variable];
    Object.assign(process.env, before);
  }
  let calls = 0;
  return async (payload) => {
    const context = {
      functionName: name,
      invokedFunctionArn: arn,
      awsRequestId: `${name}-${(calls += 1)}`,
      getRemainingTimeInMillis: () => timeoutSeconds * 1000,
    };
    return copied(await handler(copied(payload), context as Context));
  };
}

function copied(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}
