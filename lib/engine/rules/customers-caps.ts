/**
 * Caps that are of the customer and not of a journey: what they have chosen themselves, and what follows from their not reacting (fatigue).
 * They hold at once for everybody, whichever version a run keeps, beside the caps of the step, and in the same way: `ifCapped` says what
 * happens, and priority who takes the place.
 */
import type { Cap, Channel } from '#lib/contracts/step-calls.ts';
import type { FatigueRule } from '#lib/journey/fatigue.ts';
import type { Deciding } from '../deciding.ts';
import { CHOSEN_BY_CUSTOMER, chosenCap } from './preferences.ts';

/** A cap with the name that the log has for it. */
export interface NamedCap extends Cap {
  readonly reason: string;
  /** The figures behind it. */
  readonly because?: string;
  /** It begins to hold with so many further messages on the channel; absent: it holds. */
  readonly holdsAfter?: number;
}

/** What the log says of a cap that a journey or the settings have. */
const FREQUENCY_CAP = 'frequency cap';

type Known = Pick<Deciding, 'document' | 'workspace'>;

export function named(cap: Cap): NamedCap {
  return { ...cap, reason: FREQUENCY_CAP };
}

/** Of marketing messages on the channel. */
export function capsOfCustomer(known: Known, channel: Channel): readonly NamedCap[] {
  const chosen = chosenCap(known.document);
  return [
    ...(chosen === undefined ? [] : [{ ...chosen, reason: CHOSEN_BY_CUSTOMER }]),
    ...fatigueOf(known, channel),
  ];
}

/** Whether such a cap may come to bind: then sends of the customer are rivals. */
export function hasOwnCaps({ document, workspace }: Known): boolean {
  return chosenCap(document) !== undefined || (workspace.settings.fatigue ?? []).length > 0;
}

/** Caps whose sends have to be remembered now, so that they can bind: those that hold, and those that will before they are counted anew. */
export function capsToRemember({ document, workspace }: Known): readonly Cap[] {
  const chosen = chosenCap(document);
  const rules = (workspace.settings.fatigue ?? []).filter(
    ({ channel, after, most }) => (document.unanswered?.[channel]?.messages ?? 0) > after - most,
  );
  const fatigue = rules.map(({ most, per }): Cap => ({ most, per, of: 'channel' }));
  return chosen === undefined ? fatigue : [chosen, ...fatigue];
}

function fatigueOf({ document, workspace }: Known, channel: Channel): NamedCap[] {
  const rules = (workspace.settings.fatigue ?? []).filter((rule) => rule.channel === channel);
  const { messages = 0, since } = document.unanswered?.[channel] ?? {};
  return rules.map(({ channel: on, after, most, per }) => ({
    most,
    per,
    of: 'channel',
    reason: fatigueReason({ channel: on, after }),
    because: `${messages} since ${since === undefined ? 'counting began' : `the last reaction on ${since.slice(0, 10)}`}`,
    holdsAfter: Math.max(0, after - messages),
  }));
}

/** "fatigue: 10 e-mails without a reaction": of the rule and not of the customer, so that it can be added up. */
function fatigueReason({ channel, after }: Pick<FatigueRule, 'channel' | 'after'>): string {
  const [one, many] = IN_WORDS[channel];
  return `fatigue: ${after} ${after === 1 ? one : many} without a reaction`;
}

const IN_WORDS: Readonly<Record<FatigueRule['channel'], readonly [one: string, many: string]>> = {
  email: ['e-mail', 'e-mails'],
  sms: ['text message', 'text messages'],
  push: ['push notification', 'push notifications'],
  whatsapp: ['WhatsApp message', 'WhatsApp messages'],
  inapp: ['in-app message', 'in-app messages'],
};
