/**
 * The hours that the law leaves open to a marketing message on a channel, and the zones in which they have to be open: of the
 * recipient's number and of what the profile says, the stricter of both.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import { legalOpenings } from '#lib/journey/legal-hours.ts';
import { zoneFoundFor, type Deciding } from '../deciding.ts';
import { sameClock } from '../time/country-zones.ts';
import { phonePlace, type PhonePlace } from '../time/phone-place.ts';
import type { LegalHours } from '../time/sending-hours.ts';

const STATE = /^[A-Z]{2}$/;

/** Channels that reach a telephone number: the law that asks about those asks where the number is. */
const BY_NUMBER: ReadonlySet<Channel> = new Set(['sms', 'whatsapp']);

/** Undefined where no law is named for the channel and the recipient. */
export function legalHoursOf(deciding: Deciding, channel: Channel): LegalHours | undefined {
  const { document, workspace } = deciding;
  const { legal } = workspace.settings;
  if (legal?.[channel] === undefined) return undefined;
  const { traits } = document;
  const place = BY_NUMBER.has(channel) ? phonePlace(traits['phone']?.value) : undefined;
  const address = traits['address']?.value;
  const stateOfProfile =
    typeof address === 'object' && address !== null && 'state' in address ? address.state : undefined;
  const states = [place?.state, stateOfProfile].filter(
    (state): state is string => typeof state === 'string' && STATE.test(state),
  );
  const openings = legalOpenings(legal, channel, {
    country: place?.country,
    states: [...new Set(states)],
  });
  if (openings.length === 0) return undefined;
  const profile = zoneFoundFor(document, workspace);
  if (place === undefined) return { openings, zones: [profile.zone] };
  // The zone of the workspace is no knowledge about the recipient.
  const known = profile.from === 'profile' || profile.from === 'country' ? profile.zone : undefined;
  return { openings, ...zonesOf(place, known) };
}

/**
 * A number that leaves the zones of its whole country open is narrowed down by a profile that names one of them; where nothing
 * does, all of them have to be open. A zone elsewhere is one more that has to be open.
 */
function zonesOf({ zones }: PhonePlace, known: string | undefined): Pick<LegalHours, 'zones' | 'also'> {
  if (known === undefined) return { zones };
  const narrowed = zones.find((zone) => sameClock(zone, known));
  if (narrowed !== undefined) return { zones: [narrowed] };
  return { zones, also: known };
}
