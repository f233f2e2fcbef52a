/** Exits, in the order in which they are written; the first that holds ends the run with its reason. */
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { isTrue, type Scope } from '../conditions/evaluate.ts';
import { because } from '../conditions/explain.ts';
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
  const inside: Scope = { entry: run.event, run: { id, run } };
  for (const exit of version.exits) {
    if (exit.event !== undefined && (event?.event !== exit.event || event.at < run.entered)) continue;
    const condition = exit.event === undefined ? exit.when : exit.where;
    const scope = exit.event === undefined ? inside : { ...inside, event };
    if (condition !== undefined && !isTrue(condition, deciding, scope)) continue;
    endRun(deciding, id, run, {
      as: 'exited',
      reason: exit.reason,
      event: input.id,
      ...because(condition, deciding, scope),
      execution: 'stop',
    });
    return true;
  }
  return false;
}

/** An exit's condition may have become true since the last event, by time alone: no step is taken before it has been asked. */
export function exitsByCondition(deciding: Deciding, id: string, run: Run, version: Version): boolean {
  const scope: Scope = { entry: run.event, run: { id, run } };
  for (const exit of version.exits) {
    if (exit.event !== undefined || !isTrue(exit.when, deciding, scope)) continue;
    const why = because(exit.when, deciding, scope);
    endRun(deciding, id, run, { as: 'exited', reason: exit.reason, ...why, execution: 'by itself' });
    return true;
  }
  return false;
}
