// What a scenario says that happened, in the words in which expectations are written.
import { valueInWords } from '#lib/engine/happened-in-words.ts';
import type { TimelineEntry } from '#lib/simulator/scenarios/test-file.ts';

/** "Product Added price 49.99, cart_id k1" */
export function saidInWords(entry: TimelineEntry): string {
  const { at: _at, customer: _customer, event, ...rest } = entry;
  const fields = Object.entries({ ...rest }).filter(([, value]) => value !== undefined);
  if (event === undefined && fields.length === 0) return 'time passes';
  const more = fields.map(([name, value]) =>
    name === 'properties' ? valueInWords(value) : `${name} ${valueInWords(value)}`,
  );
  return [...(event === undefined ? [] : [valueInWords(event)]), ...more].join(' · ');
}
