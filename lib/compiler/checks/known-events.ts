// Events have to be in the vocabulary or built in.
import { BUILT_IN_EVENTS, eventProperties } from '#lib/journey/vocabulary.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const knownEvents: Check = ({ matches, settings }) => {
  if (settings === undefined) return [];
  const { vocabulary } = settings;
  return matches
    .filter(({ event }) => eventProperties(vocabulary, event) === undefined)
    .map(({ event, path }) => {
      const known = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS)];
      return finding('unknown-event', [...path, 'event'], { name: event, known });
    });
};
