/** Task of what no other Task can decide on its way: a time-out is committed, or what follows is planned. */
import { decideCallSchema } from '#lib/contracts/step-calls.ts';
import { decideStep } from '#lib/engine/use-cases/decide-step.ts';
import { parseCall } from '#lib/engine/use-cases/parse-call.ts';
import { createDecidingStep } from '#lib/runtime/deciding-step.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const { engine, surroundings } = createDecidingStep(environment, import.meta.dirname, traced);

export const handler = stepHandler(surroundings, (payload) =>
  decideStep(engine, parseCall(decideCallSchema, payload)),
);
