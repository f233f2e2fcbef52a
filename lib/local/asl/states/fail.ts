// A Fail state: it has no exited event; its error and cause go to whoever catches it, or to the execution.
import { StateFailure } from '../failure.ts';
import type { FailState } from '../machine.ts';
import { evaluateText } from './result-type.ts';
import type { Visit } from './visit.ts';

export async function performFail(visit: Visit, state: FailState): Promise<never> {
  const error = state.error && (await evaluateText(visit, state.error));
  const cause = state.cause && (await evaluateText(visit, state.cause));
  throw new StateFailure(error, cause);
}
