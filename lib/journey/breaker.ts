/**
 * The breaker: a journey whose marketing bounces or is complained about too often is paused before providers stop everything. `breaker`
 * of the settings, and when it trips.
 */
import * as z from 'zod';
import { percentOf, percentSchema } from './percent.ts';

/** What has become of messages, as providers report it: `bounced` for good alone. */
export interface OutcomeCounts {
  readonly delivered: number;
  readonly bounced: number;
  readonly complained: number;
}

/**
 * SES reviews an account from 5 % bounces and 0.1 % complaints and may pause it from 10 % and 0.5 %
 * (https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html); Gmail and Yahoo sort out the mail of who has 0.3 % complaints. These
 * are rates of all that an account sends: the journey that spoils them has to stop before the rest no longer outweighs it, so it may
 * have 5 % and 0.3 %, and no more.
 */
const DEFAULTS = { complaints: '0.3%', bounces: '5%', messages: 500 };

/**
 * So many bounces or complaints at least: fewer are chance. With them a journey about which one in a thousand complains is stopped on 0.8 % of
 * its days, however many messages they have; with five it would be 3 % (docs/breaker.md has the table, tests/journey/breaker.test.ts reckons it).
 */
const FEWEST_CASES = 8;

/** What `breaker` says where nothing pauses a journey by itself. */
const NO_BREAKER = 'none';

export const breakerSchema = z
  .union([
    z.literal(NO_BREAKER),
    z.strictObject({
      complaints: percentSchema
        .optional()
        .describe(`Of the messages delivered, so many complaints: ${DEFAULTS.complaints} when not given.`),
      bounces: percentSchema
        .optional()
        .describe(`Of the messages sent, so many that bounce for good: ${DEFAULTS.bounces} when not given.`),
      messages: z
        .int()
        .min(1)
        .optional()
        .describe(
          `So many messages have to be delivered or bounced before anything is judged: ${DEFAULTS.messages} when not given.`,
        ),
    }),
  ])
  .meta({
    description:
      'Pauses a journey, as "hold", whose marketing messages of one day on one channel bounce or are complained about too often. ' +
      'Transactional messages go on, and an alarm tells of them; ' +
      `"${NO_BREAKER}" for no breaker. It goes on by wend resume.`,
    examples: [{ complaints: '0.2%', bounces: '4%' }],
  });

/** The rates at which a journey is paused, as parts of 1. */
export interface BreakerLimits {
  readonly complaints: number;
  readonly bounces: number;
  readonly messages: number;
}

/** `breaker` of the settings with its defaults; undefined where there is none. */
export function breakerLimits(written: z.infer<typeof breakerSchema> | undefined): BreakerLimits | undefined {
  if (written === NO_BREAKER) return undefined;
  const { complaints = DEFAULTS.complaints, bounces = DEFAULTS.bounces } = written ?? {};
  return {
    complaints: percentOf(complaints) / 100,
    bounces: percentOf(bounces) / 100,
    messages: written?.messages ?? DEFAULTS.messages,
  };
}

/** Why the journey has to be paused, in words with figures and without anybody's data; undefined where it may go on. */
export function whyPaused(
  { delivered, bounced, complained }: OutcomeCounts,
  limits: BreakerLimits,
): string | undefined {
  const all = delivered + bounced;
  if (all < limits.messages) return undefined;
  if (complained >= FEWEST_CASES && complained >= limits.complaints * delivered)
    return `${complained} complaints about ${delivered} messages (${percent(complained / delivered)})`;
  if (bounced >= FEWEST_CASES && bounced >= limits.bounces * all)
    return `${bounced} of ${all} messages bounced (${percent(bounced / all)})`;
  return undefined;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)} %`;
}
