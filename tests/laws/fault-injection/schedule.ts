// One schedule: what happens to a customer within some minutes, when, and what goes wrong meanwhile; all of it follows from a number.
// Whatever forbids sends comes in the very second in which sends are under way, because that is where a protocol breaks.
import type { sendMessage } from '#lib/engine/use-cases/send-message.ts';
import { addMillis, toMillis } from '#lib/contracts/time.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import { throwDice, type Dice } from '../world/dice.ts';
import { NO_TROUBLE, type Trouble } from '../world/invocation.ts';
import { inputOf, type Deed } from '../world/scenario.ts';
import { START, World } from '../world/world.ts';
import { SETS } from './journeys.ts';

const MINUTE = 60_000;
/** After the entry (first sends), behind the first wait, and when time is up for the event that is waited for. */
const BUSY: readonly number[] = [0, 10 * MINUTE, 15 * MINUTE];
/** Trouble ends after an hour; what was put off then has half a day until it expires. */
const CALM_AFTER_MINUTES = 60;
const END_MINUTES = 14 * 60;

const ENTRY: Deed = { event: 'Signed Up', properties: {} };

/** What customers choose: how often, and a pause. */
const CHOICES: readonly Deed[] = [
  ...['daily', 'weekly', 'monthly', 'all'].map((frequency) => ({
    event: 'Preferences Changed',
    properties: { frequency },
  })),
  { event: 'Preferences Changed', properties: { pausedUntil: addMillis(START, 12 * 60 * MINUTE) } },
  { event: 'Preferences Changed', properties: { pausedUntil: addMillis(START, 30 * MINUTE) } },
  {
    event: 'Preferences Changed',
    properties: { pausedUntil: addMillis(START, 40 * MINUTE), frequency: 'daily' },
  },
  { event: 'Preferences Changed', properties: { pausedUntil: null } },
];

/** Few messages are sent within a schedule, so few have to be unanswered. */
const FATIGUE: readonly NonNullable<EngineSettings['fatigue']>[] = [
  [],
  [],
  [],
  [
    { channel: 'email', after: 1, most: 1, per: '2 hours' },
    { channel: 'push', after: 1, most: 1, per: '30 minutes' },
  ],
  [
    { channel: 'email', after: 2, most: 1, per: '6 hours' },
    { channel: 'push', after: 2, most: 1, per: '2 hours' },
  ],
];

/** What takes a permission away, and what gives one. */
const CHANGES: readonly Deed[] = [
  { event: 'Message Unsubscribed', properties: { topic: 'updates', channel: 'email' } },
  { event: 'Message Unsubscribed', properties: { topic: 'news' } },
  { event: 'Message Unsubscribed', properties: {} },
  { event: 'Consent Changed', properties: { topic: 'updates', channel: 'push', granted: false } },
  { event: 'Consent Changed', properties: { topic: 'updates', granted: true } },
  { event: 'Consent Changed', properties: { topic: 'news', granted: true } },
  { event: 'Consent Changed', properties: { topic: '*', granted: false } },
  { event: 'Consent Changed', properties: { topic: '*', granted: true } },
  { event: 'Consent Changed', properties: { topic: '*', channel: 'email', granted: false } },
  { event: 'Message Complained', properties: { channel: 'email' } },
  { event: 'Message Bounced', properties: { channel: 'email', type: 'hard' } },
  { event: 'Order Placed', properties: {} },
  { event: 'Account Closed', properties: {} },
  { event: 'Lesson Done', properties: {} },
  { traits: { plan: 'gone' } },
  { traits: { email: null } },
  { traits: { phone: '+4915112345678' } },
];

/** Plays the schedule of this number to its end. */
export async function playSchedule(seed: number, sending?: typeof sendMessage): Promise<World> {
  const dice = throwDice(seed);
  const journeys = SETS[dice.upTo(SETS.length - 1)] ?? [];
  const world = new World({
    seed,
    journeys,
    segments: [],
    fatigue: FATIGUE[dice.upTo(FATIGUE.length - 1)] ?? [],
    trouble: troubleOf(dice),
    calmAfter: CALM_AFTER_MINUTES,
    storesAsIs: seed % 4 !== 0,
    ...(sending === undefined ? {} : { sending }),
  });
  let told = 0;
  const tellAt = (millis: number, deed: Deed): void => {
    const id = `input ${(told += 1)}`;
    const instant = addMillis(START, millis);
    world.clock.at(toMillis(instant), () => world.tell('ada', inputOf(deed, id, instant, instant)));
  };
  tellAt(0, { traits: { email: 'ada@example.com', pushTokens: ['t1'], timezone: 'Europe/Berlin' } });
  if (dice.happens(70)) tellAt(0, { event: 'Consent Changed', properties: { topic: 'news', granted: true } });
  const choice = CHOICES[dice.upTo(CHOICES.length - 1)];
  if (choice !== undefined && dice.happens(25)) tellAt(0, choice);
  tellAt(MINUTE, ENTRY);
  if (dice.happens(40)) tellAt(MINUTE + dice.upTo(2000), ENTRY);
  for (let change = dice.upTo(4); change > 0; change -= 1) {
    const busy = BUSY[dice.upTo(BUSY.length - 1)] ?? 0;
    const deed = CHANGES[dice.upTo(CHANGES.length - 1)];
    if (deed !== undefined) tellAt(MINUTE + busy + dice.upTo(3000), deed);
  }
  for (let choices = dice.upTo(2); choices > 0; choices -= 1) {
    const busy = BUSY[dice.upTo(BUSY.length - 1)] ?? 0;
    const deed = CHOICES[dice.upTo(CHOICES.length - 1)];
    if (deed !== undefined) tellAt(MINUTE + busy + dice.upTo(3000), deed);
  }
  if (dice.happens(6)) {
    const busy = BUSY[dice.upTo(BUSY.length - 1)] ?? 0;
    world.at((MINUTE + busy + dice.upTo(3000)) / MINUTE, () => world.erase('ada'));
  }
  await world.runUntil(END_MINUTES);
  return world;
}

/** Each schedule has its own mixture; one in eight has none, so that a violation without any trouble is not hidden by it. */
function troubleOf(dice: Dice): Trouble {
  if (dice.happens(12.5)) return NO_TROUBLE;
  const sometimes = (most: number): number => (dice.happens(60) ? dice.upTo(most) : 0);
  return {
    dies: sometimes(10),
    abandoned: sometimes(8),
    stalls: sometimes(12),
    providerFails: sometimes(60),
    lost: sometimes(10),
    twice: sometimes(30),
    doubled: sometimes(30),
    outdated: 0,
    throttled: sometimes(20),
  };
}
