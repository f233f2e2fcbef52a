/**
 * From a checked journey to what is deployed, in order: plan -> lower -> assemble -> version.
 * `plan` decides which states there are, `lower/<kind>.ts` writes each of them, `assemble` joins them to a machine.
 */
import { versionKey } from '#lib/contracts/ids.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { assembleMachine } from './assemble.ts';
import type { StateMachine } from './lower/asl.ts';
import type { MachinePlan } from './plan/machine-plan.ts';
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
  const plan: MachinePlan = planMachine(manifest.flow);
  const machine = assembleMachine(manifest.flow, plan);
  const version = versionOf(machine, manifest);
  const { format, journey, ...rules } = manifest;
  return {
    journey,
    version,
    machine: { Comment: `${versionKey(journey, version)}, compiled by wend`, ...machine },
    manifest: { format, journey, version, ...rules },
  };
}
