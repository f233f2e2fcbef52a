// What a simulation needs of its journeys, made once: whoever runs many simulations of the same journeys shares it.
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { createWorkspace, type EngineSettings, type Workspace } from '#lib/engine/workspace.ts';
import type { Values } from '#lib/engine/ports.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import type { Machine } from '#lib/local/asl/machine.ts';
import { createValues } from '#lib/messages/create-values.ts';

/** What is prepared. */
export interface JourneySources {
  /** The newest version of each journey that lets people in. */
  readonly journeys: readonly CompiledJourney[];
  /** Which journeys are paused or retired at first; the others are live. */
  readonly rules?: Readonly<Record<string, JourneyRules>>;
  readonly settings: EngineSettings;
  readonly segments?: readonly SegmentDefinition[];
}

/** Journeys, checked and parsed. */
export interface PreparedJourneys {
  /** Version key → state machine. */
  readonly machines: ReadonlyMap<string, Machine>;
  readonly workspace: Workspace;
  /** The same, but nobody is let in: what is fed to it is the past. */
  readonly closed: Workspace;
  /** Fills in the values of steps. */
  readonly values: Values;
}

/** @throws DefinitionError for a state machine that the interpreter does not accept. */
export function prepareJourneys({ journeys, rules, settings, segments }: JourneySources): PreparedJourneys {
  const manifests = journeys.map(({ manifest }) => manifest);
  const newest = Object.fromEntries(journeys.map(({ journey, version }) => [journey, version]));
  const sources = { manifests, journeys: rules, settings, segments };
  return {
    machines: new Map(
      journeys.map(({ journey, version, machine }) => [versionKey(journey, version), parseMachine(machine)]),
    ),
    workspace: createWorkspace({ ...sources, newest }),
    closed: createWorkspace({ ...sources, newest: {} }),
    values: createValues(settings.locale),
  };
}
