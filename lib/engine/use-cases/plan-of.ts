/** How an answer of the document leaves a Task: as its result, by the name of a decision, or as a fault that is retried. */
import { DecisionLeaves, Fault, RUN_ENDED } from '#lib/contracts/faults.ts';
import type { StepAnswer } from '#lib/contracts/step-calls.ts';
import type { Answer } from '../input.ts';

/** The result of a Task, or the way it leaves. No answer at all: the customer is unknown, so the run is over. */
export function planOf(answer: Answer | undefined): StepAnswer {
  if (answer === undefined) throw new DecisionLeaves(RUN_ENDED);
  if (answer.kind === 'plan') return { plan: answer.plan };
  if (answer.kind === 'leave') throw new DecisionLeaves(answer.name, answer.details);
  if (answer.kind === 'fault') throw new Fault(answer.name ?? 'UnknownVersion', answer.reason);
  throw new Fault('PayloadNotUnderstood', `a step was answered "${answer.kind}", which no Task can follow`);
}
