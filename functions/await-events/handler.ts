/** Task of a wait for events: registers its token, which the relay answers when an event has won. */
import { awaitCallSchema } from '#lib/contracts/step-calls.ts';
import { awaitEvents } from '#lib/engine/use-cases/await-events.ts';
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
  awaitEvents(engine, parseCall(awaitCallSchema, payload)),
);
