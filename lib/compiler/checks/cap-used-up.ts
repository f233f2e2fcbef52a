/**
 * Sends that a cap makes pointless: on every way to them the messages before have used it up. Silent where it cannot be decided:
 * in journeys with very many ways, and where the messages before may be far enough apart.
 */
import type { Cap, SendSettings } from '#lib/contracts/step-calls.ts';
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { finding } from '../diagnostics.ts';
import { shortestLength } from '../lengths.ts';
import { longestStay } from '../longest-stay.ts';
import { capInWords } from '../most-messages.ts';
import { eachPath, type JourneyPath } from '../transitions/paths.ts';
import { isEndless } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

const MOST_PATHS = 500;

export const capUsedUp: Check = function* capUsedUp({ flow, settings, steps }) {
  if (flow === undefined || settings === undefined || isEndless(flow)) return;
  for (const { step, path, node: id } of steps) {
    const node = flow.nodes[id];
    if (step.type !== 'send' || node?.kind !== 'send' || node.settings.class !== 'marketing') continue;
    const usedUp = capUsedUpBefore(flow, id, node);
    if (usedUp !== undefined)
      yield finding('cap-used-up', [...path, 'message'], { step: id, cap: capInWords(usedUp) });
  }
};

/** The first cap that is used up on every way to the send. The first way on which none is ends the search: mostly the first of all. */
function capUsedUpBefore(flow: Flow, id: string, node: NodeOf<'send'>): Cap | undefined {
  let caps = node.settings.caps.filter((cap) => cap.most > 0);
  let walked = 0;
  let isReached = false;
  for (const one of eachPath(flow)) {
    walked += 1;
    if (caps.length === 0 || walked > MOST_PATHS) return undefined;
    if (!one.nodes.some((visited) => visited.node === id)) continue;
    isReached = true;
    caps = caps.filter((cap) => sentBefore(flow, one, id, node, cap) >= cap.most);
  }
  return isReached ? caps[0] : undefined;
}

/** Messages that the cap counts, on the way to the send and surely within the cap's window before it. */
function sentBefore(
  flow: Flow,
  { nodes }: JourneyPath,
  id: string,
  { settings }: NodeOf<'send'>,
  cap: Cap,
): number {
  const window = cap.per === undefined ? Number.POSITIVE_INFINITY : shortestLength(cap.per);
  let elapsed = 0;
  let count = 0;
  const before = nodes.slice(
    0,
    nodes.findIndex((visited) => visited.node === id),
  );
  // The send itself may be put off, too.
  elapsed += longestStay(flow, id);
  for (const { node } of before.toReversed()) {
    const visited = flow.nodes[node];
    if (elapsed >= window) return count;
    if (visited?.kind === 'send' && isCounted(visited.settings, settings, cap)) count += 1;
    elapsed += longestStay(flow, node);
  }
  return count;
}

function isCounted(other: SendSettings, one: SendSettings, { of }: Cap): boolean {
  if (other.class !== 'marketing') return false;
  if (of === 'topic') return other.topic === one.topic;
  // With a choice of channels nobody knows which one is counted.
  return of !== 'channel' || (sameChannel(other, one) && one.channels.length === 1);
}

function sameChannel(a: SendSettings, b: SendSettings): boolean {
  return a.channels.length === b.channels.length && a.channels[0] === b.channels[0];
}
