/** The workspace as it stands now: what somebody has paused or resumed at run time overrules the status in the files. */
import { sendsTransactional } from '#lib/journey/flow.ts';
import { LIVE, type JourneyRules } from '#lib/journey/journey-rules.ts';
import type { JourneySwitch } from '../ports.ts';
import type { Workspace } from '../workspace.ts';

/** Made once for each workspace and set of switches: every decision asks. */
const made = new WeakMap<
  Workspace,
  { readonly switches: ReadonlyMap<string, JourneySwitch>; readonly now: Workspace }
>();

/**
 * A retired journey stays retired: nobody comes back into what is being taken away. Of one that has tripped the marketing is held; where
 * it has nothing else to say, nobody enters it either. A journey that also sends order confirmations lets in and goes on (ADR 73).
 */
export function switchedWorkspace(
  workspace: Workspace,
  switches: ReadonlyMap<string, JourneySwitch>,
): Workspace {
  if (switches.size === 0) return workspace;
  const known = made.get(workspace);
  if (known?.switches === switches) return known.now;
  const journeys = new Map<string, JourneyRules>(workspace.journeys);
  const marketingHeld = new Set<string>();
  for (const [journey, status] of switches) {
    const rules = journeys.get(journey) ?? LIVE;
    if (rules.status === 'retired') continue;
    if (status === 'tripped' && confirmsAnything(workspace, journey)) marketingHeld.add(journey);
    else if (status === 'tripped') journeys.set(journey, { ...rules, status: 'paused', whilePaused: 'hold' });
    else journeys.set(journey, { ...rules, status });
  }
  const now = { ...workspace, journeys, marketingHeld };
  made.set(workspace, { switches, now });
  return now;
}

/** In any version: somebody may be inside the older ones. */
function confirmsAnything({ versions }: Workspace, journey: string): boolean {
  return [...versions.values()].some(
    ({ manifest }) => manifest.journey === journey && sendsTransactional(manifest.flow),
  );
}
