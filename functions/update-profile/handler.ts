/** Task of the step that changes the profile. */
import { act } from '#lib/engine/use-cases/act.ts';
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
const { workspace, ports } = engine;
const acting = { workspace, ports: { ...ports, values: createValues(deployed.settings.locale) } };

export const handler = stepHandler(surroundings, (payload) =>
  act(acting, parseActionCall('update', payload)),
);
