// The functions that Step Functions adds to JSONata, and jsonata's own that depend on time or chance, bound to virtual time and to
// the random source of the interpreter.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html; what they answer for arguments that
// are missing or wrong was measured on AWS by others (https://github.com/floci-io/floci/pull/2676).
import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { seededDouble } from './java-random.ts';
import type { Evaluation } from './evaluation.ts';

/** The binding under which an evaluation carries its time and random source; no expression can spell it. */
export const evaluationBinding = 'wend:evaluation';

interface Focus {
  readonly environment: { lookup(name: string): unknown };
  readonly input: unknown;
}
interface NativeFunction {
  readonly implementation: (this: Focus, ...args: unknown[]) => unknown;
}

const builtIn = async (name: string): Promise<NativeFunction> =>
  (await jsonata(`$${name}`).evaluate(undefined)) as NativeFunction;
const [toMillis, fromMillis] = await Promise.all([builtIn('toMillis'), builtIn('fromMillis')]);

function evaluationOf(focus: Focus): Evaluation {
  return focus.environment.lookup(evaluationBinding) as Evaluation;
}

/** An error with one of jsonata's codes; jsonata writes its text, for D3137 the given message. */
class CodedError extends Error {
  readonly code: string;

  constructor(code: string, details: Record<string, unknown>) {
    super(code);
    this.code = code;
    Object.assign(this, details);
  }
}

function mismatch(token: string, index: number): CodedError {
  return new CodedError('T0410', { index, token });
}

function refuseSurplus(token: string, takes: number, surplus: readonly unknown[]): void {
  if (surplus.length > 0) throw mismatch(token, takes + 1);
}

/** AWS rounds towards zero. */
function whole(token: string, index: number, value: unknown): number {
  if (typeof value !== 'number') throw mismatch(token, index);
  return Math.trunc(value);
}

function partition(array: unknown, size: unknown, ...surplus: unknown[]): unknown {
  refuseSurplus('partition', 2, surplus);
  if (array === undefined) return undefined;
  if (!Array.isArray(array)) throw new CodedError('T0412', { index: 1, token: 'partition' });
  if (array.length === 0) return undefined;
  if (size === undefined) return [[...(array as unknown[])]];
  const length = whole('partition', 2, size);
  if (length < 0) throw new CodedError('D3137', { message: 'Second argument must be zero or greater' });
  if (length === 0) return undefined;
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += length)
    chunks.push(array.slice(start, start + length) as unknown[]);
  return chunks;
}

function range(from: unknown, to: unknown, by: unknown, ...surplus: unknown[]): unknown {
  refuseSurplus('range', 3, surplus);
  const start = whole('range', 1, from);
  const end = whole('range', 2, to);
  if (by === undefined) return undefined;
  const step = whole('range', 3, by);
  const count = step === 0 ? 0 : Math.floor((end - start) / step) + 1;
  if (count <= 0) return undefined;
  return count === 1 ? start : Array.from({ length: count }, (_, index) => start + index * step);
}

const algorithms: ReadonlyMap<string, string> = new Map([
  ['SHA-1', 'sha1'],
  ['SHA-384', 'sha384'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
  ['MD5', 'md5'],
]);

function hash(data: unknown, algorithm: unknown, ...surplus: unknown[]): string | undefined {
  refuseSurplus('hash', 2, surplus);
  if (typeof data !== 'string') throw mismatch('hash', 1);
  if (algorithm === undefined) return undefined;
  if (typeof algorithm !== 'string') throw mismatch('hash', 2);
  const name = algorithms.get(algorithm);
  if (name !== undefined) return createHash(name).update(data).digest('hex');
  const known = [...algorithms.keys()].join(', ');
  throw new CodedError('D3137', { message: `Hash algorithm '${algorithm}' must be one of ${known}` });
}

function parse(text: unknown, ...surplus: unknown[]): unknown {
  refuseSurplus('parse', 1, surplus);
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw mismatch('parse', 1);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CodedError('D3137', { message: 'Invalid JSON' });
  }
}

function random(this: Focus, seed: unknown, ...surplus: unknown[]): number {
  refuseSurplus('random', 1, surplus);
  return seed === undefined ? evaluationOf(this).random() : seededDouble(whole('random', 1, seed));
}

/** A version 4 UUID of 32 random digits, two of them fixed by the format. */
function uuid(this: Focus, ...surplus: unknown[]): string {
  refuseSurplus('uuid', 0, surplus);
  const draw = evaluationOf(this).random;
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(draw() * 16);
    return (place === 'y' ? (digit % 4) + 8 : digit).toString(16);
  });
}

function shuffle(this: Focus, array: readonly unknown[] | undefined): unknown[] | undefined {
  if (array === undefined) return undefined;
  const draw = evaluationOf(this).random;
  const result = [...array];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

function millis(this: Focus): number {
  return evaluationOf(this).now;
}

function now(this: Focus, picture: string | undefined, timezone: string | undefined): unknown {
  return fromMillis.implementation.call(this, evaluationOf(this).now, picture, timezone);
}

/** A picture that leaves out the date means today; jsonata would take that from the machine's clock. */
function parseTime(this: Focus, text: string | undefined, picture: string | undefined): unknown {
  const environment = { ...this.environment, timestamp: new Date(evaluationOf(this).now) };
  return toMillis.implementation.call({ environment, input: this.input }, text, picture);
}

/** Gives a parsed expression Step Functions' functions. `$eval` is disabled per evaluation, as AWS does. */
export function registerFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', partition);
  expression.registerFunction('range', range);
  expression.registerFunction('hash', hash);
  expression.registerFunction('parse', parse);
  expression.registerFunction('random', random);
  expression.registerFunction('uuid', uuid);
  expression.registerFunction('shuffle', shuffle, '<a:a>');
  expression.registerFunction('millis', millis, '<:n>');
  expression.registerFunction('now', now, '<s?s?:s>');
  expression.registerFunction('toMillis', parseTime, '<s-s?:n>');
}
