// Whoever runs the local cloud reads in one line what a function complains of, and why.
import { expect, it } from 'vitest';
import { OperationsView } from '#lib/laptop/operations-view.ts';

const lines: readonly [logged: object | string, seen: string][] = [
  [
    { message: 'events refused', reasons: { 'no customer': 1, 'not JSON': 2 } },
    'events refused: no customer (1), not JSON (2)',
  ],
  [{ message: 'record failed', fault: 'TableUnavailable' }, 'record failed: TableUnavailable'],
  [{ message: 'minute failed', reasons: {} }, 'minute failed'],
  ['no JSON', 'no JSON'],
];

it.each(lines)('%j is seen as "%s"', (logged, message) => {
  const line = typeof logged === 'string' ? logged : JSON.stringify(logged);
  const view = new OperationsView(() => 7);
  expect(view.noteLine({ functionName: 'ingest-events', level: 'WARN', line })).toEqual({
    at: 7,
    function: 'ingest-events',
    level: 'WARN',
    message,
  });
});

it('what is no complaint is not seen', () => {
  const view = new OperationsView(() => 7);
  expect(view.noteLine({ functionName: 'any', level: 'INFO', line: '{}' })).toBeUndefined();
});
