/** Waits whose end needs no time zone: a state machine can compute it by itself. */
import { isExact, parseDuration } from '#lib/contracts/duration.ts';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';

/**
 * How long the wait lasts in milliseconds, rounded up to whole seconds (Step Functions knows no finer wait).
 * @returns undefined where days, months, a time of day, a date, weekdays or a spread are involved: the document decides those.
 */
export function exactMilliseconds(node: NodeOf<'wait'> | NodeOf<'waitFor'>): number | undefined {
  const length = node.kind === 'wait' ? node.for : node.within;
  if (length === undefined || node.until !== undefined || node.date !== undefined) return undefined;
  if (node.kind === 'wait' && (node.on !== undefined || node.spread !== undefined)) return undefined;
  const duration = parseDuration(length);
  if ('problem' in duration || !isExact(duration)) return undefined;
  return Math.ceil(duration.milliseconds / 1000) * 1000;
}

/** True for the kinds of node that a run rests in. */
export function isWait(node: FlowNode): node is NodeOf<'wait'> | NodeOf<'waitFor'> {
  return node.kind === 'wait' || node.kind === 'waitFor';
}
