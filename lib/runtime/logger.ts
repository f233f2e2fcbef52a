/** The log of functions: one JSON object a line, ids only (promise P10). */
import { Logger } from '@aws-lambda-powertools/logger';

/**
 * What functions log, each line by one of these texts, so that queries and metric filters have something fixed to look for. How it is
 * with them stands in fields beside them.
 */
export const LOG_EVENTS = {
  stepAnswered: 'step answered',
  decisionLeft: 'step left by decision',
  stepFailed: 'step failed',
  recordFailed: 'record failed',
} as const;

/** Named after the deployment; the function's name and the id of the call are added by `addContext`. */
export function createLogger(deployment: string): Logger {
  return new Logger({ serviceName: deployment });
}
