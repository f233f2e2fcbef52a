// An example of an event: a value of the right type for each property, to be changed by whoever sends it.
import { fromMillis } from '#lib/contracts/time.ts';
import type { ValueType } from '#lib/journey/vocabulary.ts';

const DAY_MILLIS = 86_400_000;

/** `now`: dates are a week from it, because journeys mostly ask for dates that lie ahead. Dotted names lead into objects. */
export function exampleProperties(
  properties: Readonly<Record<string, ValueType>>,
  now: number,
): Record<string, unknown> {
  const example: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(properties)) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    let place = example;
    for (const part of path) {
      const inner = isObject(place[part]) ? place[part] : {};
      place[part] = inner;
      place = inner;
    }
    place[last] = exampleOf(last, type, now);
  }
  return example;
}

function exampleOf(name: string, type: ValueType, now: number): unknown {
  const ahead = fromMillis(now + 7 * DAY_MILLIS);
  switch (type) {
    case 'text':
      if (name === 'currency') return 'EUR';
      return /_?id$/i.test(name)
        ? `${name.replace(/_?id$/i, '').slice(0, 1) || 'x'}-1`
        : name.replaceAll('_', ' ');
    case 'number':
      return 49.9;
    case 'yes/no':
      return true;
    case 'date':
      return ahead.slice(0, 10);
    case 'date-time':
      return ahead;
    case 'list':
      return ['p-1'];
    case 'place':
      return { lat: 53.55, lon: 9.99 };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
