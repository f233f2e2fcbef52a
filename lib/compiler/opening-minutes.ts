// When a journey's marketing may go out on a channel, week by week, as far as that is known before anybody is looked at.
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Delivery } from '#lib/journey/delivery.ts';
import { legalOpenings, legalWithDefaults } from '#lib/journey/legal-hours.ts';
import { openingsOf } from '#lib/journey/opening-hours.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { quietWindow } from './link.ts';
import { openMinutes } from './week-minutes.ts';

/**
 * For each minute of a week, from Monday 00:00, whether windows, quiet hours and the law that holds everywhere are open. Neither closed
 * days nor the law of a single country are in it.
 */
export function openOn(channel: Channel, delivery: Delivery, settings: Settings): boolean[] {
  const windows = delivery.windows?.[channel] ?? settings.windows?.[channel];
  const own = openMinutes(
    windows === undefined ? undefined : openingsOf(windows),
    quietWindow(delivery, settings),
  );
  const everywhere = { country: undefined, states: [] };
  const laws = legalOpenings(legalWithDefaults(settings.legal), channel, everywhere).map((open) =>
    openMinutes(open),
  );
  return own.map((open, minute) => open && laws.every((law) => law[minute]));
}
