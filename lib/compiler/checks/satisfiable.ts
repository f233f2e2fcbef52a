/**
 * Whether some customer can fulfil conditions and fail others, decided where it can be: equality, `in`, ranges, `exists`, yes/no
 * values, and whole leaves of any other kind taken as facts that are either true or not. Facts that hang together in truth (opened
 * and sent, a segment and its condition) are taken as independent, so that "nobody" is always right and "somebody" may be wrong.
 */
import { isSameAs, type Compare, type Condition, type Scalar } from '#lib/journey/conditions/condition.ts';
import { fieldName } from '#lib/journey/conditions/field.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import { canonicalJson } from '../version.ts';

type Leaf = ReturnType<typeof leavesOf> extends Generator<infer One> ? One : never;

/** A value that a field can have: a plain one, none at all, or something that equals nothing written. Facts are yes or no. */
type Point = Scalar | typeof MISSING | typeof OTHER;
const MISSING: unique symbol = Symbol('missing');
const OTHER: unique symbol = Symbol('other');

/** Undecided parts are looked at this often at most; beyond it somebody is assumed. */
const MOST_LOOKS = 20_000;

/** True where nobody can fulfil all of `met` and none of `unmet`. False where somebody can, or where it is not known. */
export function isImpossible(met: readonly Condition[], unmet: readonly Condition[]): boolean {
  const variables = variablesOf([...met, ...unmet]);
  const known = new Map<string, Point>();
  let looks = 0;
  const canBe = (index: number): boolean => {
    looks += 1;
    if (looks > MOST_LOOKS) return true;
    const answers = [
      ...met.map((one) => answer(one, known)),
      ...unmet.map((one) => opposite(answer(one, known))),
    ];
    if (answers.includes(false)) return false;
    if (!answers.includes(undefined)) return true;
    const variable = variables[index];
    if (variable === undefined) return true;
    const [name, points] = variable;
    for (const point of points) {
      known.set(name, point);
      if (canBe(index + 1)) return true;
    }
    known.delete(name);
    return false;
  };
  return !canBe(0);
}

/** Fields that can be decided with the points that matter, and every other leaf as a fact. */
function variablesOf(conditions: readonly Condition[]): readonly (readonly [string, readonly Point[]])[] {
  const constants = new Map<string, Set<Scalar>>();
  const facts = new Set<string>();
  for (const condition of conditions)
    for (const leaf of leavesOf(condition)) {
      const asked = isDecided(leaf) ? constantsOf(leaf) : undefined;
      if (asked === undefined || leaf.kind !== 'compare') facts.add(factOf(leaf));
      else {
        const name = fieldName(leaf.field);
        constants.set(name, new Set([...(constants.get(name) ?? []), ...asked]));
      }
    }
  return [
    ...[...constants].map(([name, asked]) => [name, pointsOf([...asked])] as const),
    ...[...facts].map((name) => [name, [true, false]] as const),
  ];
}

/** Every value written, numbers between, below and above them, yes and no, nothing, and anything else. */
function pointsOf(constants: readonly Scalar[]): readonly Point[] {
  const numbers = constants.filter((one) => typeof one === 'number').toSorted((a, b) => a - b);
  const between = numbers.map((number, index) => (number + (numbers[index + 1] ?? number + 2)) / 2);
  const first = numbers[0];
  const below = first === undefined ? [] : [first - 1];
  const points: Point[] = [...constants, ...below, ...between, true, false, MISSING, OTHER];
  return [...new Set(points)];
}

function isDecided(leaf: Leaf): leaf is Compare {
  return leaf.kind === 'compare' && !isSameAs(leaf.value) && DECIDED.has(leaf.operator);
}

const DECIDED: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'notIn', 'gt', 'gte', 'lt', 'lte', 'exists']);

function constantsOf({ operator, value }: Compare): readonly Scalar[] {
  if (operator === 'exists') return [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(
    (one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean',
  );
}

/** The leaf without its place: written twice, it is one fact. */
function factOf(leaf: Leaf): string {
  const { path: _place, ...asked } = leaf;
  return canonicalJson(asked);
}

/** Undefined where it hangs on what is not known yet. */
function answer(condition: Condition, known: ReadonlyMap<string, Point>): boolean | undefined {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const ends = condition.kind === 'any';
      let open = false;
      for (const one of condition.of) {
        const part = answer(one, known);
        if (part === ends) return ends;
        open ||= part === undefined;
      }
      return open ? undefined : !ends;
    }
    case 'not':
      return opposite(answer(condition.of, known));
    default: {
      if (!isDecided(condition)) {
        const fact = known.get(factOf(condition));
        return typeof fact === 'boolean' ? fact : undefined;
      }
      const point = known.get(fieldName(condition.field));
      return point === undefined ? undefined : holds(condition, point);
    }
  }
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** As the engine compares: a missing value fulfils nothing but `"exists": false`. */
function holds(compare: Compare, point: Point): boolean {
  const { operator, value } = compare;
  if (operator === 'exists') return (point !== MISSING) === value;
  if (point === MISSING) return false;
  switch (operator) {
    case 'eq':
      return point === value;
    case 'ne':
      return point !== value;
    case 'in':
      return Array.isArray(value) && value.includes(point);
    case 'notIn':
      return Array.isArray(value) && !value.includes(point);
    default:
      return typeof point === 'number' && typeof value === 'number' && inRange(operator, point, value);
  }
}

function inRange(operator: string, point: number, bound: number): boolean {
  if (operator === 'gt') return point > bound;
  if (operator === 'gte') return point >= bound;
  return operator === 'lt' ? point < bound : point <= bound;
}
