/** Traces in X-Ray: what a call of a function has spent in which service. */
import { Tracer } from '@aws-lambda-powertools/tracer';

/**
 * Each call of a client becomes a part of the trace. Plain HTTP is not traced: addresses may hold secrets. Outside Lambda, or where
 * tracing is off, the client is handed back as it is.
 */
export function createTracing(deployment: string): <Client>(client: Client) => Client {
  const tracer = new Tracer({ serviceName: deployment, captureHTTPsRequests: false });
  return (client) => tracer.captureAWSv3Client(client);
}
