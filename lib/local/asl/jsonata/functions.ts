// The functions that Step Functions adds to JSONata, and jsonata's own that depend on time or chance, bound to virtual
// time and to the random source of the interpreter.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html (JSONata functions provided by Step Functions)
import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { Evaluation } from './evaluation.ts';

/** The binding under which an evaluation carries its time and random source; no expression can spell it. */
export const evaluationBinding = 'wend:evaluation';

interface NativeFunction {
  readonly implementation: (this: Focus, ...args: unknown[]) => unknown;
}
interface Focus {
  readonly environment: { lookup(name: string): unknown };
  readonly input: unknown;
}

const builtIn = async (name: string): Promise<NativeFunction> =>
  (await jsonata(`$${name}`).evaluate(undefined)) as NativeFunction;
const [toMillis, fromMillis] = await Promise.all([builtIn('toMillis'), builtIn('fromMillis')]);

function evaluationOf(focus: Focus): Evaluation {
  return focus.environment.lookup(evaluationBinding) as Evaluation;
}

/** A failure with a text but no code of its own; AWS's texts for these functions are not documented. */
class FunctionFailure extends Error {}

function partition(array: readonly unknown[], size: number): unknown[][] {
  if (!Number.isInteger(size) || size < 1)
    throw new FunctionFailure('$partition needs a positive whole chunk size');
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += size) chunks.push(array.slice(start, start + size));
  return chunks;
}

function range(start: number, end: number, step: number): number[] {
  if (![start, end, step].every(Number.isInteger)) throw new FunctionFailure('$range needs whole numbers');
  if (step === 0) throw new FunctionFailure('$range needs a step other than 0');
  const count = Math.max(0, Math.floor((end - start) / step) + 1);
  if (count > 1_000) throw new FunctionFailure('$range gives at most 1,000 elements');
  return Array.from({ length: count }, (_, index) => start + index * step);
}

const algorithms: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

function hash(data: string, algorithm: string): string {
  const name = algorithms.get(algorithm);
  if (name === undefined)
    throw new FunctionFailure(`$hash knows ${[...algorithms.keys()].join(', ')}, not ${algorithm}`);
  return createHash(name).update(data).digest('hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new FunctionFailure('$parse needs a JSON text');
  }
}

/** The same number for the same seed (mulberry32, one step); AWS's own sequence is not documented. */
function seeded(seed: number): number {
  let state = (Math.trunc(seed) + 0x6d_2b_79_f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}

/** A version 4 UUID from sixteen random bytes. */
function uuid(random: () => number): string {
  const digits = Array.from({ length: 32 }, (_, index) => {
    const digit = Math.floor(random() * 16);
    return (index === 12 ? 4 : index === 16 ? (digit & 3) | 8 : digit).toString(16);
  }).join('');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}

/** Gives a parsed expression Step Functions' functions. `$eval` is disabled per evaluation, as AWS does. */
export function registerFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', partition, '<an:a<a>>');
  expression.registerFunction(
    'range',
    (a: number, b: number, step: number | undefined) => range(a, b, step ?? 1),
    '<nnn?:a<n>>',
  );
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('parse', parse, '<s:x>');
  expression.registerFunction(
    'random',
    function (this: Focus, seed: number | undefined) {
      return seed === undefined ? evaluationOf(this).random() : seeded(seed);
    },
    '<n?:n>',
  );
  expression.registerFunction(
    'uuid',
    function (this: Focus) {
      return uuid(evaluationOf(this).random);
    },
    '<:s>',
  );
  expression.registerFunction(
    'millis',
    function (this: Focus) {
      return evaluationOf(this).now;
    },
    '<:n>',
  );
  expression.registerFunction(
    'now',
    function (this: Focus, picture: string | undefined, timezone: string | undefined) {
      return fromMillis.implementation.call(this, evaluationOf(this).now, picture, timezone);
    },
    '<s?s?:s>',
  );
  // A picture that leaves out the date means today; jsonata would take it from the machine's clock.
  expression.registerFunction(
    'toMillis',
    function (this: Focus, text: string | undefined, picture: string | undefined) {
      const environment = { ...this.environment, timestamp: new Date(evaluationOf(this).now) };
      return toMillis.implementation.call({ environment, input: this.input }, text, picture);
    },
    '<s-s?:n>',
  );
}
