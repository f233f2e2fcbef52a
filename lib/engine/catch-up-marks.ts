/**
 * What a deployment or a switch may leave to be decided for people to whom nothing happens: somebody has to look at everybody once.
 * All else in a workspace (messages, steps, delivery rules) waits for the next input of a customer, so it is no part of these marks.
 */
import { hashHex } from '#lib/contracts/hash.ts';
import type { JourneySwitch } from './ports.ts';
import type { Workspace } from './workspace.ts';

/**
 * Of the files: the state of every journey, what lets in by time or by membership that exists already, segments and what they count,
 * and the zone where a customer has none. Another mark: another deployment in what matters here.
 */
export function deploymentMark({ settings, journeys, entries, marks }: Workspace): string {
  const rules = [...journeys].toSorted(([a], [b]) => Number(a > b) - Number(a < b));
  const timed = entries.timed.map(({ version, trigger }) => [version.manifest.journey, trigger]);
  const meeting = entries.meeting.map(({ manifest }) => [manifest.journey, manifest.entry.trigger]);
  return hashHex(JSON.stringify([settings.timezone, rules, timed, meeting, marks]), 16);
}

/** Of what operators have paused and resumed. */
export function switchesMark(switches: ReadonlyMap<string, JourneySwitch>): string {
  const positions = [...switches].toSorted(([a], [b]) => Number(a > b) - Number(a < b));
  return hashHex(JSON.stringify(positions), 16);
}
