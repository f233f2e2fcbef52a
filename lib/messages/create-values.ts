/**
 * Fills in the values that steps write, emit and pass on: the engine's port `Values`. As strict as messages are, but nothing fails:
 * a value in which something is missing, or that a filter refuses, is left out and named. Half a text would be worse than none.
 */
import type { Filled, Values } from '#lib/engine/ports.ts';
import type { Fill, Scope } from './fill-text.ts';
import { fillValue } from './fill-value.ts';

/** The locale says how dates and amounts are written; it is the workspace's, since values are for machines. */
export function createValues(locale: string): Values {
  const prepared = new Map<string, Fill<unknown>>();
  const prepare = (text: string): Fill<unknown> => {
    const fill = prepared.get(text) ?? fillValue(text, locale);
    prepared.set(text, fill);
    return fill;
  };
  return {
    fill(written, variables) {
      const missing: string[] = [];
      const scope: Scope = { ...variables };
      const values = fillIn(written, [], { prepare, scope, missing });
      return { values: (values ?? {}) as Filled['values'], missing };
    },
  };
}

interface Filling {
  readonly prepare: (text: string) => Fill<unknown>;
  readonly scope: Scope;
  readonly missing: string[];
}

/** Undefined for what has no value. */
function fillIn(written: unknown, path: readonly string[], filling: Filling): unknown {
  if (typeof written === 'string') return fillOne(written, path, filling);
  if (Array.isArray(written))
    return written
      .map((one, index) => fillIn(one, [...path, String(index)], filling))
      .filter((one) => one !== undefined);
  if (typeof written !== 'object' || written === null) return written;
  const entries = Object.entries(written).map(
    ([key, value]) => [key, fillIn(value, [...path, key], filling)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function fillOne(text: string, path: readonly string[], { prepare, scope, missing }: Filling): unknown {
  let value: unknown;
  try {
    value = prepare(text)(scope);
  } catch {
    value = undefined;
  }
  if (value === undefined || value === null || typeof value === 'function') {
    missing.push(path.join('.'));
    return undefined;
  }
  // What the document stores and the bus carries is JSON: nothing that an expression gives may be more.
  return typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value;
}
