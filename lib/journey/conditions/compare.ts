// The form that asks about a field: `"profile.country": "DE"`, `["DE", "AT"]`, `{ "gte": 18, "lt": 65 }`, `{ "same as": … }`.
import * as z from 'zod';
import type { Compare, Comparison, Condition, Field, JsonPath } from './condition.ts';
import { FIELD_PATTERN, fieldNameSchema, parseField, readSameAs, unknownField } from './field.ts';
import { isOperator, isScalar, membership, OPERATOR_NAMES, OPERATORS, scalarSchema } from './operators.ts';
import { isObject, type ConditionProblem } from './problem.ts';

const comparisonSchema = z
  .strictObject({
    ...Object.fromEntries(Object.entries(OPERATORS).map(([name, { schema }]) => [name, schema.optional()])),
    'same as': fieldNameSchema.optional(),
  })
  .describe('Operators; several mean that all of them hold.');

/** What may stand behind a field, for editors; `readComparisons` is the judge. */
const fieldValueSchema = z
  .union([scalarSchema, z.array(scalarSchema).min(1), comparisonSchema])
  .describe('Equal to this value, one of this list, or what the operators say.');

/** For editors: any number of fields, all of which must hold. */
export const compareSchema = z.record(z.string().regex(FIELD_PATTERN), fieldValueSchema);

/** Reads what is said about one field; what is wrong goes to `problems`. */
export function readCompare(
  name: string,
  value: unknown,
  path: JsonPath,
  problems: ConditionProblem[],
): Condition[] {
  const field = parseField(name);
  if (field === undefined) {
    problems.push(unknownField(name, path));
    return [];
  }
  if (isScalar(value)) return [compare(field, { operator: 'eq', value }, path)];
  if (Array.isArray(value)) return readOperand(field, 'in', value, path, problems);
  if (!isObject(value)) {
    const expected = 'a value, a list of values or operators (for a missing value: { "exists": false })';
    problems.push({ path, code: 'wrong type', expected, found: value });
    return [];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) problems.push({ path, code: 'empty' });
  return entries.flatMap(([key, operand]) => readOperator(field, key, operand, [...path, key], problems));
}

function readOperator(
  field: Field,
  key: string,
  operand: unknown,
  path: JsonPath,
  problems: ConditionProblem[],
): Compare[] {
  if (key === 'same as') {
    const sameAs = readSameAs(operand, path, problems);
    return sameAs === undefined ? [] : [compare(field, { operator: 'eq', value: sameAs }, path)];
  }
  if (isOperator(key)) return readOperand(field, key, operand, path, problems);
  problems.push({ path, code: 'unknown operator', name: key, known: OPERATOR_NAMES });
  return [];
}

function readOperand(
  field: Field,
  operator: keyof typeof OPERATORS,
  operand: unknown,
  path: JsonPath,
  problems: ConditionProblem[],
): Compare[] {
  let value = operand;
  if (isObject(operand) && Object.hasOwn(operand, 'same as') && Object.keys(operand).length === 1) {
    value = readSameAs(operand['same as'], [...path, 'same as'], problems);
    if (value === undefined) return [];
  }
  const read =
    operator === 'in' || operator === 'notIn' ? membership(operator, value) : OPERATORS[operator].read(value);
  if ('operator' in read) return [compare(field, read, path)];
  if ('reason' in read) problems.push({ path, code: 'bad value', reason: read.reason, found: operand });
  else problems.push({ path, code: 'wrong type', expected: read.expected, found: operand });
  return [];
}

function compare(field: Field, comparison: Comparison, path: JsonPath): Compare {
  return { kind: 'compare', field, ...comparison, path };
}
