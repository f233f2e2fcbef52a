/** Who messages come from on each channel, by the names of the settings. */
import type { Settings } from '#lib/journey/settings.ts';

type Sender = Settings['senders'][string];

/** Looks a sender up for one channel; undefined where the settings name none of that name, or none for this channel. */
export function sendersOf<C extends keyof Sender>(
  senders: Settings['senders'],
  channel: C,
): (name: string) => Sender[C] {
  return (name) => (Object.hasOwn(senders, name) ? senders[name]?.[channel] : undefined);
}
