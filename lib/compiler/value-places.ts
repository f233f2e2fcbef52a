// The values that steps write, emit and pass on, each where it stands, with its texts read as Liquid.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { LiquidReader, LiquidText } from '#lib/journey/liquid-text.ts';
import type { Step } from '#lib/journey/steps/step.ts';
import { textsOf } from '#lib/journey/values.ts';
import type { StepPlace } from './step-places.ts';

/** A text of a value. */
export interface ValueText {
  readonly path: JsonPath;
  readonly text: string;
  readonly read: LiquidText;
}

/** One named value: of a trait, a property, a field of an input or body. */
export interface ValuePlace {
  readonly place: StepPlace;
  readonly part: 'set' | 'add' | 'remove' | 'increment' | 'properties' | 'input' | 'body';
  readonly name: string;
  readonly value: unknown;
  readonly path: JsonPath;
  readonly texts: readonly ValueText[];
}

/** All values of all steps, in the order in which they are written. */
export function valuePlaces(places: readonly StepPlace[], readLiquid: LiquidReader): ValuePlace[] {
  return places.flatMap((place) =>
    partsOf(place.step).flatMap(([part, values]) =>
      Object.entries(values).map(([name, value]): ValuePlace => {
        const path = [...place.path, part, name];
        const texts = textsOf(value, path).map((leaf) => ({ ...leaf, read: readLiquid(leaf.text) }));
        return { place, part, name, value, path, texts };
      }),
    ),
  );
}

/** The top-level names that values read under `entry`, and the paths that they read under `saved`. */
export function variablesOf(values: readonly ValuePlace[]): readonly (readonly (string | undefined)[])[] {
  return values.flatMap(({ texts }) =>
    texts.flatMap(({ read }) => ('problem' in read ? [] : [...read.variables])),
  );
}

type Part = readonly [part: ValuePlace['part'], values: Readonly<Record<string, unknown>>];

function partsOf(step: Step): readonly Part[] {
  switch (step.type) {
    case 'update': {
      const { set = {}, add = {}, remove = {}, increment = {} } = step;
      const taken: Part[] = Array.isArray(remove) ? [] : [['remove', remove]];
      return [['set', set], ['add', add], ...taken, ['increment', increment]];
    }
    case 'emit':
      return [['properties', step.properties ?? {}]];
    case 'invoke':
      return [['input', step.input ?? {}]];
    case 'webhook':
      return [['body', step.body ?? {}]];
    default:
      return [];
  }
}
