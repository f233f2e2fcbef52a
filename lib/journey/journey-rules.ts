/**
 * What of a journey lies outside its versions: it comes from the newest file and applies to everybody inside, whichever version
 * they entered with. A version's hash does not know it, so that a journey can be paused without a new version.
 */
import * as z from 'zod';
import { momentSchema } from '#lib/contracts/date-time.ts';

export const statusSchema = z
  .enum(['draft', 'live', 'paused', 'retired'])
  .default('draft')
  .describe(
    'draft: checked, not deployed. live: customers enter. paused: nobody enters, and "whilePaused" says what happens to ' +
      'those inside. retired: nobody enters any more; those inside go on to their end.',
  );

export const whilePausedSchema = z.enum(['hold', 'drain', 'drop']).meta({
  description:
    'What happens to those inside while the journey is paused. hold (the default): a step that falls due waits until the ' +
    'journey is live again; events, exits and goals still count. drain: they go on to their end. drop: they leave.',
  examples: ['drain'],
});

export const startsSchema = momentSchema.meta({
  description:
    "From when on customers enter; without a time the day's beginning, without an offset in the workspace's time zone.",
  examples: ['2026-12-01', '2026-12-01T09:00'],
});

export const endsSchema = momentSchema.meta({
  description:
    "From when on nobody enters any more; without a time the day's beginning, without an offset in the workspace's time zone.",
  examples: ['2027-01-07', '2026-12-24T18:00'],
});

export const atEndSchema = z
  .enum(['drain', 'exit'])
  .describe('What happens to those inside at "ends". drain: they go on (the default). exit: they leave.');

/** A journey as it stands now. Drafts have none: they are not deployed. */
export interface JourneyRules {
  readonly status: 'live' | 'paused' | 'retired';
  readonly whilePaused: z.infer<typeof whilePausedSchema>;
  /** As written (date-time.ts), in the workspace's zone where no offset is named. */
  readonly starts?: string | undefined;
  readonly ends?: string | undefined;
  /** What happens to those inside at `ends`; they go on where it is absent. */
  readonly atEnd?: z.infer<typeof atEndSchema> | undefined;
}

/** The rules of a journey that nobody has said anything about. */
export const LIVE: JourneyRules = { status: 'live', whilePaused: 'hold' };

/** What a journey's file says; undefined for a draft. */
export function journeyRules(file: {
  readonly status: z.infer<typeof statusSchema>;
  readonly whilePaused?: JourneyRules['whilePaused'] | undefined;
  readonly starts?: string | undefined;
  readonly ends?: string | undefined;
  readonly atEnd?: JourneyRules['atEnd'];
}): JourneyRules | undefined {
  const { status, whilePaused = LIVE.whilePaused, starts, ends, atEnd } = file;
  return status === 'draft' ? undefined : { status, whilePaused, starts, ends, atEnd };
}
