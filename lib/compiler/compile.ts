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
import { assembleMachine } from './assemble.ts';
import type { StateMachine } from './lower/asl.ts';
import { lowerState } from './lower/lower-state.ts';
import { planMachine } from './plan/plan.ts';
import { versionOf, type UnnamedManifest } from './version.ts';

/** One compiled version of a journey, as it is written under `state-machines/`. */
export interface CompiledJourney {
  readonly journey: string;
  readonly version: string;
  readonly machine: StateMachine;
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
  const machine = assembleMachine(plan.start, states);
  const version = versionOf(machine, manifest);
  const { format, journey, ...rules } = manifest;
  return {
    journey,
    version,
    machine: { Comment: `${versionKey(journey, version)}, compiled by wend`, ...machine },
    manifest: { format, journey, version, ...rules },
  };
}
