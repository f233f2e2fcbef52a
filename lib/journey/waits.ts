/**
 * Questions about the nodes in which a run rests: which of them call a Task, which follow a trait, which arms they have. The
 * compiler and the engine ask the same ones, so that both come to the same machine.
 */
import type { NodeOf } from './flow.ts';

export type WaitNode = NodeOf<'wait'> | NodeOf<'waitFor'>;

/** The trait whose date ends the wait and is followed while it lasts, such as `renewsOn`; undefined where none is. */
export function followedTrait({ date }: WaitNode): string | undefined {
  return date?.of.startsWith(PROFILE) === true ? date.of.slice(PROFILE.length).split('.', 1)[0] : undefined;
}

const PROFILE = 'profile.';

/**
 * True where the state of a wait is a callback Task: its end may move, or the document has to say that its date is past. All
 * other waits are Wait states.
 */
export function isCallbackWait(node: NodeOf<'wait'>): boolean {
  return node.ifPast !== undefined || followedTrait(node) !== undefined;
}

/** Name and edge of each arm of a wait for events or for a condition, in order; the time-out is none of them. */
export function armsOf({
  events,
  when,
}: NodeOf<'waitFor'>): readonly { name: string; next: string | null }[] {
  const all = events.map(({ event, next }) => ({ name: event, next }));
  return when === undefined ? all : [...all, { name: WHEN_ARM, next: when.next }];
}

/** Names the arm of `when` in reports and in the ids of steps without one. */
export const WHEN_ARM = 'when';

/** The way that a wait with `ifPast` takes to another step, as logs and figures name it. */
export const DATE_IS_PAST = 'the date is past';
