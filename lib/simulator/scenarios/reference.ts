/** Names that a scenario mentions, to be held against the workspace: what kind of thing, which one, and where it is written. */
import type { JsonPath } from '#lib/journey/conditions/condition.ts';

/** What kind of thing is named, where the name says it all. */
type NamedThing =
  | 'event'
  /** An event that nobody has to listen to. */
  | 'emitted'
  | 'trait'
  | 'topic'
  | 'message'
  | 'segment'
  | 'journey'
  | 'step'
  | 'send step'
  /** A function or an endpoint. */
  | 'called';

/** A name in a scenario. `path` leads from the entry that mentions it. */
export type Reference = { readonly name: string; readonly path: JsonPath } & (
  | { readonly kind: NamedThing }
  | { readonly kind: 'property'; readonly event: string }
  | { readonly kind: 'case'; readonly step: string | undefined }
);

/** The event and its properties, each at its place. */
export function eventReferences(
  event: string,
  eventField: string,
  properties: Readonly<Record<string, unknown>> = {},
): Reference[] {
  const names = Object.keys(properties);
  return [
    { kind: 'event', name: event, path: [eventField] },
    ...names.map((name): Reference => ({ kind: 'property', event, name, path: ['properties', name] })),
  ];
}

/** The traits, each at its place. */
export function traitReferences(traits: Readonly<Record<string, unknown>>): Reference[] {
  return Object.keys(traits).map((name): Reference => ({ kind: 'trait', name, path: ['traits', name] }));
}

/** The topics of a consent, each at its place. */
export function topicReferences(consent: Readonly<Record<string, unknown>>, field: string): Reference[] {
  return Object.keys(consent).map((name): Reference => ({ kind: 'topic', name, path: [field, name] }));
}
