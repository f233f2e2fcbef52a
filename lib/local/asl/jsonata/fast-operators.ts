// The operators of the fast path, for the operands whose result is provably jsonata's; `decline` for all others.
import type { Json } from '../json.ts';

/** The answer of the fast path where jsonata has to decide. */
export const decline: unique symbol = Symbol('decline');

type Operand = Json | undefined;
type Combine = (a: Operand, b: Operand) => Json | typeof decline;

const equality =
  (wanted: boolean): Combine =>
  (a, b) => {
    if (a === undefined || b === undefined) return false;
    if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) return decline;
    return (a === b) === wanted;
  };

const comparison =
  (compare: (a: number | string, b: number | string) => boolean): Combine =>
  (a, b) => {
    const comparable =
      (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
    return comparable ? compare(a, b) : decline;
  };

const arithmetic =
  (compute: (a: number, b: number) => number): Combine =>
  (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return decline;
    const result = compute(a, b);
    return Number.isFinite(result) ? result : decline;
  };

const logic =
  (compute: (a: boolean, b: boolean) => boolean): Combine =>
  (a, b) =>
    typeof a === 'boolean' && typeof b === 'boolean' ? compute(a, b) : decline;

/** By their signs. An answer is jsonata's own, or `decline`. */
export const operators: ReadonlyMap<string, Combine> = new Map([
  ['=', equality(true)],
  ['!=', equality(false)],
  ['<', comparison((a, b) => a < b)],
  ['<=', comparison((a, b) => a <= b)],
  ['>', comparison((a, b) => a > b)],
  ['>=', comparison((a, b) => a >= b)],
  ['+', arithmetic((a, b) => a + b)],
  ['-', arithmetic((a, b) => a - b)],
  ['*', arithmetic((a, b) => a * b)],
  ['/', arithmetic((a, b) => a / b)],
  ['and', logic((a, b) => a && b)],
  ['or', logic((a, b) => a || b)],
]);

/**
 * jsonata's notion of truth, which decides a condition: nothing, null, zero, an empty text and an empty object are false.
 * Declines for arrays.
 */
export function truth(value: Operand): boolean | typeof decline {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return decline;
  return typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value);
}
