// The report of a play: what a stream of events would have made the journeys do, in figures. Public: scripts read it.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { instantSchema } from '#lib/contracts/time.ts';

const figure = z.int().nonnegative();
const byReason = z.record(z.string(), figure.positive());

const journeyFiguresSchema = z
  .strictObject({
    entered: figure.describe('Runs that began'),
    active: figure.describe('Runs that had not ended when the play did'),
    completed: figure.describe('Runs that came to the end of the journey'),
    exited: byReason.describe('Runs that left before, by reason; goal is one'),
    failed: figure.describe('Runs that a fault ended'),
    heldOut: figure.describe('Customers kept out for comparison'),
    refused: byReason.describe('Entries that did not happen, by reason'),
    converted: figure.describe('Runs and held-out customers for whom the goal counted'),
    transitions: figure.describe('State transitions, what AWS bills'),
    paused: z
      .strictObject({ at: instantSchema, reason: z.string() })
      .optional()
      .describe('When the breaker paused it, and why; those inside wait at their next step until the end'),
    steps: z
      .record(z.string(), z.strictObject({ reached: figure }))
      .describe('Every step, in the order of the journey; a loop reaches one several times'),
  })
  .refine(
    ({ entered, active, completed, exited, failed }) => entered === active + completed + sum(exited) + failed,
    'entered must be active + completed + exited + failed',
  );

const channelFiguresSchema = z.strictObject({
  sent: figure,
  segments: figure
    .positive()
    .optional()
    .describe('Text messages alone: how many messages carriers would have charged'),
  skipped: byReason,
  deferred: byReason.describe('Deferrals; one send may be deferred several times'),
});

const actionFiguresSchema = z.strictObject({
  sets: byReason.describe('Traits that steps wrote, each with how often'),
  emits: byReason.describe('Events that steps emitted'),
  calls: z
    .record(
      z.string(),
      z.strictObject({ answered: figure, failed: figure.describe('Calls without a usable answer') }),
    )
    .describe('Functions and endpoints that would have been called'),
});

const segmentFiguresSchema = z.strictObject({
  members: figure.describe('Customers in it at the end'),
  entered: figure.describe('How often somebody came into it'),
  left: figure.describe('How often somebody left it, by an event or by time alone'),
});

const peakSchema = z.strictObject({
  messages: figure.positive(),
  at: instantSchema.describe('When it begins; of several that are alike the first'),
});

const channelPeaksSchema = z.strictObject({
  second: peakSchema.describe('The second of the clock in which most was sent'),
  minute: peakSchema.describe('The minute of the clock in which most was sent'),
});

export const playReportSchema = z.strictObject({
  events: figure.describe('Calls played: events and identifies, duplicates among them'),
  customers: figure,
  refused: byReason.describe('Lines of the stream that were no usable call, by reason'),
  ignored: byReason
    .optional()
    .describe('Events that were played and not understood, or came too late to matter, by reason'),
  actions: actionFiguresSchema
    .optional()
    .describe('What steps did besides sending; nothing left the machine'),
  segments: z.record(z.string(), segmentFiguresSchema).optional().describe('Segments, where there are any'),
  assumedConsent: z.array(z.string()).optional().describe('Topics for which no record was taken as consent'),
  disorder: z.int().optional().describe('Seed of the disorder that was added'),
  until: instantSchema.optional().describe('Where the play was told to stop'),
  journeys: z.record(z.string(), journeyFiguresSchema),
  messages: z.record(z.string(), z.partialRecord(channelSchema, channelFiguresSchema)),
  peaks: z
    .partialRecord(channelSchema, channelPeaksSchema)
    .optional()
    .describe('How many messages go out at once, for each channel on which something was sent'),
});

/** What one journey did. */
export type JourneyFigures = z.infer<typeof journeyFiguresSchema>;
/** What became of one message on one channel. */
export type ChannelFigures = z.infer<typeof channelFiguresSchema>;
/** How many messages went out within a second or a minute, at most. */
export type Peak = z.infer<typeof peakSchema>;
/** The busiest moments of one channel. */
export type ChannelPeaks = z.infer<typeof channelPeaksSchema>;
/** What steps did besides sending. */
export type ActionFigures = z.infer<typeof actionFiguresSchema>;
/** What happened around one segment. */
export type SegmentFigures = z.infer<typeof segmentFiguresSchema>;
/** The report of a play. */
export type PlayReport = z.infer<typeof playReportSchema>;

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
