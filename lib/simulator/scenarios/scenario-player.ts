// Plays scenarios one after the other. What they have in common is made once: compiled journeys, parsed state machines,
// the renderer.
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import { journeyRules, LIVE, type JourneyRules } from '#lib/journey/journey-rules.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { CompiledMessage } from '#lib/messages/compiled-message.ts';
import { engineSettings } from '../engine-settings.ts';
import { prepareJourneys, type PreparedJourneys } from '../prepared-journeys.ts';
import { rendererOf } from '../rendering.ts';
import { playScenario, type ScenarioResult } from './play-scenario.ts';
import type { PlacedScenario } from './read-tests.ts';

/** What scenarios are played on: a workspace without errors. */
export interface PlayedWorkspace {
  readonly settings: Settings;
  readonly journeys: readonly CheckedJourney[];
  readonly segments: readonly SegmentDefinition[];
  readonly messages: readonly CompiledMessage[];
}

export class ScenarioPlayer {
  readonly #settings: EngineSettings;
  readonly #segments: readonly SegmentDefinition[];
  readonly #renderer: Renderer;
  readonly #journeys: ReadonlyMap<string, CheckedJourney>;
  readonly #compiled = new Map<string, CompiledJourney>();
  readonly #prepared = new Map<string, PreparedJourneys>();

  constructor({ settings, journeys, segments, messages }: PlayedWorkspace) {
    this.#segments = segments;
    this.#settings = engineSettings(settings);
    this.#renderer = rendererOf({ messages, settings });
    this.#journeys = new Map(journeys.map((journey) => [journey.id, journey]));
  }

  /** @throws Error for a journey that is not among those of the player: a fault of the caller. */
  play({ scenario, journey }: PlacedScenario): Promise<ScenarioResult> {
    const ids = [...new Set([journey, ...(scenario.with ?? [])])];
    return playScenario(scenario, {
      journey,
      journeys: this.#prepare(ids),
      timezone: this.#settings.timezone,
      renderer: this.#renderer,
    });
  }

  #prepare(ids: readonly string[]): PreparedJourneys {
    const key = ids.toSorted().join(' ');
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const prepared = prepareJourneys({
      journeys: ids.map((id) => this.#compile(id)),
      rules: Object.fromEntries(ids.map((id) => [id, this.#rules(id)])),
      settings: this.#settings,
      segments: this.#segments,
    });
    this.#prepared.set(key, prepared);
    return prepared;
  }

  /** Whatever the file says today: a scenario shows what the journey does while it is live. */
  #rules(id: string): JourneyRules {
    return journeyRules({ ...this.#journey(id).journey, status: 'live' }) ?? LIVE;
  }

  #journey(id: string): CheckedJourney {
    const journey = this.#journeys.get(id);
    if (journey === undefined) throw new Error(`the journey ${id} is not here to be played`);
    return journey;
  }

  #compile(id: string): CompiledJourney {
    const known = this.#compiled.get(id);
    if (known !== undefined) return known;
    const compiled = compileManifest(this.#journey(id).manifest);
    this.#compiled.set(id, compiled);
    return compiled;
  }
}
