// The events that journeys listen to, by the engine's own judgement.
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { engineSettings } from '../engine-settings.ts';

/** Names of events that can change something for a customer of these journeys. */
export function heardEvents(
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
    segments,
  });
  return new Set([...watched, ...entries.audiences.keys()]);
}

/** Nothing is compiled to know this, so that the versions have no names yet. */
const VERSION = 'not compiled';
