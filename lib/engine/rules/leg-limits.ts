/**
 * Executions have limits (a year, 25,000 events of history), runs have none: here it is decided whether a run may rest or go on in
 * the present leg's execution, or must leave it in time.
 */
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { HISTORY_BUDGET, LONGEST_LEG_MILLIS } from '../budgets.ts';
import type { Run } from '../document.ts';
import type { Version } from '../workspace.ts';
import { exactMillis } from './wait-ends.ts';

/** Events of one call at most: a Task with its token, the Choice behind it, and the rest of a deferral. */
const EVENTS_OF_CALL = 12;
/** Events of an attempt that is tried again. */
const EVENTS_OF_RETRY = 3;
/** A wait, branch, split or goto on the way to the next call: entered and exited. */
const EVENTS_OF_STATE = 2;

/** The execution has made one more call, in its `attempt`-th try. */
export function countCall(run: Run, attempt: number): void {
  run.events = (run.events ?? 0) + EVENTS_OF_CALL + EVENTS_OF_RETRY * attempt;
}

/** What was planned makes the execution go through so many states without a call. */
export function countStates(run: Run, states: number): void {
  run.events = (run.events ?? 0) + EVENTS_OF_STATE * states;
}

/** The execution's history has become so long that the run should go on in another. */
export function isHistoryLong(run: Run): boolean {
  return (run.events ?? 0) > HISTORY_BUDGET;
}

/** Whether the present leg may rest until then, and in the exact waits that its machine adds by itself behind the node. */
export function fitsLeg(run: Run, version: Version, node: string, until: Instant): boolean {
  const end = addMillis(run.legSince ?? run.entered, LONGEST_LEG_MILLIS);
  return addMillis(until, waitsBehind(version, node)) <= end;
}

/** How long the machine may rest behind a wait before it calls anybody: exact waits follow each other without a Task. */
function waitsBehind(version: Version, from: string): number {
  const { nodes } = version.manifest.flow;
  const longest = (id: string | null, before: ReadonlySet<string>): number => {
    const node = id === null || before.has(id) ? undefined : nodes[id];
    if (id === null || node === undefined) return 0;
    const passed = new Set([...before, id]);
    if (node.kind === 'goto') return Math.max(longest(node.target, passed), longest(node.next, passed));
    if (node.kind !== 'wait') return 0;
    const length = exactMillis(node);
    return length === undefined ? 0 : length + longest(node.next, passed);
  };
  const node = nodes[from];
  return node?.kind === 'wait' ? longest(node.next, new Set([from])) : 0;
}
