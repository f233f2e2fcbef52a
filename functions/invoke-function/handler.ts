/** Task of the step that calls a Lambda function of the settings. */
import { lambdaClient } from '#lib/adapters/aws/clients/lambda.ts';
import { createFunctionCalls } from '#lib/adapters/aws/functions.ts';
import { callOutside } from '#lib/engine/use-cases/call-outside.ts';
import { parseActionCall } from '#lib/engine/use-cases/parse-call.ts';
import { createValues } from '#lib/messages/create-values.ts';
import { createDecidingStep } from '#lib/runtime/deciding-step.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
// Not traced into its clients: there is no room for the tracer beside that of Lambda (docs/adr/0031).
const { engine, deployed, surroundings } = createDecidingStep(
  environment,
  import.meta.dirname,
  (client) => client,
);
const { locale, functions } = deployed.settings;
const names = new Map(Object.entries(functions).map(([name, { lambda }]) => [name, lambda]));
const calls = createFunctionCalls(lambdaClient(), names);
const calling = {
  workspace: engine.workspace,
  ports: { ...engine.ports, calls, values: createValues(locale) },
};

export const handler = stepHandler(surroundings, (payload) =>
  callOutside(calling, parseActionCall('invoke', payload)),
);
