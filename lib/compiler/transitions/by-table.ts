/**
 * What a path may cost: the table of the architecture's section 5, read off the graph alone. It knows nothing of states, so
 * that it can be held against what the compiler really writes.
 */
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { armsOf, isCallbackWait } from '#lib/journey/waits.ts';
import { exactMilliseconds } from '../plan/exact-waits.ts';
import { followGotos, nodeAt } from '../plan/flow-reading.ts';
import { untoldLoops } from '../plan/untold-loops.ts';
import type { PathNode } from './paths.ts';

/** What stands directly before a node on the path, as far as the table asks. */
type Before = 'entry' | 'task' | 'choice' | 'split' | 'wait' | 'time-out';

/** Transitions of a run that takes this path, with no deferral and no retry. */
export function transitionsByTable(flow: Flow, path: readonly PathNode[]): number {
  const untold = untoldLoops(flow);
  let transitions = 0;
  // The entry decides like a Task, but a run that is over at once still needs a state to end in.
  let before: Before = 'entry';
  let ended = false;
  for (const { node: id, edge } of path) {
    const node = nodeAt(flow, id);
    const undecided: boolean = before === 'wait' || before === 'time-out';
    switch (node.kind) {
      case 'send':
      case 'action':
        transitions += 1;
        before = 'task';
        break;
      case 'wait':
        if (isCallbackWait(node)) {
          transitions += undecided ? 2 : 1;
          // Told that its date is past, the run has what it needs, as behind a Choice.
          before = edge === 0 ? 'time-out' : 'choice';
          break;
        }
        transitions += before === 'time-out' || (undecided && exactMilliseconds(node) === undefined) ? 2 : 1;
        before = 'wait';
        break;
      case 'waitFor': {
        transitions += undecided && exactMilliseconds(node) === undefined ? 2 : 1;
        const event = edge < armsOf(node).length;
        if (event && isForked(flow, node)) transitions += 1;
        before = !event ? 'time-out' : isForked(flow, node) ? 'choice' : 'task';
        break;
      }
      case 'branch':
        transitions += undecided ? 2 : 1;
        before = 'choice';
        break;
      case 'split':
        transitions += before === 'split' ? 0 : undecided ? 2 : 1;
        before = 'split';
        break;
      case 'goto': {
        if (node.atMost === undefined) break;
        // A loop of exact waits alone has no Task to tell the document of it: one is inserted at its goto.
        const inserted: boolean = before === 'wait' && untold.has(id);
        transitions += inserted ? 2 : 1;
        before = undecided && !inserted ? before : 'choice';
        break;
      }
      case 'exit':
        ended = true;
        transitions += before === 'task' ? 0 : 1;
        break;
    }
  }
  return ended || before === 'task' ? transitions : transitions + 1;
}

/** Several events cost a Choice only where they lead to different places. */
function isForked(flow: Flow, node: NodeOf<'waitFor'>): boolean {
  const places = armsOf(node).map((arm) => {
    const target = followGotos(flow, arm.next);
    return target !== null && nodeAt(flow, target).kind === 'exit' ? null : target;
  });
  return places.some((place) => place !== places[0]);
}
