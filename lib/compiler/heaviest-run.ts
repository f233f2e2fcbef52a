/**
 * How much a run can come to at most, in whatever its states weigh: time, or events of the history. Loops count with their
 * bounds. Where very many jumps of several gotos can be combined, the answer is too much rather than too little.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { nodeAt } from './plan/flow-reading.ts';
import type { MachinePlan, PlannedState } from './plan/machine-plan.ts';
import { waysOut } from './plan/ways-out.ts';

/** Beyond this many combinations of state and jumps taken, loops are added up instead. */
const MOST_POSITIONS = 20_000;

/** Jumps taken so far, of the gotos that still lie ahead. */
type Jumps = ReadonlyMap<string, number>;

interface Position {
  readonly key: string;
  readonly state: PlannedState;
  readonly jumps: Jumps;
}

/** The heaviest run through the machine: the sum of the weights of its states, each as often as it can be entered. */
export function heaviestRun(flow: Flow, plan: MachinePlan, weigh: (state: PlannedState) => number): number {
  const states = new Map(plan.states.map((state) => [state.name, state]));
  const start = plan.start.to === null ? undefined : states.get(plan.start.to);
  if (start === undefined) return 0;
  const ahead = gotosAhead(plan);
  const found = new Map<string, number>();
  const open: Position[] = [positionAt(start, new Map(), ahead)];
  for (let position = open.at(-1); position !== undefined; position = open.at(-1)) {
    const after = nextPositions(flow, position, states, ahead);
    const unknown = after.filter(({ key }) => !found.has(key));
    if (unknown.length > 0 && !found.has(position.key)) {
      if (found.size + open.length > MOST_POSITIONS) return roughly(flow, plan, weigh);
      open.push(...unknown);
      continue;
    }
    const heaviest = Math.max(0, ...after.map(({ key }) => found.get(key) ?? 0));
    found.set(position.key, weigh(position.state) + heaviest);
    open.pop();
  }
  return found.get(positionAt(start, new Map(), ahead).key) ?? 0;
}

function nextPositions(
  flow: Flow,
  { state, jumps }: Position,
  states: ReadonlyMap<string, PlannedState>,
  ahead: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Position[] {
  return waysOut(state).flatMap((way, index) => {
    const next = way.to === null ? undefined : states.get(way.to);
    if (next === undefined) return [];
    if (state.kind !== 'goto' || index > 0) return [positionAt(next, jumps, ahead)];
    const taken = (jumps.get(state.node) ?? 0) + 1;
    return taken > mostJumps(flow, state.node)
      ? []
      : [positionAt(next, new Map([...jumps, [state.node, taken]]), ahead)];
  });
}

function positionAt(
  state: PlannedState,
  jumps: Jumps,
  ahead: ReadonlyMap<string, ReadonlySet<string>>,
): Position {
  const counted = [...jumps].filter(([goto]) => ahead.get(state.name)?.has(goto) === true);
  const key = [state.name, ...counted.map(([goto, taken]) => `${goto}=${taken}`).toSorted()].join('\n');
  return { key, state, jumps: new Map(counted) };
}

/** For each state, the bounded gotos that a run may still come to. */
function gotosAhead(plan: MachinePlan): ReadonlyMap<string, ReadonlySet<string>> {
  const ahead = new Map(plan.states.map((state) => [state.name, new Set<string>()]));
  if (!plan.loops) return ahead;
  for (let changed = true; changed;) {
    changed = false;
    for (const state of plan.states) {
      const here = ahead.get(state.name) ?? new Set();
      const before = here.size;
      if (state.kind === 'goto') here.add(state.node);
      for (const { to } of waysOut(state)) for (const goto of ahead.get(to ?? '') ?? []) here.add(goto);
      if (here.size > before) changed = true;
    }
  }
  return ahead;
}

/** Every state as often as all jumps together could bring the run back to it. */
function roughly(flow: Flow, plan: MachinePlan, weigh: (state: PlannedState) => number): number {
  const gotos = new Set(plan.states.flatMap((state) => (state.kind === 'goto' ? [state.node] : [])));
  let visits = 1;
  for (const goto of gotos) visits += mostJumps(flow, goto);
  return plan.states.reduce((sum, state) => sum + weigh(state) * visits, 0);
}

function mostJumps(flow: Flow, goto: string): number {
  const node = nodeAt(flow, goto);
  return node.kind === 'goto' ? (node.atMost ?? 0) : 0;
}
