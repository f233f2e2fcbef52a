// The clock of the business: what it shows, and letting it stand, run, jump.
import * as z from 'zod';
import { fromMillis, instantSchema, parseInstant, toMillis } from '#lib/contracts/time.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { read, write, type Route } from '../http/route.ts';

/** A day in a tenth of a second: beyond, jumping says more than watching. */
const FASTEST = 864_000;
/** As far as one would look ahead; a typing error in the year would keep the laptop busy for hours. */
const LONGEST_JUMP_MILLIS = 400 * 86_400_000;

export const clockSchema = z.object({
  now: instantSchema,
  zone: z.string(),
  speed: z.number(),
  pace: z.number(),
  isPaused: z.boolean(),
  jumpingTo: instantSchema.optional(),
  next: instantSchema.optional().describe('When something is due next'),
  sample: z.object({ state: z.enum(['none', 'running', 'done']), put: z.int(), all: z.int() }),
});

const changeSchema = z.object({
  pause: z.boolean().optional(),
  speed: z.number().positive('must be more than 0').max(FASTEST, `at most ${FASTEST}`).optional(),
  jumpTo: z.string().optional().describe('An instant with its zone'),
  goOn: z.literal(true).optional().describe('Until something happens'),
  stop: z.literal(true).optional().describe('Ends a jump where it is'),
});

export function clockRoutes(cloud: RunningCloud, onFault: (error: unknown) => void): readonly Route[] {
  const { clock } = cloud;
  return [
    read('/api/clock', { input: z.object({}), output: clockSchema }, () => clockAnswer(cloud)),
    write(
      '/api/clock',
      { input: changeSchema, output: clockSchema },
      ({ pause, speed, jumpTo, goOn, stop }) => {
        if (stop === true) clock.stopJump();
        if (speed !== undefined) clock.setSpeed(speed);
        if (pause === true) clock.pause();
        if (pause === false) clock.resume();
        // A jump may take minutes: the page hears of it by the stream of changes.
        if (jumpTo !== undefined) {
          const instant = instantOfJump(cloud, jumpTo);
          notBusy(cloud);
          clock.jumpTo(instant).catch(onFault);
        }
        if (goOn === true) {
          notBusy(cloud);
          clock.goOn().catch(onFault);
        }
        return clockAnswer(cloud);
      },
    ),
  ];
}

/** What the clock shows, as the stream of changes tells it too. */
export function clockAnswer({ clock, workspace, sample }: RunningCloud): z.input<typeof clockSchema> {
  const { jumpingTo } = clock;
  const next = clock.next();
  return {
    now: fromMillis(clock.now()),
    zone: workspace.settings.timezone,
    speed: clock.speed,
    pace: clock.pace,
    isPaused: clock.isPaused,
    ...(jumpingTo !== undefined && { jumpingTo: fromMillis(jumpingTo) }),
    ...(next !== undefined && { next: fromMillis(next) }),
    sample: { state: sample.state, put: sample.put, all: sample.all },
  };
}

function notBusy({ clock }: RunningCloud): void {
  if (clock.jumpingTo !== undefined)
    throw new PageProblem(409, 'The clock is jumping already; stop it, or wait until it is there.');
}

function instantOfJump({ clock }: RunningCloud, text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) throw new PageProblem(400, 'This is no instant.', 'jumpTo');
  const millis = toMillis(instant);
  const ahead = millis - clock.now();
  if (ahead <= 0) throw new PageProblem(400, 'The clock only goes forward: choose a later time.', 'jumpTo');
  if (ahead > LONGEST_JUMP_MILLIS)
    throw new PageProblem(400, 'That is more than 400 days ahead: jump in several steps.', 'jumpTo');
  return millis;
}
