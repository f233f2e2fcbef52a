// A provider or the app reports on a message that a step has sent: delivered, opened, bounced.
import * as z from 'zod';
import { happenedField, timelineKind } from './timeline-kind.ts';

/** What can be reported, and the event that says it. */
const REPORTS = {
  delivered: { event: 'Message Delivered', properties: {} },
  opened: { event: 'Message Opened', properties: {} },
  'opened by a machine': { event: 'Message Opened', properties: { machine: true } },
  clicked: { event: 'Message Clicked', properties: {} },
  replied: { event: 'Message Replied', properties: {} },
  hardBounced: { event: 'Message Bounced', properties: { type: 'hard' } },
  softBounced: { event: 'Message Bounced', properties: { type: 'soft' } },
  rejected: { event: 'Message Rejected', properties: {} },
  complained: { event: 'Message Complained', properties: {} },
  unsubscribed: { event: 'Message Unsubscribed', properties: {} },
  shown: { event: 'Message Shown', properties: {} },
  dismissed: { event: 'Message Dismissed', properties: {} },
} as const;

const reportNames = z.enum(Object.keys(REPORTS) as [keyof typeof REPORTS, ...(keyof typeof REPORTS)[]]);

export const reportKind = timelineKind(
  'report',
  {
    report: reportNames.describe('What is reported on the message.'),
    send: z
      .string()
      .min(1)
      .meta({ description: 'The step that sent it; its latest message is meant.', examples: ['remind'] }),
    properties: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What else is reported, such as the link of a click.'),
    happened: happenedField,
  },
  {
    references: ({ send, report, properties = {} }) => [
      { kind: 'send step', name: send, path: ['send'] },
      ...Object.keys(properties).map((name) => ({
        kind: 'property' as const,
        event: REPORTS[report].event,
        name,
        path: ['properties', name],
      })),
    ],
    play: ({ send, report, properties, happened }, stage) => {
      const sent = stage.latestSend(send);
      if (sent === undefined) {
        stage.problem(`"${report}" cannot be reported: the step "${send}" has sent nothing so far`);
        return;
      }
      const { event, properties: own } = REPORTS[report];
      const { key, message, channel, journey } = sent;
      const about = { send: key, message, channel, journey, step: send };
      return stage.say({ kind: 'event', event, properties: { ...about, ...own, ...properties } }, happened);
    },
  },
);
