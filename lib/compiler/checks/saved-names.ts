// The names under which steps keep something by "saveAs", and what is known of the properties behind each.
import type { Settings } from '#lib/journey/settings.ts';
import type { Step } from '#lib/journey/steps/step.ts';
import { eventProperties, type ValueType } from '#lib/journey/vocabulary.ts';
import type { StepPlace } from '../step-places.ts';

export interface SavedName {
  /** Undefined where nobody has declared them: then any property may be asked for. */
  readonly properties: Readonly<Record<string, ValueType>> | undefined;
}

/** By name. Of several steps that keep something under one name, all properties of all of them. */
export function savedNames(
  steps: readonly StepPlace[],
  settings: Settings | undefined,
): ReadonlyMap<string, SavedName> {
  const names = new Map<string, SavedName>();
  for (const { step } of steps) {
    const name = 'saveAs' in step && typeof step.saveAs === 'string' ? step.saveAs : undefined;
    if (name === undefined) continue;
    for (const one of savedBy(step, settings)) {
      const before = names.get(name);
      names.set(name, before === undefined ? one : both(before, one));
    }
  }
  return names;
}

function savedBy(step: Step, settings: Settings | undefined): readonly SavedName[] {
  if (step.type !== 'waitFor') return [];
  return step.events.map(({ event }) => ({
    properties: settings === undefined ? undefined : eventProperties(settings.vocabulary, event),
  }));
}

function both(a: SavedName, b: SavedName): SavedName {
  const known = a.properties !== undefined && b.properties !== undefined;
  return {
    properties: known ? { ...a.properties, ...b.properties } : undefined,
  };
}
