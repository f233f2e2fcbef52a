/**
 * Names of states. A step's state is named by its id, so that the AWS console shows the journey; what the compiler adds has
 * parentheses, which no step id can have. A name depends on nothing but its own node, so a change to one step leaves the
 * names of all others alone.
 */
import { hashHex } from '#lib/contracts/hash.ts';

/** AWS: a state name has at most 80 characters. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LONGEST_STATE_NAME = 80;

export const RUN_ENDED_STATE = 'run ended';
export const RUN_FAILED_STATE = 'run failed';
export const FAILED_STATE = 'failed';
/** Where later legs begin. */
export const RESUME_STATE = '(resume)';

/** `base` and `suffix` joined; a base that is too long (a goto in an arm with a long name) is cut and told apart by a hash. */
function named(base: string, suffix: string): string {
  if (base.length + suffix.length <= LONGEST_STATE_NAME) return base + suffix;
  const mark = `~${hashHex(base, 8)}`;
  return base.slice(0, LONGEST_STATE_NAME - suffix.length - mark.length) + mark + suffix;
}

/** The state of a step, a branch or a goto. */
export function stepState(node: string): string {
  return named(node, '');
}

/** The Task inserted before a node that needs a decision, or, for `null`, at the end of the journey. */
export function decideState(node: string | null): string {
  return node === null ? '(end)' : named(node, ' (now)');
}

/** The wait of a send that the document has put off. */
export function deferredState(node: string): string {
  return named(node, ' (deferred)');
}

/** The Choice after a wait for several events. */
export function armState(node: string): string {
  return named(node, ' (arm)');
}

/** The Choice after a Task that settles several waits, where the event of one of them had won. */
export function wonState(taskState: string): string {
  return named(taskState, ' (won)');
}

/** A bounded goto has one Choice for each kind of arrival, for what follows it differs. */
export function gotoState(node: string, arrival: 'planned' | 'waited' | 'timed out'): string {
  const suffixes = { planned: '', waited: ' (after a wait)', 'timed out': ' (time is up)' };
  return named(node, suffixes[arrival]);
}
