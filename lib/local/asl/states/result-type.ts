// Results of the wrong type, for fields where only a number, a text or a truth value will do.
import { EvaluationFailure } from '../failure.ts';
import type { Json } from '../json.ts';
import type { Expression } from '../jsonata/expression.ts';
import type { Template } from '../template.ts';
import { evaluate, type Visit } from './visit.ts';

export function quoted(value: unknown): string {
  return JSON.stringify(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

export function describeType(expression: Expression, expected: string, value: unknown): EvaluationFailure {
  return new EvaluationFailure(
    `The JSONata expression '${expression.text}' specified for the field '${expression.location}' returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${quoted(value)}`,
    expression.location,
  );
}

/** The value of a field that takes a whole number in a range; constants were checked with the definition. */
export async function evaluateWhole(
  visit: Visit,
  template: Template,
  min: number,
  max: number,
): Promise<number> {
  const value = await evaluate(visit, template);
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw unusable(template, value, 'number', `a whole number from ${min} to ${max}`);
}

/** The same for a field that also takes fractions. */
export async function evaluateNumber(
  visit: Visit,
  template: Template,
  min: number,
  max: number,
): Promise<number> {
  const value = await evaluate(visit, template);
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw unusable(template, value, 'number', `a number from ${min} to ${max}`);
}

export async function evaluateText(visit: Visit, template: Template): Promise<string> {
  const value = await evaluate(visit, template);
  if (typeof value === 'string') return value;
  throw unusable(template, value, 'string', 'a text');
}

function unusable(template: Template, value: Json, type: string, wanted: string): EvaluationFailure {
  if (template.kind !== 'expression') return new EvaluationFailure(`${quoted(value)} is not ${wanted}.`);
  const { expression } = template;
  if (typeof value !== type) return describeType(expression, type, value);
  return new EvaluationFailure(
    `The ${expression.location} field must be ${wanted} but was: ${quoted(value)}`,
    expression.location,
  );
}
