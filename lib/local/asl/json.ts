// JSON values as the interpreter carries them: never changed once made, because variables, inputs and results share them.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whatever a task or an expression returned, as plain JSON: jsonata's sequences lose their decorations, dates become
 * texts, members that are undefined vanish. `undefined` when JSON cannot carry the value at all.
 */
export function toJson(value: unknown): Json | undefined {
  if (isPlain(value)) return value;
  const text = JSON.stringify(value, writable);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

/** JSON has no text for 1/0, for which AWS writes the name, and none for jsonata's functions, which vanish. */
function writable(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return isObject(value) && ('_jsonata_lambda' in value || '_jsonata_function' in value) ? undefined : value;
}

/** What jsonata leaves on arrays, its own and those it was given. */
const decorations = ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream'];

function isPlain(value: unknown): value is Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object': {
      if (value === null) return true;
      if (Array.isArray(value)) return !decorations.some((name) => name in value) && value.every(isPlain);
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) return false;
      for (const key in value) if (!isPlain((value as Record<string, unknown>)[key])) return false;
      return true;
    }
    default:
      return false;
  }
}

/** Whether the JSON text of the value is at most `limit` bytes of UTF-8; small values are decided without writing it. */
export function fits(value: Json, limit: number): boolean {
  return upperBound(value, limit) <= limit || Buffer.byteLength(JSON.stringify(value)) <= limit;
}

/** A cheap upper bound of the bytes of the JSON text (an escape takes six); it stops counting above `limit`. */
function upperBound(value: Json, limit: number): number {
  if (typeof value === 'string') return 2 + value.length * 6;
  if (typeof value !== 'object' || value === null) return 24;
  let total = 2;
  if (Array.isArray(value)) {
    for (const element of value as readonly Json[]) {
      total += 1 + upperBound(element, limit);
      if (total > limit) return total;
    }
    return total;
  }
  const record = value as JsonObject;
  for (const key in record) {
    total += 4 + key.length * 6 + upperBound(record[key] ?? null, limit);
    if (total > limit) return total;
  }
  return total;
}

/** Freezes a constant of a definition: every execution shares it, and a handler that changes it must fail at once. */
export function freeze<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freeze(member);
  }
  return value;
}
