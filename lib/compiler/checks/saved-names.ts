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
    const name = savesAs(step);
    if (name === undefined) continue;
    for (const one of savedBy(step, settings)) {
      const before = names.get(name);
      names.set(name, before === undefined ? one : both(before, one));
    }
  }
  return names;
}

/** The name under which the step keeps something. */
export function savesAs(step: Step): string | undefined {
  return 'saveAs' in step && typeof step.saveAs === 'string' ? step.saveAs : undefined;
}

function savedBy(step: Step, settings: Settings | undefined): readonly SavedName[] {
  if (step.type === 'invoke') return [answerOf(settings?.functions, step.function)];
  if (step.type === 'webhook') return [answerOf(settings?.endpoints, step.endpoint)];
  if (step.type !== 'waitFor') return [];
  return (step.events ?? []).map(({ event }) => ({
    properties: settings === undefined ? undefined : eventProperties(settings.vocabulary, event),
  }));
}

/** The answer as settings declare it; nothing is known of one that they do not name. */
function answerOf(
  declared: Readonly<Record<string, { readonly answer: SavedName['properties'] }>> | undefined,
  name: string,
): SavedName {
  const known = declared !== undefined && Object.hasOwn(declared, name) ? declared[name] : undefined;
  return { properties: known?.answer };
}

function both(a: SavedName, b: SavedName): SavedName {
  const known = a.properties !== undefined && b.properties !== undefined;
  return {
    properties: known ? { ...a.properties, ...b.properties } : undefined,
  };
}
