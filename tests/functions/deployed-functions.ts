// The functions behind Tasks as they are deployed: their packed code, the repository's own workspace beside it, the table of dynalite and
// an endpoint in the place of SES. Their clock is that of the process, which tests set.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import { STEP_FUNCTION_NAMES } from '#lib/contracts/deployment-names.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';
import { readRepository, type Repository } from '#lib/repository/repository.ts';
import { packedFunctions } from '../bundles-fixture.ts';
import { localTable, type LocalTable } from '../dynamodb-fixture.ts';
import { providerEndpoint, type ProviderEndpoint } from './provider-endpoint.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface DeployedFunctions {
  readonly repository: Repository;
  readonly table: LocalTable;
  readonly provider: ProviderEndpoint;
  /** Calls the function behind a Task, with what JSON leaves of the payload. Rejects as the handler does. */
  call(step: StepFunction, payload: unknown): Promise<unknown>;
  remove(): Promise<void>;
}

export async function deployFunctions(): Promise<DeployedFunctions> {
  const [bundles, table, provider, repository] = await Promise.all([
    packedFunctions(),
    localTable(),
    providerEndpoint(),
    readRepository({ workspace: join(ROOT, 'workspace'), versions: join(ROOT, 'state-machines') }),
  ]);
  const environment = {
    DEPLOYMENT: 'wend-test',
    TABLE_NAME: table.name,
    CONFIGURATION_SET: 'wend-test',
    CUSTOMER_SECRET_ARN: 'arn:secret',
    PAGES_URL: 'https://pages.example/',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SESV2: provider.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: provider.url,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const handlers = new Map<StepFunction, (payload: unknown, context: Context) => Promise<unknown>>();
  for (const [step, name] of Object.entries(STEP_FUNCTION_NAMES)) {
    const folder = join(bundles.folder, name);
    writeFileSync(join(folder, 'workspace.json'), JSON.stringify(repository.workspace));
    writeFileSync(join(folder, 'messages.json'), JSON.stringify(repository.messages));
    const module = (await import(/* @vite-ignore */ join(folder, 'index.mjs'))) as {
      handler: (payload: unknown, context: Context) => Promise<unknown>;
    };
    handlers.set(step as StepFunction, module.handler);
  }
  return {
    repository,
    table,
    provider,
    call: async (step, payload) => {
      const handler = handlers.get(step);
      if (handler === undefined) throw new Error(`no function for ${step}`);
      const context = { functionName: STEP_FUNCTION_NAMES[step], awsRequestId: 'request' } as Context;
      return handler(JSON.parse(JSON.stringify(payload)), context);
    },
    remove: async () => {
      vi.unstubAllEnvs();
      bundles.remove();
      await provider.close();
      await table.close();
    },
  };
}
