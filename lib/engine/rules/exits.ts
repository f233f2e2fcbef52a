/** Exits, in the order in which they are written; the first that holds ends the run with its reason. */
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { isTrue } from '../conditions/evaluate.ts';
import type { Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Version } from '../workspace.ts';
import { endRun } from './run-end.ts';

/** For one active run; true where the run is over by it. An identify can only fulfil `when`. */
export function decideExits(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  input: CustomerEvent | Identify,
): boolean {
  const event = input.kind === 'event' ? input : undefined;
  for (const exit of version.exits) {
    if (exit.event === undefined) {
      if (!isTrue(exit.when, deciding, { entry: run.event, run: { id, run } })) continue;
    } else {
      if (event?.event !== exit.event || event.at < run.entered) continue;
      if (
        exit.where !== undefined &&
        !isTrue(exit.where, deciding, { event, entry: run.event, run: { id, run } })
      )
        continue;
    }
    endRun(deciding, id, run, { as: 'exited', reason: exit.reason, event: input.id, execution: 'stop' });
    return true;
  }
  return false;
}

/** An exit's condition may have become true since the last event, by time alone: no step is taken before it has been asked. */
export function exitsByCondition(deciding: Deciding, id: string, run: Run, version: Version): boolean {
  for (const exit of version.exits) {
    if (exit.event !== undefined || !isTrue(exit.when, deciding, { entry: run.event, run: { id, run } }))
      continue;
    endRun(deciding, id, run, { as: 'exited', reason: exit.reason, execution: 'by itself' });
    return true;
  }
  return false;
}
