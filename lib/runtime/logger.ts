/** The log of functions: one JSON object a line, ids only (promise P10). */
import { Logger } from '@aws-lambda-powertools/logger';

/** Named after the deployment; the function's name and the id of the call are added by `addContext`. */
export function createLogger(deployment: string): Logger {
  return new Logger({ serviceName: deployment });
}
