/** Public holidays as dates: what functions are given, so that none of them knows a rule or a calendar. */
import { fromMillis, type Instant } from '#lib/contracts/time.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { holidayRules } from './places.ts';

/**
 * The years that are expanded: those over which time is proven (`npm run prove:time`). About 13 dates a year make 2.5 KB for each place
 * that a workspace names. The horizon depends on no clock, so that the same repository is always packed the same.
 */
const FROM_YEAR = 2024;
const TO_YEAR = 2040;

/** Who plans ahead, and who deploys seldom, has to hear of the end in time. */
const YEARS_AHEAD = 2;

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

/** The last year whose holidays are known, where versions name places and less than two years of it are left; undefined otherwise. */
export function holidaysEnding(
  manifests: readonly Pick<Manifest, 'flow'>[],
  today: Instant,
): number | undefined {
  const endsSoon = Number(today.slice(0, 'YYYY'.length)) > TO_YEAR - YEARS_AHEAD;
  return endsSoon && Object.keys(holidaysNamed(manifests)).length > 0 ? TO_YEAR : undefined;
}
