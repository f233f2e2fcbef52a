/**
 * What time asks for, seen to every minute: schedules that take place for everybody, changes that everybody has to be looked at for,
 * customers whose look has come. Each is begun before the clock that says so is written, under a name that begins it once: a call that
 * dies half way is repeated without harm, and one that was missed is made up by the next.
 */
import type { DeploymentClock } from '#lib/contracts/deployment-clock.ts';
import { later } from '#lib/contracts/time.ts';
import { deploymentMark, switchesMark } from '../catch-up-marks.ts';
import type { Audience, Clock, DeploymentClocks, JourneySwitches } from '../ports.ts';
import type { Workspace } from '../workspace.ts';
import { handOnLooks, type LookPorts } from './hand-on-looks.ts';
import { scheduledBetween } from './let-in-by-time.ts';
import { settleChanges } from './settle-changes.ts';
import { switchedWorkspace } from './switched-workspace.ts';

export interface MinutePorts extends Omit<LookPorts, 'clock'> {
  readonly clocks: DeploymentClocks;
  readonly audience: Audience;
  readonly switches: JourneySwitches;
  readonly clock: Clock;
}

/** What one minute has brought. */
export interface Minute {
  readonly schedules: number;
  readonly catchUp: boolean;
  readonly looks: number;
}

/**
 * `mark`: of the repository that is deployed, written down for whoever asks. `until`: when to hand on no more customers, of the
 * monotonic clock. What fails does not keep the rest from being done: the clock of the deployment stays where it was for it, the next
 * minute begins with it, and the first failure is thrown.
 */
export async function everyMinute(
  ports: MinutePorts,
  { workspace, mark: repository }: { readonly workspace: Workspace; readonly mark: string },
  until: number,
): Promise<Minute> {
  const now = ports.clock.now();
  const switches = await ports.switches.current();
  const seen = { deployed: deploymentMark(workspace), switches: switchesMark(switches) };
  const stored = await ports.clocks.load();
  // In a new deployment nobody is let in by what was before it, and everybody is decided by this workspace from the beginning.
  const before: DeploymentClock = stored ?? {
    revision: 0,
    tick: now,
    repository,
    ...seen,
    looked: {},
    round: now,
  };
  const scheduled = scheduledBetween(switchedWorkspace(workspace, switches), before.tick, now);
  const { kept, catchUp } = settleChanges(before, seen, now);
  const failures: unknown[] = [];
  const isDone = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  };
  const isScheduled = await isDone(async () => {
    for (const entry of scheduled) await ports.audience.start({ kind: 'schedule', ...entry });
  });
  const isCaughtUp = await isDone(async () => {
    if (catchUp !== undefined)
      await ports.audience.start({ kind: 'catch up', mark: catchUp, deployed: seen.deployed });
  });
  const { round, handedOn, failed } = await handOnLooks(ports, before, now, until);
  const { deployed, switches: switched, changed } = isCaughtUp ? kept : before;
  await ports.clocks.save({
    revision: before.revision + 1,
    // A clock that was put back has no schedule take place again.
    tick: isScheduled ? later(before.tick, now) : before.tick,
    repository,
    deployed,
    switches: switched,
    ...(changed === undefined ? {} : { changed }),
    ...round,
  });
  if (failed !== undefined) failures.push(failed);
  if (failures.length > 0) throw failures[0];
  return { schedules: scheduled.length, catchUp: catchUp !== undefined, looks: handedOn };
}
