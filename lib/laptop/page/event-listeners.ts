// Which journeys listen to an event, so that whoever sends one knows where something may happen.
import { ANY_EVENT } from '#lib/journey/conditions/did.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { ALWAYS_HEARD, heardEvents, watchedEvents } from '#lib/journey/watched-events.ts';

export interface EventListeners {
  /** Journeys that name it: it lets in, ends a wait, is a goal or an exit, or a condition asks for it. In alphabetical order. */
  journeys(event: string): readonly string[];
  /** The bus passes it on: a journey or a segment listens, or everything counts. */
  isHeard(event: string): boolean;
}

export function listenersOf({
  manifests,
  newest,
  segments,
  settings,
}: Pick<DeployedWorkspace, 'manifests' | 'newest' | 'segments' | 'settings'>): EventListeners {
  const byEvent = new Map<string, Set<string>>();
  for (const manifest of manifests) {
    const { journey } = manifest;
    const listening = { manifests: [manifest], newest, segments: [] };
    for (const event of [...watchedEvents(listening), ...heardEvents(listening).audiences]) {
      const journeys = byEvent.get(event) ?? new Set();
      byEvent.set(event, journeys.add(journey));
    }
  }
  const watched = watchedEvents({ manifests, newest, segments, settings });
  return {
    journeys: (event) => [...(byEvent.get(event) ?? [])].toSorted(),
    isHeard: (event) =>
      byEvent.has(event) || watched.has(event) || watched.has(ANY_EVENT) || ALWAYS_HEARD.has(event),
  };
}
