/**
 * What the variable `plan` holds where. Two questions over the found states: which answers must be kept because something
 * reads them later, and which states may run before the variable was ever assigned (they read `first` of the run's input).
 */
import type { PlanKnown, Way } from './machine-plan.ts';
import type { FoundState, FoundStates } from './walk.ts';
import { settlementOf, wonArms } from './settlements.ts';

/** A way from one state to another, as far as the variable is concerned. */
interface Flowing {
  readonly to: string | null;
  /** The way brings a new plan: a Task's answer (kept only if it is read), or one that the way computes. */
  readonly brings: 'answer' | 'computed' | 'nothing';
}

/** States that say when the wait before was to end: a wait may lie directly before them. */
export function saysReached(state: FoundState): boolean {
  const { kind } = state.shape;
  return (
    (kind === 'send' || kind === 'action' || kind === 'decide') &&
    state.arrivals.some((arrival) => arrival.kind !== 'planned')
  );
}

/** Names of the states at whose entry the variable matters: they, or what follows before another plan is made, read it. */
export function statesWherePlanMatters(found: FoundStates): ReadonlySet<string> {
  const matters = new Set<string>();
  for (let before = -1; before !== matters.size;) {
    before = matters.size;
    for (const state of found.states.values()) {
      const handsOn = flowsOf(found, state).some(
        (flow) =>
          flow.brings === 'computed' ||
          (flow.brings === 'nothing' && flow.to !== null && matters.has(flow.to)),
      );
      if (readsPlan(state) || handsOn) matters.add(state.name);
    }
  }
  return matters;
}

/** True where the answer of this Task must be assigned, because one of the states it leads to reads it. */
export function keepsPlan(found: FoundStates, matters: ReadonlySet<string>, state: FoundState): boolean {
  return flowsOf(found, state).some(
    (flow) => flow.brings === 'answer' && flow.to !== null && matters.has(flow.to),
  );
}

/** For every state, whether the variable is assigned when it is entered. */
export function whereAssigned(
  found: FoundStates,
  matters: ReadonlySet<string>,
): ReadonlyMap<string, PlanKnown> {
  const known = new Map<string, PlanKnown>();
  const open: { readonly name: string; readonly assigned: PlanKnown }[] = [];
  if (found.start.to !== null) open.push({ name: found.start.to, assigned: 'never' });
  // A later leg begins by assigning the plan that its input holds.
  for (const { to } of found.resumes.values()) if (to !== null) open.push({ name: to, assigned: 'always' });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const before = known.get(next.name);
    const assigned = before === undefined || before === next.assigned ? next.assigned : 'sometimes';
    if (before === assigned) continue;
    known.set(next.name, assigned);
    const state = found.states.get(next.name);
    if (state === undefined) continue;
    for (const flow of flowsOf(found, state)) {
      if (flow.to === null) continue;
      const kept = flow.brings === 'computed' || (flow.brings === 'answer' && matters.has(flow.to));
      open.push({ name: flow.to, assigned: kept ? 'always' : assigned });
    }
  }
  return known;
}

function readsPlan(state: FoundState): boolean {
  switch (state.shape.kind) {
    case 'branch':
    case 'split':
    case 'wait':
    case 'waitFor':
      return true;
    case 'send':
    case 'action':
    case 'decide':
      return saysReached(state);
    case 'goto':
      return false;
  }
}

function flowsOf(found: FoundStates, state: FoundState): readonly Flowing[] {
  const won = wonArms(found, settlementOf(state)).map(({ way }) => answered(way));
  const { shape } = state;
  switch (shape.kind) {
    case 'send':
    case 'action':
    case 'decide':
      return [answered(shape.next), ...won];
    case 'waitFor':
      return [
        ...[...shape.arms, shape.moved, shape.past].flatMap((way) =>
          way === undefined ? [] : [answered(way)],
        ),
        passed(shape.otherwise),
        ...won,
      ];
    case 'wait':
      return [passed(shape.next)];
    case 'branch':
      return shape.ways.map(passed);
    case 'split':
      return shape.rules.map((rule) => passed(rule.way));
    case 'goto':
      return [passed(shape.jump), passed(shape.pass)];
  }
}

function answered(way: Way): Flowing {
  return { to: way.to, brings: 'answer' };
}

function passed(way: Way): Flowing {
  return { to: way.to, brings: way.lasts === undefined ? 'nothing' : 'computed' };
}
