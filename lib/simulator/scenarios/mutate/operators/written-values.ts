// What a step writes or says is another: values that are set, properties of an event, what a function is given.
import type { Operator } from '../mutant.ts';

const WRITTEN = new Set(['set', 'add', 'increment', 'properties', 'input', 'body']);

export const writtenValues: Operator = (value, path) => {
  const within = path.findIndex((part) => typeof part === 'string' && WRITTEN.has(part));
  if (within === -1 || within === path.length - 1) return [];
  const other = otherThan(value);
  if (other === undefined) return [];
  return [
    {
      path,
      value: other,
      what: `${String(path.at(-1))}: ${JSON.stringify(value)} becomes ${JSON.stringify(other)}`,
      advice: 'the value that is written',
    },
  ];
};

function otherThan(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? 'something' : `${value} changed`;
  return typeof value === 'number' ? value + 1 : undefined;
}
