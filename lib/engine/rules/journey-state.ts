/** Whether a journey lets anybody in and lets those inside go on: its file's status, which a switch may overrule. */
import { LIVE } from '#lib/journey/journey-rules.ts';
import type { Workspace } from '../workspace.ts';

/** The reason why nobody enters the journey now; undefined where it is open. */
export function closedBecause({ journeys }: Workspace, journey: string): string | undefined {
  const { status } = journeys.get(journey) ?? LIVE;
  return status === 'live' ? undefined : status;
}
