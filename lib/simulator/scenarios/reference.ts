/** Names that a scenario mentions, to be held against the workspace: what kind of thing, which one, and where it is written. */
import type { JsonPath } from '#lib/journey/conditions/condition.ts';

/** A name in a scenario. `path` leads from the entry that mentions it. */
export type Reference =
  | { readonly kind: 'event'; readonly name: string; readonly path: JsonPath }
  | {
      readonly kind: 'property';
      readonly event: string;
      readonly name: string;
      readonly path: JsonPath;
    }
  | { readonly kind: 'trait'; readonly name: string; readonly path: JsonPath }
  | { readonly kind: 'topic'; readonly name: string; readonly path: JsonPath }
  | { readonly kind: 'message'; readonly name: string; readonly path: JsonPath }
  | { readonly kind: 'step'; readonly name: string; readonly path: JsonPath }
  | { readonly kind: 'send step'; readonly name: string; readonly path: JsonPath }
  | {
      readonly kind: 'case';
      readonly name: string;
      readonly step: string | undefined;
      readonly path: JsonPath;
    };

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
