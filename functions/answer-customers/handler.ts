/** The pages behind the links of messages, at a function URL that anybody may ask. */
import { createSite } from '#lib/runtime/customer-pages/create-site.ts';
import { pageHandler } from '#lib/runtime/customer-pages/page-handler.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { loadWorkspaceFile } from '#lib/runtime/workspace-file.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);

export const handler = pageHandler(
  createSite(loadWorkspaceFile(import.meta.dirname), environment),
  createLogger(environment.DEPLOYMENT),
);
