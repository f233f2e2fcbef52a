/**
 * The JSONata that the compiler writes, for version 2.0.6, which AWS documents. An expression that gives nothing fails on AWS
 * (States.QueryEvaluationError), so whatever may be missing is asked for with `$exists` first.
 */
import type { PlanKnown } from '../plan/machine-plan.ts';
import type { Json, JsonObject } from './asl.ts';

/** Marks a text as an expression. */
export function expression(code: string): string {
  return `{% ${code} %}`;
}

/**
 * A value of the journey as JSON; a text that looks like an expression is kept from being evaluated. Absent fields stay away.
 * @throws Error for what JSON does not know, which no parsed journey holds.
 */
export function literal(value: unknown): Json {
  if (typeof value === 'string') return value.startsWith('{%') ? expression(JSON.stringify(value)) : value;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object') throw new Error(`A journey cannot hold a ${typeof value}`);
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(present.map(([key, inner]) => [key, literal(inner)]));
}

/** `.` and a key, quoted where JSONata would read it as something else. */
export function property(object: string, key: string): string {
  if (key.includes('`')) return `$lookup(${object}, ${JSON.stringify(key)})`;
  return `${object}.\`${key}\``;
}

export const EXECUTION_INPUT = '$states.context.Execution.Input';
const FIRST_PLAN = `${EXECUTION_INPUT}.first`;

/** The plan in force: before any Task has answered, it is the one that the entry decision put into the input. */
export function planInForce(known: PlanKnown): string {
  if (known === 'always') return '$plan';
  return known === 'never' ? FIRST_PLAN : `($exists($plan) ? $plan : ${FIRST_PLAN})`;
}

/** When the wait directly before was to end, or null where there was none. */
export function reachedAt(known: PlanKnown): string {
  // Only a run that begins with this very step may have no plan at all.
  const first = `$exists(${FIRST_PLAN}) ? ${FIRST_PLAN}.until : null`;
  if (known === 'never') return first;
  return known === 'always' ? '$plan.until' : `$exists($plan) ? $plan.until : ${first}`;
}

/** The plan of a wait that begins where the one before was to end; takes the place of a Task. */
export function computedPlan(known: PlanKnown, milliseconds: number): JsonObject {
  const before = `${planInForce(known)}.until`;
  return {
    route: {},
    from: expression(before),
    until: expression(`$fromMillis($toMillis(${before}) + ${milliseconds})`),
  };
}

export const FIRST_LOOP_TEXT = '{"visit":1,"round":0,"jumps":{}}';
/** Where the run is in its loops, in a journey that has any. */
export const LOOP_SO_FAR = `$exists($loop) ? $loop : ${FIRST_LOOP_TEXT}`;
/** The number of the present visit, in a journey with loops. */
export const VISIT_SO_FAR = '$exists($loop) ? $loop.visit : 1';
