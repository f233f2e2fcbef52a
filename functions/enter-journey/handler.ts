/** Task of the step that lets the customer into another journey. */
import { enterJourney } from '#lib/engine/use-cases/enter-journey.ts';
import { parseActionCall } from '#lib/engine/use-cases/parse-call.ts';
import { createDecidingStep } from '#lib/runtime/deciding-step.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const { engine, surroundings } = createDecidingStep(environment, import.meta.dirname, traced);

export const handler = stepHandler(surroundings, (payload) =>
  enterJourney(engine, parseActionCall('enter', payload)),
);
