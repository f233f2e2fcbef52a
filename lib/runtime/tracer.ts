/** Traces in X-Ray: what a call of a function has spent in which service. */
import { framesOf } from './what-failed.ts';

/** The part of a client that the SDK lets others extend. */
interface Extensible {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: unknown) => Promise<unknown>) => (args: unknown) => Promise<unknown>,
      options: { readonly step: 'initialize' | 'build'; readonly name: string; readonly priority?: 'low' },
    ): void;
  };
}

/**
 * Each call of a client becomes a part of the trace. Few calls of a function are traced (X-Ray samples), and the tracer takes longer to
 * load than all else together: it is loaded when the first of them comes, and traces from the second call of the client on. Plain HTTP is
 * not traced: addresses may hold secrets.
 *
 * Errors of the client lose their words: a trace has them, and services quote what they were sent (promise P10). Their names, by which
 * everybody tells them apart, and the places where they were thrown stay.
 */
export function createTracing(deployment: string): <Client extends object>(client: Client) => Client {
  return (client) => {
    let traced: Promise<void> | undefined;
    const { middlewareStack } = client as unknown as Extensible;
    middlewareStack.add(
      (next) => (args) => {
        if (isSampled()) traced ??= trace(client, deployment);
        return next(args);
      },
      { step: 'initialize', name: 'traceWhereSampled' },
    );
    middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          throw wordless(error);
        }
      },
      // The tracer stands at this step with a higher priority: it hears of errors after this.
      { step: 'build', priority: 'low', name: 'tellErrorsByName' },
    );
    return client;
  };
}

function wordless(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const frames = framesOf(error);
  error.message = 'told by its name alone';
  error.stack = [error.name, ...frames.map((frame) => `    ${frame}`)].join('\n');
  return error;
}

/** Lambda says so for each call: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function isSampled(): boolean {
  return /\bSampled=1\b/.test(process.env['_X_AMZN_TRACE_ID'] ?? '');
}

/** A trace is no reason to fail: without the tracer the client works as before. */
async function trace(client: object, deployment: string): Promise<void> {
  try {
    const { Tracer } = await import('@aws-lambda-powertools/tracer');
    new Tracer({ serviceName: deployment, captureHTTPsRequests: false }).captureAWSv3Client(client);
  } catch {
    return;
  }
}
