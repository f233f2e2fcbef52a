// Plain events of the settings: each is an event that there is, and is read in one way only.
import { plainEventName, type PlainEvents } from '#lib/journey/plain-events.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { BUILT_IN_EVENTS, eventProperties, type Vocabulary } from '#lib/journey/vocabulary.ts';
import { canBeSent } from '#lib/journey/watched-events.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';

export function checkPlainEvents({ plainEvents, vocabulary }: Settings): Finding[] {
  return plainEvents.flatMap((one, index) => {
    const before = plainEvents.slice(0, index).filter(({ source }) => source === one.source);
    return [
      ...readTwice(one, index, before),
      ...Object.entries(one.events ?? {}).flatMap(([type, event]) =>
        checkEvent(event, ['plainEvents', index, 'events', type], vocabulary),
      ),
    ];
  });
}

/** It has to be declared, and one that somebody else than Wend can tell. */
function checkEvent(event: string, path: JsonPath, vocabulary: Vocabulary): Finding[] {
  if (!canBeSent(event)) return [finding('built-in-sent', path, { event })];
  if (eventProperties(vocabulary, event) !== undefined) return [];
  const known = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS).filter(canBeSent)];
  return [finding('unknown-event', path, { name: event, known })];
}

/** An entry without `events` reads all of its source. */
function readTwice(one: PlainEvents, index: number, before: readonly PlainEvents[]): Finding[] {
  const { source, events } = one;
  if (before.some((other) => other.events === undefined) || (events === undefined && before.length > 0))
    return [finding('read-twice', ['plainEvents', index, 'source'], { source, type: undefined })];
  return Object.keys(events ?? {})
    .filter((type) => before.some((other) => plainEventName(other, type) !== undefined))
    .map((type) => findingAtKey('read-twice', ['plainEvents', index, 'events', type], { source, type }));
}
