// Sending an event as an application does, and what looks wrong with it before anybody wonders why nothing happened.
import * as z from 'zod';
import { readSegmentCall } from '#lib/contracts/segment-call.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { canBeSent, heardEvents } from '#lib/journey/watched-events.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { listenersOf } from '../event-listeners.ts';
import { eventNotes } from '../event-notes.ts';
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
  journeys: z
    .array(z.string())
    .describe('Journeys that listen to it, whether this customer is in them or not'),
  notes: z.array(z.string()).describe('What may not be meant so'),
});

export function eventRoutes(cloud: RunningCloud, newId: () => string): readonly Route[] {
  const listeners = listenersOf(cloud.workspace);
  const { audiences } = heardEvents(cloud.workspace);
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
          journeys: [...listeners.journeys(event)],
          notes: [
            ...eventNotes(cloud.workspace.settings.vocabulary, event, properties),
            ...(listeners.isHeard(event)
              ? []
              : [`No journey and no segment listens to "${event}": the bus does not pass it on.`]),
          ],
        };
      },
    ),
  ];
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
