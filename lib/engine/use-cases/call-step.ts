/** A journey's state machine calls a step: parse, decide, commit, answer. One entry for all Tasks that only decide. */
import { Fault } from '#lib/contracts/faults.ts';
import {
  actionCallSchema,
  awaitCallSchema,
  decideCallSchema,
  endRunCallSchema,
  sendCallSchema,
  type STEP_FUNCTIONS,
  type StepAnswer,
} from '#lib/contracts/step-calls.ts';
import { act } from './act.ts';
import { decideAndCommit, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';
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
      return sendMessage(engine, parsed(sendCallSchema.safeParse(payload)));
    case 'update':
    case 'emit':
    case 'invoke':
    case 'webhook':
    case 'enter':
      return act(engine, parsed(actionCallSchema.safeParse(payload)));
    case 'decide': {
      const call = parsed(decideCallSchema.safeParse(payload));
      const { answer } = await decideAndCommit(engine, call.run.customer, [{ kind: 'decide', call }]);
      return planOf(answer);
    }
    case 'await': {
      const call = parsed(awaitCallSchema.safeParse(payload));
      const { answer } = await decideAndCommit(engine, call.run.customer, [{ kind: 'await', call }]);
      if (answer?.kind !== 'registered') planOf(answer);
      return undefined;
    }
    case 'end': {
      const call = parsed(endRunCallSchema.safeParse(payload));
      await decideAndCommit(engine, call.run.customer, [{ kind: 'end run', call }]);
      return undefined;
    }
  }
}

function parsed<T>(
  result:
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[] }[] } },
): T {
  if (result.success) return result.data;
  // The places only: values may be a customer's.
  const places = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Fault('PayloadNotUnderstood', `the payload of the step has something unexpected at: ${places}`);
}
