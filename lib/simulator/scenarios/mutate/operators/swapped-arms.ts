// Two neighbouring arms of a step have each other's steps.
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Change, Operator } from '../mutant.ts';

export const swappedArms: Operator = (value, path) => {
  if (!isObject(value)) return [];
  const arms = armsOf(value);
  return arms.slice(1).flatMap((second, index): Change[] => {
    const first = arms[index];
    if (first === undefined || JSON.stringify(first.steps) === JSON.stringify(second.steps)) return [];
    return [
      {
        path,
        value: second.put(first.put(value, second.steps), first.steps),
        what: `the steps of "${first.name}" and "${second.name}" are exchanged`,
        advice: 'each of the two ways, with what follows',
      },
    ];
  });
};

interface Arm {
  readonly name: string;
  readonly steps: unknown;
  put(holder: Readonly<Record<string, unknown>>, steps: unknown): Record<string, unknown>;
}

function armsOf(step: Readonly<Record<string, unknown>>): Arm[] {
  const lists: readonly (readonly [list: string, field: string, name: string])[] = [
    ['cases', 'then', 'name'],
    ['events', 'then', 'event'],
    ['arms', 'steps', 'name'],
  ];
  const arms = lists.flatMap(([list, field, name]) => {
    const entries: unknown = step[list];
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown, index): Arm[] =>
      isObject(entry) && entry['holdout'] !== true
        ? [
            {
              name: String(entry[name]),
              steps: entry[field] ?? [],
              put: (holder, steps) => ({
                ...holder,
                [list]: (holder[list] as unknown[]).map((each, at) =>
                  at === index && isObject(each) ? { ...each, [field]: steps } : each,
                ),
              }),
            },
          ]
        : [],
    );
  });
  const hasOtherwise = Array.isArray(step['cases']) || Array.isArray(step['events']);
  if (!hasOtherwise) return arms;
  return [
    ...arms,
    {
      name: 'otherwise',
      steps: step['otherwise'] ?? [],
      put: (holder, steps) => ({ ...holder, otherwise: steps }),
    },
  ];
}
