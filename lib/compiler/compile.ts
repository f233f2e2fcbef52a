/**
 * From a journey's text to what is deployed, in order:
 *
 *     text -> parse -> link -> check        readWorkspace (workspace.ts): diagnostics, and a manifest for each sound journey
 *     manifest -> plan -> lower -> assemble  compileManifest, below: the state machine and its version
 *
 * `plan` decides which states there are and what each may rely on, `lower/<kind>.ts` writes them as ASL, `assemble` joins
 * them. Everything here is pure: the same journey always gives the same version.
 */
import { versionKey } from '#lib/contracts/ids.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { assembleMachine, type UnnamedMachine } from './assemble.ts';
import type { StateMachine } from './lower/asl.ts';
import { lowerResume } from './lower/resume.ts';
import { lowerState } from './lower/lower-state.ts';
import { nextState } from './lower/task.ts';
import { planMachine, planResume } from './plan/plan.ts';
import { RESUME_STATE } from './plan/state-names.ts';
import { versionOf, type UnnamedManifest } from './version.ts';

/** One compiled version of a journey, as it is written under `state-machines/`. */
export interface CompiledJourney {
  readonly journey: string;
  readonly version: string;
  readonly machine: StateMachine;
  /** The machine of later legs; absent where no run ever needs one. */
  readonly resume?: StateMachine;
  readonly manifest: Manifest;
}

/**
 * Compiles a journey that has passed the checks.
 * @throws Error for a flow that the checks refuse: with unchecked input that is a fault of the caller.
 */
export function compileManifest(manifest: UnnamedManifest): CompiledJourney {
  const { flow } = manifest;
  const plan = planMachine(flow);
  const states = plan.states.flatMap((state) => lowerState(flow, state, plan.loops));
  const machine = assembleMachine(nextState(plan.start), states);
  const resume = compileResume(manifest);
  const version = versionOf({ machine, resume, manifest });
  const { format, journey, ...rules } = manifest;
  return {
    journey,
    version,
    machine: { Comment: `${versionKey(journey, version)}, compiled by wend`, ...machine },
    ...(resume === undefined
      ? {}
      : { resume: { Comment: `${versionKey(journey, version)}, later legs, compiled by wend`, ...resume } }),
    manifest: { format, journey, version, ...rules },
  };
}

function compileResume(manifest: UnnamedManifest): UnnamedMachine | undefined {
  const plan = planResume(manifest);
  if (plan === undefined) return undefined;
  const states = plan.states.flatMap((state) => lowerState(manifest.flow, state, plan.loops));
  return assembleMachine(RESUME_STATE, [...lowerResume(plan), ...states]);
}
