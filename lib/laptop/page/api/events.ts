// Sending an event as an application does, and what looks wrong with it before anybody wonders why nothing happened.
import * as z from 'zod';
import { readSegmentCall } from '#lib/contracts/segment-call.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { eventProperties, type ValueType } from '#lib/journey/vocabulary.ts';
import { ALWAYS_HEARD, canBeSent, watchedEvents } from '#lib/journey/watched-events.ts';
import { ANY_EVENT } from '#lib/journey/conditions/did.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { write, type Route } from '../http/route.ts';

const eventSchema = z.object({
  user: z.string().trim().max(512).default('').describe('Empty: the event belongs to no customer'),
  event: z.string().trim().min(1, 'an event has a name').max(100),
  properties: z.record(z.string(), z.unknown()),
});

export const sentEventSchema = z.object({
  id: z.string().describe('Id of the call'),
  customer: z.string().optional(),
  notes: z.array(z.string()).describe('What may not be meant so'),
});

export function eventRoutes(cloud: RunningCloud, newId: () => string): readonly Route[] {
  const watched = watchedEvents(cloud.workspace);
  const audiences = audienceEvents(cloud);
  return [
    write(
      '/api/events',
      { input: eventSchema, output: sentEventSchema },
      async ({ user, event, properties }) => {
        const id = newId();
        const call = {
          type: 'track',
          ...(user !== '' && { userId: user }),
          messageId: id,
          timestamp: fromMillis(cloud.clock.now()),
          event,
          properties,
        };
        const read = readSegmentCall(call, { audiences, ownId: () => id });
        if ('refused' in read)
          throw new PageProblem(400, refusalInWords(read.refused), fieldOf(read.refused));
        if (!canBeSent(event)) throw new PageProblem(400, 'Only Wend itself makes this event.', 'event');
        await cloud.put([call]);
        return {
          id,
          ...(user !== '' && { customer: cloud.customers.idOf(user) }),
          notes: [...notHeard(watched, event), ...typeNotes(cloud, event, properties)],
        };
      },
    ),
  ];
}

/** Events that may come without a customer: a journey asks whom they concern. */
function audienceEvents({ workspace: { manifests, newest } }: RunningCloud): ReadonlySet<string> {
  return new Set(
    manifests.flatMap(({ journey, version, entry: { trigger } }) =>
      trigger.kind === 'audience' && newest[journey] === version ? [trigger.event] : [],
    ),
  );
}

function refusalInWords(refused: string): string {
  return refused === 'no customer'
    ? 'This event is about a customer: say whose it is.'
    : `This is no event: ${refused}.`;
}

function fieldOf(refused: string): string | undefined {
  if (refused === 'no customer' || refused === 'id too long') return 'user';
  return refused === 'no event name' ? 'event' : undefined;
}

function notHeard(watched: ReadonlySet<string>, event: string): string[] {
  if (watched.has(event) || watched.has(ANY_EVENT) || ALWAYS_HEARD.has(event)) return [];
  return [`No journey and no segment listens to "${event}": the bus does not pass it on.`];
}

function typeNotes(
  { workspace }: RunningCloud,
  event: string,
  properties: Record<string, unknown>,
): string[] {
  const declared = eventProperties(workspace.settings.vocabulary, event);
  if (declared === undefined) return [`The settings do not declare "${event}".`];
  return Object.entries(properties).flatMap(([name, value]) => {
    const type = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (type === undefined) {
      const isInside = Object.keys(declared).some((known) => known.startsWith(`${name}.`));
      return isInside ? [] : [`"${name}" is not declared for this event: no condition reads it.`];
    }
    return value === null || isOfType(value, type) ? [] : [`"${name}" is declared as ${type}.`];
  });
}

function isOfType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'yes/no':
      return typeof value === 'boolean';
    case 'date':
    case 'date-time':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
    case 'list':
      return Array.isArray(value);
    case 'place':
      return typeof value === 'object' && value !== null && 'lat' in value && 'lon' in value;
  }
}
