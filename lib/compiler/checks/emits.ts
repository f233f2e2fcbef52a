// The step "emit": an event of the vocabulary, with properties that it has, of their types.
import { BUILT_IN_EVENTS } from '#lib/journey/vocabulary.ts';
import { finding, findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';
import { misfit } from './value-types.ts';

export const emits: Check = function* emits(context) {
  const { steps, settings, values } = context;
  if (settings === undefined) return;
  const { events } = settings.vocabulary;
  for (const { step, path } of steps) {
    if (step.type !== 'emit') continue;
    const at = [...path, 'event'];
    if (Object.hasOwn(BUILT_IN_EVENTS, step.event)) {
      yield finding('built-in-emitted', at, { event: step.event });
      continue;
    }
    const properties = Object.hasOwn(events, step.event) ? events[step.event] : undefined;
    if (properties === undefined) {
      yield finding('unknown-event', at, { name: step.event, known: Object.keys(events) });
      continue;
    }
    for (const value of values) {
      if (value.place.step !== step) continue;
      const { name } = value;
      const type = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (type === undefined) {
        const known = Object.keys(properties);
        yield findingAtKey('unknown-property', value.path, { name, event: step.event, known });
        continue;
      }
      const found = misfit(value, type, context, settings.vocabulary);
      if (found !== undefined) yield finding('value-does-not-fit', value.path, { name, type, found });
    }
  }
};
