// What a simulation needs of its journeys, made once: whoever runs many simulations of the same journeys shares it.
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { createWorkspace, type EngineSettings, type Workspace } from '#lib/engine/workspace.ts';
import type { Values } from '#lib/engine/ports.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { createValues } from '#lib/messages/create-values.ts';
import type { VersionMachines } from './simulated-executions.ts';

/** What is prepared. */
export interface JourneySources {
  /** The newest version of each journey that lets people in. */
  readonly journeys: readonly CompiledJourney[];
  /** Older versions that may still have people inside. */
  readonly earlier?: readonly CompiledJourney[];
  /** Which journeys are paused or retired at first; the others are live. */
  readonly rules?: Readonly<Record<string, JourneyRules>>;
  readonly settings: EngineSettings;
  readonly segments?: readonly SegmentDefinition[];
}

/** Journeys, checked and parsed. */
export interface PreparedJourneys {
  /** Version key → its state machines. */
  readonly machines: ReadonlyMap<string, VersionMachines>;
  readonly workspace: Workspace;
  /** The same, but nobody is let in: what is fed to it is the past. */
  readonly closed: Workspace;
  /** Fills in the values of steps. */
  readonly values: Values;
}

/** @throws DefinitionError for a state machine that the interpreter does not accept. */
export function prepareJourneys(given: JourneySources): PreparedJourneys {
  const { journeys, earlier = [], rules, settings, segments } = given;
  const all = [...earlier, ...journeys];
  const manifests = all.map(({ manifest }) => manifest);
  const newest = Object.fromEntries(journeys.map(({ journey, version }) => [journey, version]));
  const sources = { manifests, journeys: rules, settings, segments };
  return {
    machines: new Map(
      all.map(({ journey, version, machine, resume }) => [
        versionKey(journey, version),
        {
          machine: parseMachine(machine),
          resume: resume === undefined ? undefined : parseMachine(resume),
        },
      ]),
    ),
    workspace: createWorkspace({ ...sources, newest }),
    closed: createWorkspace({ ...sources, newest: {} }),
    values: createValues(settings.locale),
  };
}
