// The step "update": traits that there are, changes that their types allow, each trait once, and something to change at all.
import { BUILT_IN_TRAITS, traitType, type ValueType, type Vocabulary } from '#lib/journey/vocabulary.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import type { ValuePlace } from '../value-places.ts';
import type { Check, JourneyContext } from './journey-context.ts';
import { misfit } from './value-types.ts';

/** The type of trait that each change is for; `set` is for all. */
const FOR: Readonly<Partial<Record<ValuePlace['part'], ValueType>>> = {
  add: 'list',
  remove: 'list',
  increment: 'number',
};

export const updates: Check = function* updates(context) {
  for (const { step, path } of context.steps) {
    if (step.type !== 'update') continue;
    const values = context.values.filter(({ place }) => place.step === step);
    const names: readonly string[] = Array.isArray(step.remove) ? step.remove : [];
    if (context.whole && values.length === 0 && names.length === 0)
      yield finding('nothing-to-change', path, {});
    const seen = new Set<string>();
    for (const value of values) {
      if (seen.has(value.name)) yield findingAtKey('changed-twice', value.path, { name: value.name });
      seen.add(value.name);
      yield* checkChange(value, context);
    }
    for (const [index, name] of names.entries()) {
      const at = [...path, 'remove', index];
      if (seen.has(name)) yield finding('changed-twice', at, { name });
      seen.add(name);
      if (context.settings !== undefined && traitType(context.settings.vocabulary, name) === undefined)
        yield finding('unknown-trait', at, { name, known: knownTraits(context.settings.vocabulary) });
    }
  }
};

function* checkChange(value: ValuePlace, context: JourneyContext): Generator<Finding> {
  const { name, part, path } = value;
  if (context.settings === undefined) return;
  const { vocabulary } = context.settings;
  const type = traitType(vocabulary, name);
  const wanted = FOR[part];
  if (type === undefined) yield findingAtKey('unknown-trait', path, { name, known: knownTraits(vocabulary) });
  else if (wanted !== undefined && type !== wanted)
    yield findingAtKey('change-not-for-type', path, { name, change: part, type, wanted });
  else if (part === 'set' || part === 'increment') {
    const found = misfit(value, type, context, vocabulary);
    if (found !== undefined) yield finding('value-does-not-fit', path, { name, type, found });
  }
}

function knownTraits(vocabulary: Vocabulary): string[] {
  return [...Object.keys(vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)];
}
