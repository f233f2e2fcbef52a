// All kinds of steps. A new kind is one file beside this one and its name in each of the three lists below.
import * as z from 'zod';
import { branchKind, branchStep, type BranchStep } from './branch.ts';
import { emitKind, emitStep, type EmitStep } from './emit.ts';
import { enterKind, enterStep, type EnterStep } from './enter.ts';
import { exitKind, exitStep, type ExitStep } from './exit.ts';
import { gotoKind, gotoStep, type GotoStep } from './goto.ts';
import { invokeKind, invokeStep, type InvokeStep } from './invoke.ts';
import { sendKind, sendStep, type SendStep } from './send.ts';
import { splitKind, splitStep, type SplitStep } from './split.ts';
import type { StepKind } from './step-kind.ts';
import { updateKind, updateStep, type UpdateStep } from './update.ts';
import { waitForKind, waitForStep, type WaitForStep } from './wait-for.ts';
import { waitKind, waitStep, type WaitStep } from './wait.ts';
import { webhookKind, webhookStep, type WebhookStep } from './webhook.ts';

/** The steps that do something to the world besides sending: one call each. */
type ActionStep = UpdateStep | EmitStep | InvokeStep | WebhookStep | EnterStep;
export type Step =
  | SendStep
  | WaitStep
  | WaitForStep
  | BranchStep
  | SplitStep
  | ActionStep
  | GotoStep
  | ExitStep;

/** A list of steps, in order. An interface, because only an interface may lead back to itself through inferred types. */
export interface Steps extends ReadonlyArray<Step> {}

const stepsSchema: z.ZodType<Steps> = z.lazy(() => z.array(stepSchema));

export const stepSchema = z
  .discriminatedUnion('type', [
    sendStep,
    waitStep,
    waitForStep(stepsSchema),
    branchStep(stepsSchema),
    splitStep(stepsSchema),
    updateStep,
    emitStep,
    invokeStep,
    webhookStep,
    enterStep,
    gotoStep,
    exitStep,
  ])
  .meta({ id: 'step', description: 'One step of a journey.' });

const KINDS: readonly StepKind[] = [
  sendKind,
  waitKind,
  waitForKind,
  branchKind,
  splitKind,
  updateKind,
  emitKind,
  invokeKind,
  webhookKind,
  enterKind,
  gotoKind,
  exitKind,
];

const byType = new Map(KINDS.map((kind) => [kind.type, kind]));

/** What is known about the kind of a step. Throws a TypeError for a type that is missing in the list above. */
export function kindOf(step: Step): StepKind {
  const kind = byType.get(step.type);
  if (kind === undefined) throw new TypeError(`the step type ${step.type} is not registered`);
  return kind;
}
