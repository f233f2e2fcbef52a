// Finds for each expectation the thing that happened, and what happened that nobody expected.
import type { Instant } from '#lib/contracts/time.ts';
import type { Actual } from './actual.ts';
import { EXPECTATION_KINDS } from './expect/expectation-kinds.ts';
import type { ExpectationKind } from './expect/expectation-kind.ts';
import { kindOf, type Expectation, type Scenario } from './test-file.ts';

/** An expectation with what it needs to be compared. */
export interface Expected {
  /** Its place in the list of the scenario. */
  readonly index: number;
  readonly kind: ExpectationKind;
  readonly customer: string;
  readonly journey: string;
  /** Undefined: at any time. */
  readonly at: Instant | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An expectation that nothing fulfils, and what came closest. */
export interface Missing {
  readonly expected: Expected;
  /** What happened instead, where something of the same kind did, and in what it differs. */
  readonly instead?: { readonly actual: Actual; readonly differences: readonly string[] };
}

export interface Matching {
  readonly expected: readonly Expected[];
  /** What happened, for each fulfilled expectation by its place in the list. */
  readonly met: ReadonlyMap<number, Actual>;
  readonly missing: readonly Missing[];
  /** Sends and exits that nobody expected, where the scenario asks for nothing else. */
  readonly unexpected: readonly Actual[];
}

interface About {
  /** The journey that is tested. */
  readonly journey: string;
  readonly moment: (text: string) => Instant;
}

/** Each thing that happened fulfils one expectation at most. */
export function matchExpectations(scenario: Scenario, actual: readonly Actual[], about: About): Matching {
  const expected = scenario.expect.flatMap((each, index) => read(each, index, scenario, about));
  const free = new Set(actual);
  const met = new Map<number, Actual>();
  const take = (one: Expected, candidates: Iterable<Actual>): void => {
    for (const candidate of candidates) {
      if (differencesOf(one, candidate, about).length > 0) continue;
      free.delete(candidate);
      met.set(one.index, candidate);
      return;
    }
  };
  // Those with a moment first: they leave no choice.
  const wanted = expected.filter((one) => !isNegative(one));
  for (const one of wanted) if (one.at !== undefined) take(one, free);
  for (const one of wanted) if (one.at === undefined) take(one, notBefore(one, expected, met, free));
  const refuted = expected.filter(isNegative).flatMap((one): Missing[] => {
    const found = actual.find((each) => differencesOf(one, each, about).length === 0);
    return found === undefined ? [] : [{ expected: one, instead: { actual: found, differences: [] } }];
  });
  const unmet = expected.filter((one) => !met.has(one.index) && !isNegative(one));
  const instead = new Set<Actual>();
  const missing = unmet.map((one): Missing => {
    const nearest = nearestOf(one, free, instead, about);
    if (nearest === undefined) return { expected: one };
    instead.add(nearest.actual);
    return { expected: one, instead: nearest };
  });
  const unexpected =
    scenario.nothingElse === true
      ? actual.filter((one) => free.has(one) && (one.kind === 'sends' || one.kind === 'exits'))
      : [];
  return { expected, met, missing: [...missing, ...refuted], unexpected };
}

function read(each: Expectation, index: number, { customers }: Scenario, about: About): Expected[] {
  const kind = kindOf(each, EXPECTATION_KINDS);
  if (kind === undefined) return [];
  const { at, customer = customers[0]?.id ?? '', journey = about.journey, ...fields } = each;
  const moment = at === undefined ? undefined : about.moment(at);
  const written = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return [{ index, kind, customer, journey, at: moment, fields: written }];
}

/** In words; nothing where it is what was expected. Of another kind, customer or journey is a difference like any other. */
function differencesOf(one: Expected, actual: Actual, { moment }: About): readonly string[] {
  if (!isAbout(one, actual)) return [actual.kind];
  return [
    ...(one.at !== undefined && one.at !== actual.at ? ['at another time'] : []),
    ...one.kind.differences(one.fields, actual, moment),
  ];
}

function isAbout(one: Expected, actual: Actual): boolean {
  return actual.kind === one.kind.verb && actual.external === one.customer && isOf(one.journey, actual);
}

/** Segments are no journey's: what happens there is everybody's. */
function isOf(journey: string, actual: Actual): boolean {
  return actual.journey === undefined || actual.journey === journey;
}

/** It must not happen: at its moment, or at all. */
function isNegative({ kind, fields }: Expected): boolean {
  return fields[kind.verb] === false;
}

/** An expectation without a moment comes after those of its customer that are written above it. */
function notBefore(
  one: Expected,
  expected: readonly Expected[],
  met: ReadonlyMap<number, Actual>,
  free: Iterable<Actual>,
): Actual[] {
  const above = expected.filter(({ index, customer }) => index < one.index && customer === one.customer);
  const earliest = above.reduce((latest, { index, at }) => {
    const moment = met.get(index)?.at ?? at ?? '';
    return moment > latest ? moment : latest;
  }, '');
  return [...free].filter(({ at }) => at >= earliest);
}

/** What most likely happened instead: of the same kind and customer, with the fewest differences, then the nearest. */
function nearestOf(
  one: Expected,
  free: Iterable<Actual>,
  taken: ReadonlySet<Actual>,
  about: About,
): Missing['instead'] {
  const candidates = [...free]
    .filter((actual) => !taken.has(actual) && isAbout(one, actual))
    .map((actual) => ({ actual, differences: differencesOf(one, actual, about) }));
  return candidates.toSorted(
    (a, b) =>
      a.differences.length - b.differences.length || distance(one, a.actual) - distance(one, b.actual),
  )[0];
}

function distance({ at }: Expected, actual: Actual): number {
  return at === undefined ? 0 : Math.abs(Date.parse(actual.at) - Date.parse(at));
}
