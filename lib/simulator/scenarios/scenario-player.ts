// Plays scenarios one after the other. What they have in common is made once: compiled journeys, parsed state machines,
// the renderer.
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { holidaysNamed } from '#lib/compiler/holidays/expand.ts';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import { journeyRules, LIVE, type JourneyRules } from '#lib/journey/journey-rules.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { CompiledMessage } from '#lib/messages/compiled-message.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { prepareJourneys, type PreparedJourneys } from '../prepared-journeys.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { playScenario, type ScenarioResult } from './play-scenario.ts';
import type { PlacedScenario } from './read-tests.ts';
import { journeysOf } from './scenario-subject.ts';

/** What scenarios are played on: a workspace without errors. */
export interface PlayedWorkspace {
  readonly settings: Settings;
  readonly journeys: readonly CheckedJourney[];
  readonly segments: readonly SegmentDefinition[];
  readonly messages: readonly CompiledMessage[];
}

/** What all journeys and their variants have in common. */
interface Shared {
  readonly settings: EngineSettings;
  readonly segments: readonly SegmentDefinition[];
  readonly renderer: Renderer;
}

export class ScenarioPlayer {
  readonly #shared: Shared;
  readonly #journeys: ReadonlyMap<string, CheckedJourney>;
  readonly #compiled: Map<string, CompiledJourney>;
  readonly #prepared = new Map<string, PreparedJourneys>();

  private constructor(
    shared: Shared,
    journeys: ReadonlyMap<string, CheckedJourney>,
    compiled: Map<string, CompiledJourney>,
  ) {
    this.#shared = shared;
    this.#journeys = journeys;
    this.#compiled = compiled;
  }

  /** A player of the workspace as it is. */
  static of({ settings, journeys, segments, messages }: PlayedWorkspace): ScenarioPlayer {
    const holidays = holidaysNamed(journeys.map(({ manifest }) => manifest));
    const shared = {
      // A scenario asks for the opening; how long after it the spread lets a customer go out is a draw that nobody can foretell.
      settings: { ...engineSettings(settings, 'everything', holidays), spreadMillis: 0 },
      segments,
      renderer: rendererOf({ messages, settings }),
    };
    return new ScenarioPlayer(shared, new Map(journeys.map((journey) => [journey.id, journey])), new Map());
  }

  /** A player with another journey of the same id; all else is shared. */
  variant(journey: CheckedJourney): ScenarioPlayer {
    const compiled = new Map(this.#compiled);
    compiled.delete(journey.id);
    return new ScenarioPlayer(this.#shared, new Map(this.#journeys).set(journey.id, journey), compiled);
  }

  /** @throws Error for a journey that is not among those of the player: a fault of the caller. */
  play({ scenario, journey }: PlacedScenario): Promise<ScenarioResult> {
    const ids = journeysOf(journey, scenario, this.#journeys);
    return playScenario(scenario, {
      journey,
      journeys: this.#prepare(ids),
      timezone: this.#shared.settings.timezone,
      renderer: this.#shared.renderer,
    });
  }

  #prepare(ids: readonly string[]): PreparedJourneys {
    const key = ids.toSorted().join(' ');
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const prepared = prepareJourneys({
      journeys: ids.map((id) => this.#compile(id)),
      rules: Object.fromEntries(ids.map((id) => [id, this.#rules(id)])),
      settings: this.#shared.settings,
      segments: this.#shared.segments,
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
