/** Task of a run that no retry has helped: its document learns that it has failed. */
import { endRunCallSchema } from '#lib/contracts/step-calls.ts';
import { endFailedRun } from '#lib/engine/use-cases/end-failed-run.ts';
import { parseCall } from '#lib/engine/use-cases/parse-call.ts';
import { createDecidingStep } from '#lib/runtime/deciding-step.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const { engine, surroundings } = createDecidingStep(environment, import.meta.dirname, traced);

export const handler = stepHandler(surroundings, async (payload) => {
  await endFailedRun(engine, parseCall(endRunCallSchema, payload));
});
