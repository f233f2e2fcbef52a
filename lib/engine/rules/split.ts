/** Stable assignment: drawn once by hash of experiment and customer, kept for that experiment in every journey. */
import { hashFraction } from '#lib/contracts/hash.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import type { CustomerDocument } from '../document.ts';

/** Index of the customer's arm. Only the customers of a removed arm are drawn anew; changed shares hold for new ones. */
export function drawArm(document: CustomerDocument, node: NodeOf<'split'>): number {
  const before = document.splits[node.experiment];
  const kept = node.arms.findIndex((arm) => arm.name === before);
  if (kept !== -1) return kept;
  // The customers of a removed arm all drew alike: the same draw again would put them all into one of the other arms.
  const lot = before === undefined ? [document.customer] : [document.customer, before];
  const drawn = armAt(node, hashFraction('split', node.experiment, ...lot));
  document.splits[node.experiment] = node.arms[drawn]?.name ?? '';
  return drawn;
}

/** The arm whose part of [0, total) a fraction falls into; shares that sum to 99.9 by rounding leave nobody out. */
function armAt(node: NodeOf<'split'>, fraction: number): number {
  const total = node.arms.reduce((sum, arm) => sum + arm.share, 0);
  let upTo = 0;
  for (const [index, arm] of node.arms.entries()) {
    upTo += arm.share / total;
    if (fraction < upTo) return index;
  }
  return node.arms.length - 1;
}
