// Something is missing: a step, a case, an exit, a condition, a field that may be left out.
import { isObject } from '#lib/journey/conditions/problem.ts';
import { fieldOf, type Operator } from '../mutant.ts';

/**
 * Fields that say nothing about what happens, and those that only matter between journeys: the order of priority, and what
 * becomes of a journey as a whole.
 */
const NOT_TAKEN_AWAY = new Set([
  '$schema',
  'name',
  'note',
  'description',
  'stage',
  'status',
  'whilePaused',
  'id',
  'type',
  'priority',
  'steps',
  'entry',
  'message',
]);

export const without: Operator = (value, path) => {
  const field = fieldOf(path);
  if (field !== undefined) {
    if (NOT_TAKEN_AWAY.has(field)) return [];
    const what = `without "${field}"`;
    return [{ path, value: undefined, what, advice: `a case in which "${field}" makes a difference` }];
  }
  const what = `without ${inWords(value)}`;
  return path.length === 0
    ? []
    : [{ path, value: undefined, what, advice: `a case in which it makes a difference` }];
};

function inWords(value: unknown): string {
  if (!isObject(value)) return JSON.stringify(value);
  const { id, type, name, event, reason, step } = value;
  if (typeof id === 'string') return `the step "${id}"`;
  if (type === 'goto') return `the goto to "${String(step)}"`;
  if (type === 'exit') return `the exit "${String(reason)}"`;
  if (typeof name === 'string') return `"${name}"`;
  if (typeof event === 'string') return `the event "${event}"`;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
