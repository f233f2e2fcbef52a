// What the page has to know once: where it is, and the words that its forms offer.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { canBeSent } from '#lib/journey/watched-events.ts';
import {
  BUILT_IN_EVENTS,
  BUILT_IN_TRAITS,
  valueTypeSchema,
  type ValueType,
} from '#lib/journey/vocabulary.ts';
import type { JourneyTitle } from '../../journey-titles.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { read, type Route } from '../http/route.ts';
import { exampleProperties } from '../example-properties.ts';

export const aboutSchema = z.object({
  environment: z.string(),
  deployment: z.string(),
  endpoint: z.string(),
  region: z.string(),
  brand: z.string(),
  zone: z.string().describe('Of the workspace: the clock is shown in it'),
  locale: z.string(),
  zones: z.array(z.string()),
  channels: z.array(channelSchema),
  topics: z.array(z.object({ id: z.string(), name: z.string() })),
  journeys: z.array(z.object({ id: z.string(), name: z.string() })),
  traits: z.array(z.object({ name: z.string(), type: valueTypeSchema })),
  events: z.array(
    z.object({
      name: z.string(),
      properties: z.array(z.object({ name: z.string(), type: valueTypeSchema })),
      example: z.record(z.string(), z.unknown()),
      isBuiltIn: z.boolean(),
    }),
  ),
});

export function aboutRoutes(
  cloud: RunningCloud,
  titles: ReadonlyMap<string, JourneyTitle>,
): readonly Route[] {
  const { environment, deployment, endpoint, region, workspace } = cloud;
  const { settings, newest } = workspace;
  return [
    read('/api/about', { input: z.object({}), output: aboutSchema }, () => ({
      environment,
      deployment,
      endpoint,
      region,
      brand: settings.brand.name,
      zone: settings.timezone,
      locale: settings.locale,
      zones: Intl.supportedValuesOf('timeZone'),
      channels: [...channelSchema.options],
      topics: Object.entries(settings.topics).map(([id, { name }]) => ({ id, name })),
      journeys: Object.keys(newest)
        .toSorted()
        .map((id) => ({ id, name: titles.get(id)?.name ?? id })),
      traits: named({ ...BUILT_IN_TRAITS, ...settings.vocabulary.traits }),
      events: [
        ...eventsOf(settings.vocabulary.events, cloud, false),
        ...eventsOf(BUILT_IN_EVENTS, cloud, true).filter(
          ({ name }) => canBeSent(name) && !Object.hasOwn(settings.vocabulary.events, name),
        ),
      ],
    })),
  ];
}

function eventsOf(
  events: Readonly<Record<string, Readonly<Record<string, ValueType>>>>,
  { clock }: RunningCloud,
  isBuiltIn: boolean,
) {
  return Object.entries(events).map(([name, properties]) => ({
    name,
    properties: named(properties),
    example: exampleProperties(properties, clock.now()),
    isBuiltIn,
  }));
}

function named(types: Readonly<Record<string, ValueType>>): { name: string; type: ValueType }[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
