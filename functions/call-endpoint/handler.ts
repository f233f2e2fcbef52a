/** Task of the step that calls an HTTP endpoint of the settings. */
import { secretsManagerClient } from '#lib/adapters/aws/clients/secrets-manager.ts';
import { createEndpointCalls } from '#lib/adapters/aws/endpoints.ts';
import { createSecrets } from '#lib/adapters/aws/secrets.ts';
import { callOutside } from '#lib/engine/use-cases/call-outside.ts';
import { parseActionCall } from '#lib/engine/use-cases/parse-call.ts';
import { createValues } from '#lib/messages/create-values.ts';
import { createDecidingStep } from '#lib/runtime/deciding-step.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const { engine, deployed, surroundings } = createDecidingStep(environment, import.meta.dirname, traced);
const { locale, endpoints } = deployed.settings;
const secrets = createSecrets(traced(secretsManagerClient()), engine.ports.clock.monotonic);
const calls = createEndpointCalls(endpoints, secrets, fetch, engine.ports.clock);
const calling = {
  workspace: engine.workspace,
  ports: { ...engine.ports, calls, values: createValues(locale) },
};

export const handler = stepHandler(surroundings, (payload) =>
  callOutside(calling, parseActionCall('webhook', payload)),
);
