/** Events of applications and providers, from the queue behind the bus. */
import type { Context, SQSEvent } from 'aws-lambda';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createIngestion } from '#lib/runtime/ingestion/create-ingestion.ts';
import { handleEvents } from '#lib/runtime/ingestion/handle-events.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import { loadWorkspaceFile } from '#lib/runtime/workspace-file.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const surroundings = {
  logger: createLogger(environment.DEPLOYMENT),
  counts: createMetrics(environment.DEPLOYMENT),
};
const ingestion = createIngestion(loadWorkspaceFile(import.meta.dirname), environment);

export function handler(event: SQSEvent, context: Context) {
  return handleEvents(ingestion, surroundings, event, context);
}
