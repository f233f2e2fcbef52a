// Customers as they are on average, so that the sample looks alive. The lots are stable: the same message to the same person at the same
// instant always fares alike.
import { hashFraction } from '#lib/contracts/hash.ts';
import type { Planned } from '../happenings/happenings.ts';
import { planOf, type Readable } from './plan.ts';

/**
 * Shares of messages; of a good list, as senders publish them. Reading and following are shares of those that have arrived, clicking of
 * those that were opened.
 */
const HARD_BOUNCES = 0.004;
const SOFT_BOUNCES = 0.012;
const OPENS = 0.42;
const SCANNED = 0.06;
const CLICKS = 0.22;
const COMPLAINTS = 0.001;
const UNSUBSCRIBES = 0.003;
const READS = 0.82;
/** Of push notifications. */
const TAPS = 0.09;
const STOPS = 0.01;

/** Half of those who open do so within this time; the rest is spread over two days. */
const HALF_HAVE_OPENED_MINUTES = 95;
const LONGEST_MINUTES = 2 * 24 * 60;
/** Scanners of companies follow all links as soon as a message arrives. */
const SCANNED_AFTER_SECONDS = 4;

/**
 * What becomes of a message.
 * @param lots what tells it from all others: recipient and instant.
 */
export function lifeLikePlan(seed: string, lots: readonly string[], message: Readable): readonly Planned[] {
  const lot = (name: string) => hashFraction(seed, name, message.channel, ...lots);
  const bounce = lot('bounce');
  if (bounce < HARD_BOUNCES) return planOf({ does: 'bounce', type: 'permanent' }, message);
  if (bounce < HARD_BOUNCES + SOFT_BOUNCES) return planOf({ does: 'bounce', type: 'transient' }, message);
  const afterSeconds = minutesUntilOpened(lot('when')) * 60;
  if (message.channel === 'sms')
    return lot('stop') < STOPS
      ? planOf({ does: 'reply', text: 'STOP', afterSeconds }, message)
      : planOf({ does: 'deliver' }, message);
  if (message.channel === 'whatsapp')
    return lot('open') < READS
      ? planOf({ does: 'open', afterSeconds }, message)
      : planOf({ does: 'deliver' }, message);
  if (message.channel === 'push')
    return lot('open') < TAPS
      ? planOf({ does: 'click', afterSeconds }, message)
      : planOf({ does: 'deliver' }, message);
  if (message.channel !== 'email') return planOf({ does: 'deliver' }, message);
  if (lot('scanner') < SCANNED)
    return planOf({ does: 'click', byMachine: true, afterSeconds: SCANNED_AFTER_SECONDS }, message);
  const complaint = lot('complaint');
  if (complaint < COMPLAINTS) return planOf({ does: 'complain', afterSeconds }, message);
  if (complaint < COMPLAINTS + UNSUBSCRIBES) return planOf({ does: 'unsubscribe', afterSeconds }, message);
  if (lot('open') >= OPENS) return planOf({ does: 'deliver' }, message);
  return planOf({ does: lot('click') < CLICKS ? 'click' : 'open', afterSeconds }, message);
}

/** Most are quick and some take long: the logarithm of time is what is spread evenly. */
function minutesUntilOpened(lot: number): number {
  return Math.min(HALF_HAVE_OPENED_MINUTES * (1 / (1 - lot) - 1) + 1, LONGEST_MINUTES);
}
