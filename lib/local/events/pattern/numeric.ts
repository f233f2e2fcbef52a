// `numeric`: one comparison, or a range of two.
import type { Json } from '../../asl/json.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './value-test.ts';

type Comparison = (value: number, bound: number) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching */
const MOST = 5e9;

export function parseNumeric(operand: Json, place: string): ValueTest {
  if (!Array.isArray(operand)) throw new InvalidPattern(place, 'Value of numeric must be an array.');
  const [operator, bound, second, top, ...rest] = operand as readonly Json[];
  const lower = comparison(operator, bound, place);
  if (second === undefined) return inReach(lower);
  if (operator !== '>' && operator !== '>=')
    throw new InvalidPattern(place, 'Too many elements in numeric expression');
  if (second !== '<' && second !== '<=')
    throw new InvalidPattern(place, `Bad numeric range operator: ${JSON.stringify(second)}`);
  const upper = comparison(second, top, place);
  if (rest.length > 0) throw new InvalidPattern(place, 'Too many terms in numeric range expression');
  if (Number(bound) >= Number(top)) throw new InvalidPattern(place, 'Bottom must be less than top');
  return inReach((value) => lower(value) && upper(value));
}

function comparison(
  operator: Json | undefined,
  bound: Json | undefined,
  place: string,
): (value: number) => boolean {
  const compare =
    typeof operator === 'string' && Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (compare === undefined)
    throw new InvalidPattern(
      place,
      typeof operator === 'string'
        ? `Unrecognized numeric range operator: ${operator}`
        : `Invalid member in numeric match: ${JSON.stringify(operator) ?? 'nothing'}`,
    );
  if (typeof bound !== 'number')
    throw new InvalidPattern(place, `Value of ${JSON.stringify(operator)} must be numeric`);
  if (Math.abs(bound) > MOST)
    throw new InvalidPattern(place, `Value must be between ${-MOST} and ${MOST}, inclusive`);
  return (value) => compare(value, bound);
}

/** Numbers beyond what AWS can compare pass no comparison. */
function inReach(holds: (value: number) => boolean): ValueTest {
  return (value) => typeof value === 'number' && Math.abs(value) <= MOST && holds(value);
}
