/**
 * A journey's state machine calls a step, whichever it is: for simulations, which have all steps in one process. In the cloud each
 * function calls the use case of its own step (functions/).
 */
import {
  awaitCallSchema,
  decideCallSchema,
  endRunCallSchema,
  sendCallSchema,
  type STEP_FUNCTIONS,
  type StepAnswer,
} from '#lib/contracts/step-calls.ts';
import { act } from './act.ts';
import { awaitEvents } from './await-events.ts';
import { callOutside } from './call-outside.ts';
import { decideStep } from './decide-step.ts';
import { endFailedRun } from './end-failed-run.ts';
import type { Engine } from './engine.ts';
import { enterJourney } from './enter-journey.ts';
import { parseActionCall, parseCall } from './parse-call.ts';
import { sendMessage } from './send-message.ts';

export type StepFunction = keyof typeof STEP_FUNCTIONS;

/**
 * Answers what the Task's result is; undefined for `await`, whose token is answered by the relay, and for `end`.
 * Throws DecisionLeaves for decisions that leave the Task by name, and faults: `PayloadNotUnderstood`, `UnknownVersion`,
 * `DocumentConflict`, `ProviderUnavailable`, `CallUnavailable`.
 */
export async function callStep(
  engine: Engine,
  step: StepFunction,
  payload: unknown,
): Promise<StepAnswer | undefined> {
  switch (step) {
    case 'send':
      return sendMessage(engine, parseCall(sendCallSchema, payload));
    case 'update':
    case 'emit':
      return act(engine, parseActionCall(step, payload));
    case 'invoke':
    case 'webhook':
      return callOutside(engine, parseActionCall(step, payload));
    case 'enter':
      return enterJourney(engine, parseActionCall(step, payload));
    case 'decide':
      return decideStep(engine, parseCall(decideCallSchema, payload));
    case 'await':
      await awaitEvents(engine, parseCall(awaitCallSchema, payload));
      return undefined;
    case 'end':
      await endFailedRun(engine, parseCall(endRunCallSchema, payload));
      return undefined;
  }
}
