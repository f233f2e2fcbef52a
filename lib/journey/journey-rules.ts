/**
 * What of a journey lies outside its versions: it comes from the newest file and applies to everybody inside, whichever version
 * they entered with. A version's hash does not know it, so that a journey can be paused without a new version.
 */
import * as z from 'zod';

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

/** A journey as it stands now. Drafts have none: they are not deployed. */
export interface JourneyRules {
  readonly status: 'live' | 'paused' | 'retired';
  readonly whilePaused: z.infer<typeof whilePausedSchema>;
}

/** The rules of a journey that nobody has said anything about. */
export const LIVE: JourneyRules = { status: 'live', whilePaused: 'hold' };

/** What a journey's file says; undefined for a draft. */
export function journeyRules({
  status,
  whilePaused = LIVE.whilePaused,
}: {
  readonly status: z.infer<typeof statusSchema>;
  readonly whilePaused?: JourneyRules['whilePaused'] | undefined;
}): JourneyRules | undefined {
  return status === 'draft' ? undefined : { status, whilePaused };
}
