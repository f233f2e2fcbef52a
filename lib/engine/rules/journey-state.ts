/** Whether a journey lets anybody in and lets those inside go on: its file's status, which a switch may overrule. */
import type { Instant } from '#lib/contracts/time.ts';
import { LIVE, type JourneyRules } from '#lib/journey/journey-rules.ts';
import type { Deciding } from '../deciding.ts';
import type { Version, Workspace } from '../workspace.ts';

/**
 * The reason why nobody enters the journey now by what happened at `at`; undefined where it is open. What happened before the
 * start lets nobody in, however late it arrives; after the end nothing does, whenever it happened.
 */
export function closedBecause(
  { workspace, now }: Deciding,
  journey: string,
  at: Instant,
): string | undefined {
  const { status } = workspace.journeys.get(journey) ?? LIVE;
  if (status !== 'live') return status;
  const term = workspace.terms.get(journey);
  if (term?.starts !== undefined && at < term.starts) return 'not started';
  return term?.ends !== undefined && now >= term.ends ? 'ended' : undefined;
}

/** What a pause does to those inside now; undefined where the journey is not paused. */
export function pauseOf({ journeys }: Workspace, journey: string): JourneyRules['whilePaused'] | undefined {
  const { status, whilePaused } = journeys.get(journey) ?? LIVE;
  return status === 'paused' ? whilePaused : undefined;
}

/** Whether a step may not be taken now: everything of a journey that is held, of some the marketing messages alone. */
export function isStepHeld(workspace: Workspace, { manifest }: Version, step: string): boolean {
  const { journey } = manifest;
  if (pauseOf(workspace, journey) === 'hold') return true;
  const node = manifest.flow.nodes[step];
  return (
    node?.kind === 'send' &&
    node.settings.class === 'marketing' &&
    workspace.marketingHeld?.has(journey) === true
  );
}
