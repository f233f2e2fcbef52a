// The events that journeys listen to, by the engine's own judgement.
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { ANY_EVENT } from '#lib/journey/conditions/did.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';

/** What has been found out about the journeys of scenarios: many scenarios play the same ones. */
export class HeardEvents {
  readonly #settings: Settings | undefined;
  readonly #segments: readonly SegmentDefinition[];
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(settings: Settings | undefined, segments: readonly SegmentDefinition[]) {
    this.#settings = settings;
    this.#segments = segments;
  }

  /** Names of events that can change something for a customer of these journeys; undefined where nobody can know. */
  of(journeys: readonly CheckedJourney[] | undefined): ReadonlySet<string> | undefined {
    if (this.#settings === undefined || journeys === undefined) return undefined;
    const key = journeys.map(({ id }) => id).join(' ');
    const known = this.#known.get(key) ?? heardBy(journeys, this.#settings, this.#segments);
    this.#known.set(key, known);
    return known;
  }
}

function heardBy(
  journeys: readonly CheckedJourney[],
  settings: Settings,
  segments: readonly SegmentDefinition[],
): ReadonlySet<string> {
  const manifests = journeys.map(({ manifest }) => ({ ...manifest, version: VERSION }));
  const newest = Object.fromEntries(journeys.map(({ id }) => [id, VERSION]));
  const { watched, entries } = createWorkspace({
    manifests,
    newest,
    settings: engineSettings(settings),
    segments: referredTo(segments, JSON.stringify(manifests)),
  });
  const heard = new Set([...watched, ...entries.audiences.keys()]);
  if (heard.delete(ANY_EVENT)) for (const event of Object.keys(settings.vocabulary.events)) heard.add(event);
  return heard;
}

/** Segments that a text names, and those that these name: others do not concern who is in the journeys. */
function referredTo(segments: readonly SegmentDefinition[], text: string): readonly SegmentDefinition[] {
  const named = segments.filter(({ id }) => text.includes(JSON.stringify(id)));
  const rest = segments.filter((segment) => !named.includes(segment));
  return named.length === 0 ? [] : [...named, ...referredTo(rest, JSON.stringify(named))];
}

/** Nothing is compiled to know this, so that the versions have no names yet. */
const VERSION = 'not compiled';
