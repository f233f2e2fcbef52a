// What happens to a run, drawn from a seed: the same question always gets the same answer, so that the walk over the graph
// and the compiled machine can be asked separately and compared.
import { hashFraction } from '#lib/contracts/hash.ts';

/** How a wait for events ends. `late`: the event had won, but the time-out had left already. */
type WaitOutcome =
  | { readonly kind: 'event'; readonly arm: number; readonly after: number }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'late'; readonly arm: number };

export interface Chance {
  /** One of `ways` ways at a branch or split. */
  way(node: string, visit: number, ways: number): number;
  /** `after`: the part of the window that passes before the event. */
  wait(node: string, visit: number, arms: number): WaitOutcome;
  deferrals(node: string, visit: number): number;
  /** Failed attempts before the call succeeds; `Infinity`: it never does. */
  faults(node: string, visit: number): number;
  /** The run is over (an exit, a goal) when this call comes. */
  isOver(node: string, visit: number): boolean;
  /** The leg ends with this call, and the run goes on behind it in the next one. */
  endsLeg(node: string, visit: number): boolean;
}

/** Deferrals, faults, races and exits come between what the journey itself decides. */
export function chance(seed: string, legs = false): Chance {
  const draw = (what: string, node: string, visit: number): number =>
    hashFraction(seed, what, node, String(visit));
  return {
    way: (node, visit, ways) => Math.floor(draw('way', node, visit) * ways),
    wait: (node, visit, arms) => {
      const kind = draw('outcome', node, visit);
      const arm = Math.floor(draw('arm', node, visit) * arms);
      if (kind < 0.45) return { kind: 'time-out' };
      if (kind < 0.65) return { kind: 'late', arm };
      return { kind: 'event', arm, after: draw('after', node, visit) };
    },
    deferrals: (node, visit) =>
      draw('defer', node, visit) < 0.7 ? 0 : draw('times', node, visit) < 0.7 ? 1 : 2,
    faults: (node, visit) => {
      const drawn = draw('fault', node, visit);
      return drawn < 0.01 ? Number.POSITIVE_INFINITY : drawn < 0.1 ? 2 : 0;
    },
    endsLeg: (node, visit) => legs && draw('leg', node, visit) < 0.4,
    isOver: (node, visit) => draw('over', node, visit) < 0.02,
  };
}
