// Values of a definition that may hold expressions anywhere inside: Output, Arguments, Assign, ItemSelector, Items.
import type { Evaluation } from './jsonata/evaluation.ts';
import { compileExpression, type Expression, isExpression, isHalfExpression } from './jsonata/expression.ts';
import { freeze, type Json, type JsonObject } from './json.ts';

/** A value compiled once. Constant parts are frozen and shared by all executions. */
export type Template =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'array'; readonly members: readonly Template[] }
  | { readonly kind: 'object'; readonly keys: readonly string[]; readonly members: readonly Template[] };

export interface TemplateSink {
  /** Reports what is wrong at a place inside the value; compilation goes on. */
  problem(path: string, message: string): void;
  /** Sees every expression, for the rules that depend on the field. */
  expression(path: string, expression: Expression): void;
}

/** Compiles a value; `location` is the field in AWS's notation, `path` the JSON pointer. */
export function compileTemplate(value: Json, location: string, path: string, sink: TemplateSink): Template {
  if (typeof value === 'string') return compileText(value, location, path, sink);
  if (typeof value !== 'object' || value === null) return { kind: 'constant', value };
  if (Array.isArray(value)) {
    const members = (value as readonly Json[]).map((element, index) =>
      compileTemplate(element, `${location}[${index}]`, `${path}/${index}`, sink),
    );
    return members.every(isConstant) ? constant(value) : { kind: 'array', members };
  }
  const keys = Object.keys(value);
  const members = Object.entries(value as JsonObject).map(([key, member]) =>
    compileTemplate(member, `${location}/${key}`, `${path}/${key}`, sink),
  );
  return members.every(isConstant) ? constant(value) : { kind: 'object', keys, members };
}

function compileText(text: string, location: string, path: string, sink: TemplateSink): Template {
  if (isHalfExpression(text))
    sink.problem(path, 'An expression starts with {% and ends with %}, with nothing around it.');
  if (!isExpression(text)) return { kind: 'constant', value: text };
  try {
    const expression = compileExpression(text, location);
    sink.expression(path, expression);
    return { kind: 'expression', expression };
  } catch (error) {
    sink.problem(path, error instanceof Error ? error.message : String(error));
    return { kind: 'constant', value: text };
  }
}

function isConstant(template: Template): boolean {
  return template.kind === 'constant';
}

function constant(value: Json): Template {
  return { kind: 'constant', value: freeze<Json>(structuredClone(value)) };
}

/** The value, with its expressions evaluated from the outside in, first to last. Throws or rejects with EvaluationFailure. */
export function evaluateTemplate(template: Template, evaluation: Evaluation): Json | Promise<Json> {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'expression':
      return template.expression.evaluate(evaluation);
    case 'array':
      return evaluateAll(template.members, evaluation, (values) => values);
    case 'object':
      return evaluateAll(template.members, evaluation, (values) => assembleObject(template.keys, values));
  }
}

function assembleObject(keys: readonly string[], values: readonly Json[]): JsonObject {
  return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null]));
}

/** One after the other, so that the first failure is the one AWS would report; a promise only where one part needs it. */
function evaluateAll(
  templates: readonly Template[],
  evaluation: Evaluation,
  assemble: (values: Json[]) => Json,
): Json | Promise<Json> {
  const values: Json[] = [];
  for (let index = 0; index < templates.length; index += 1) {
    const template = templates[index];
    if (template === undefined) continue;
    const value = evaluateTemplate(template, evaluation);
    if (value instanceof Promise) return rest(value, index + 1);
    values.push(value);
  }
  return assemble(values);

  async function rest(pending: Promise<Json>, from: number): Promise<Json> {
    values.push(await pending);
    for (const template of templates.slice(from)) values.push(await evaluateTemplate(template, evaluation));
    return assemble(values);
  }
}
