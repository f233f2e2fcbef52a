// Reads the fields of one object of a definition and holds whoever reads it to account for all of them: a field that
// nobody asked for is a problem with a name, never ignored.
import type { Problem } from '../failure.ts';
import { isObject, type Json } from '../json.ts';
import { isExpression, type Expression } from '../jsonata/expression.ts';
import { compileTemplate, type Template } from '../template.ts';

/** Fields that exist in AWS, said so by name when they meet a JSONata state or this interpreter. */
const known: ReadonlyMap<string, string> = new Map([
  ...[
    'InputPath OutputPath ResultPath Parameters ResultSelector Result ItemsPath SecondsPath TimestampPath',
    'TimeoutSecondsPath HeartbeatSecondsPath MaxConcurrencyPath ToleratedFailureCountPath',
    'ToleratedFailurePercentagePath ErrorPath CausePath Variable And Or Not',
  ]
    .join(' ')
    .split(' ')
    .map((field): [string, string] => [field, 'belongs to JSONPath; only JSONata is supported']),
  ...['ItemReader', 'ItemBatcher', 'ResultWriter'].map((field): [string, string] => [
    field,
    'is not supported locally',
  ]),
  ['Label', 'belongs to the distributed Map'],
  ['Iterator', 'is the old name of ItemProcessor, which is the one supported'],
  ['Credentials', 'is not supported locally'],
]);

/** The members of `$states` that AWS provides in a field. */
export type Available = readonly ('result' | 'errorOutput')[];

export class Fields {
  readonly path: string;
  readonly #values: { readonly [key: string]: unknown };
  readonly #problems: Problem[];
  readonly #read = new Set<string>();

  private constructor(values: { readonly [key: string]: unknown }, path: string, problems: Problem[]) {
    this.#values = values;
    this.path = path;
    this.#problems = problems;
  }

  /** undefined, with a problem, when the value is no object. */
  static of(value: unknown, path: string, problems: Problem[]): Fields | undefined {
    if (isObject(value)) return new Fields(value, path, problems);
    problems.push({ path, message: 'An object is expected here.' });
    return undefined;
  }

  get problems(): Problem[] {
    return this.#problems;
  }

  problem(message: string, field?: string): void {
    this.#problems.push({ path: field === undefined ? this.path : `${this.path}/${escape(field)}`, message });
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#values, field);
  }

  names(): string[] {
    return Object.keys(this.#values);
  }

  value(field: string): unknown {
    this.#read.add(field);
    return this.has(field) ? this.#values[field] : undefined;
  }

  text(field: string): string | undefined {
    const value = this.value(field);
    if (value === undefined || typeof value === 'string') return value;
    this.problem('A text is expected here.', field);
    return undefined;
  }

  requiredText(field: string): string {
    const value = this.text(field);
    if (value === undefined && !this.has(field)) this.problem(`${field} is missing.`);
    return value ?? '';
  }

  oneOf<const T extends string>(field: string, allowed: readonly T[]): T | undefined {
    const value = this.text(field);
    if (value === undefined) return undefined;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) this.problem(`'${value}' is not supported; ${allowed.join(' or ')} is.`, field);
    return found;
  }

  flag(field: string): boolean {
    const value = this.value(field);
    if (value !== undefined && typeof value !== 'boolean')
      this.problem('true or false is expected here.', field);
    return value === true;
  }

  number(field: string, bounds: Bounds): number | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && inBounds(value, bounds)) return value;
    this.problem(`${describeBounds(bounds)} is expected here.`, field);
    return undefined;
  }

  array(field: string): readonly unknown[] | undefined {
    const value = this.value(field);
    if (value === undefined || Array.isArray(value)) return value as readonly unknown[] | undefined;
    this.problem('An array is expected here.', field);
    return undefined;
  }

  /** A nested object, read by the caller with its own Fields. */
  object(field: string): Fields | undefined {
    return this.has(field)
      ? Fields.of(this.value(field), `${this.path}/${escape(field)}`, this.#problems)
      : undefined;
  }

  /** Any JSON value with expressions in it. `prefix` is put before the field in AWS's notation: `Catch[0]/`. */
  template(field: string, available: Available = [], prefix = ''): Template | undefined {
    return this.has(field) ? this.#compile(field, this.value(field) as Json, available, prefix) : undefined;
  }

  /** A value of the given type, or an expression, whose result is checked when it is known. */
  typed(
    field: string,
    accepts: (value: unknown) => boolean,
    expected: string,
    prefix = '',
  ): Template | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    const expression = typeof value === 'string' && isExpression(value);
    if (expression || accepts(value)) return this.#compile(field, value as Json, [], prefix);
    this.problem(`${expected} or an expression is expected here.`, field);
    return undefined;
  }

  #compile(field: string, value: Json, available: Available, prefix: string): Template {
    return compileTemplate(value, `${prefix}${field}`, `${this.path}/${escape(field)}`, {
      problem: (path, message) => this.#problems.push({ path, message }),
      expression: (path, expression) => this.#checkReads(path, expression, available),
    });
  }

  #checkReads(path: string, expression: Expression, available: Available): void {
    for (const member of expression.reads) {
      if (['input', 'context', ...available].includes(member)) continue;
      this.#problems.push({ path, message: `$states.${member} is not available in this field.` });
    }
  }

  /** To be called when everything was read: names what is left. `owner` is what the object is, such as `a Wait state`. */
  finish(owner: string): void {
    for (const name of this.names()) {
      if (this.#read.has(name)) continue;
      this.problem(`${name} ${known.get(name) ?? `is not a field of ${owner}`}.`, name);
    }
  }
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

export function inBounds(value: number, { min, max, whole }: Bounds): boolean {
  return value >= min && value <= max && (!whole || Number.isInteger(value));
}

function describeBounds({ min, max, whole }: Bounds): string {
  return `A ${whole ? 'whole ' : ''}number from ${min} to ${max}`;
}

/** A member name inside a JSON pointer. */
export function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
