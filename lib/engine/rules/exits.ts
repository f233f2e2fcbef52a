/** Exits, in the order in which they are written; the first that holds ends the run with its reason. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { isTrue, type Scope } from '../conditions/evaluate.ts';
import { because } from '../conditions/explain.ts';
import type { Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Exit, Version } from '../workspace.ts';
import { endRun } from './run-end.ts';
import type { Move } from './segments.ts';

/** What a run may leave by: an input of the customer and what that changed of segments, or segments alone, by time. */
export interface Occasion {
  /** Id of the input; undefined where time alone has passed. */
  readonly input?: string | undefined;
  readonly event?: CustomerEvent | undefined;
  readonly moves: readonly Move[];
}

/** For one active run; true where the run is over by it. An identify can only fulfil `when` and change segments. */
export function decideExits(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  occasion: Occasion,
): boolean {
  const { input, event } = occasion;
  const inside: Scope = { entry: run.event, run: { id, run } };
  for (const exit of version.exits) {
    if (!mayHold(exit, occasion, run)) continue;
    const condition = exit.kind === 'when' ? exit.when : exit.kind === 'event' ? exit.where : undefined;
    const scope = exit.kind === 'event' ? { ...inside, event } : inside;
    if (condition !== undefined && !isTrue(condition, deciding, scope)) continue;
    endRun(deciding, id, run, {
      as: 'exited',
      reason: exit.reason,
      ...(input === undefined ? {} : { event: input }),
      ...because(condition, deciding, scope),
      execution: 'stop',
    });
    return true;
  }
  return false;
}

/** An exit's condition may have become true since the last event, by time alone: no step is taken before it has been asked. */
export function exitsByCondition(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  execution: 'by itself' | 'stop' = 'by itself',
): boolean {
  const scope: Scope = { entry: run.event, run: { id, run } };
  for (const exit of version.exits) {
    if (exit.kind !== 'when' || !isTrue(exit.when, deciding, scope)) continue;
    const why = because(exit.when, deciding, scope);
    endRun(deciding, id, run, { as: 'exited', reason: exit.reason, ...why, execution });
    return true;
  }
  return false;
}

/** Whether this is an occasion for the exit at all; a condition may still say no. */
function mayHold(exit: Exit, { input, event, moves }: Occasion, run: Run): boolean {
  switch (exit.kind) {
    case 'event':
      return event?.event === exit.event && event.at >= run.entered;
    case 'when':
      return input !== undefined;
    case 'enters':
    case 'leaves':
      return moves.some(({ segment, kind }) => segment === exit.segment && kind === exit.kind);
  }
}
