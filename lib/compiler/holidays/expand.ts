/** Public holidays as dates: what functions are given, so that none of them knows a rule or a calendar. */
import { fromMillis } from '#lib/contracts/time.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { holidayRules } from './places.ts';

/**
 * The years that are expanded: those over which time is proven (`npm run prove:time`). About 13 dates a year make 2.5 KB for each place
 * that a workspace names. The horizon depends on no clock, so that the same repository is always packed the same.
 */
const FROM_YEAR = 2024;
const TO_YEAR = 2040;

const MILLIS_OF_DAY = 86_400_000;

/** The public holidays of a place, YYYY-MM-DD, each once and in order; undefined for a place that is not known. */
export function holidaysOf(place: string): readonly string[] | undefined {
  const rules = holidayRules(place);
  if (rules === undefined) return undefined;
  const days = new Set<number>();
  for (let year = FROM_YEAR; year <= TO_YEAR; year += 1)
    for (const rule of rules) for (const day of rule(year)) days.add(day);
  return [...days].toSorted((a, b) => a - b).map((day) => fromMillis(day * MILLIS_OF_DAY).slice(0, 10));
}

/** Of every place that a version names, its public holidays: what is packed with a workspace. */
export function holidaysNamed(
  manifests: readonly Pick<Manifest, 'flow'>[],
): Record<string, readonly string[]> {
  const places = manifests.flatMap(({ flow }) =>
    Object.values(flow.nodes).flatMap((node) => (node.kind === 'send' ? (node.settings.holidays ?? []) : [])),
  );
  return Object.fromEntries([...new Set(places)].toSorted().map((place) => [place, holidaysOf(place) ?? []]));
}
