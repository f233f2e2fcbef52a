/**
 * Plays one scenario from its first word to the end of the runs that it has begun, and holds what happened against what was
 * expected. The same scenario on the same journeys gives the same result.
 */
import { addMillis, earlier, later, type Instant } from '#lib/contracts/time.ts';
import { addDuration } from '#lib/engine/time/add-duration.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import type { PreparedJourneys } from '../prepared-journeys.ts';
import type { Actual } from './actual.ts';
import { consentEvents } from './consent-schema.ts';
import { matchExpectations, type Matching } from './match-expectations.ts';
import { resolveMoment, startOf } from './moment.ts';
import { ScenarioStage } from './scenario-stage.ts';
import { kindOf, type Scenario, type TimelineEntry } from './test-file.ts';
import { TIMELINE_KINDS } from './timeline/timeline-kinds.ts';

/** What scenarios of one journey are played on. */
export interface ScenarioSurroundings {
  /** The tested journey. */
  readonly journey: string;
  /** All journeys that take part. */
  readonly journeys: PreparedJourneys;
  /** The workspace's. */
  readonly timezone: string;
  readonly renderer: Renderer;
}

/** What came of a scenario. */
export interface ScenarioResult extends Matching {
  readonly passed: boolean;
  /** What could not happen as the timeline says. */
  readonly problems: readonly string[];
  /** Everything that happened from the start on. */
  readonly actual: readonly Actual[];
  readonly start: Instant;
  /** When the last thing was looked at. */
  readonly end: Instant;
}

/** What is given of a customer has been so for a year: long enough for every "for 7 days" and "within the last 90 days". */
const KNOWN_FOR = { years: -1, months: 0, days: 0, milliseconds: 0 };
/** A run that has not ended a year after the last word of a scenario is left alone. */
const LONGEST_WAIT = { years: 1, months: 0, days: 0, milliseconds: 0 };

/** Plays the scenario; a scenario that the schema accepts never throws. */
export async function playScenario(
  scenario: Scenario,
  { journey, journeys, timezone, renderer }: ScenarioSurroundings,
): Promise<ScenarioResult> {
  const start = startOf(scenario, timezone);
  const moment = (text: string): Instant => resolveMoment(text, start, timezone);
  const entries = scenario.timeline
    .map((entry) => ({ entry, at: moment(entry.at) }))
    .toSorted((a, b) => Number(a.at > b.at) - Number(a.at < b.at));
  const past = entries.filter(({ at }) => at < start);
  const known = addDuration(start, KNOWN_FOR, timezone);
  const from = earlier(known, past[0]?.at ?? known);

  const ids = scenario.customers.map(({ id }) => id);
  const stage = new ScenarioStage({
    journeys,
    renderer,
    timezone,
    from,
    answers: scenario.answers ?? [],
    customers: ids,
    moment,
  });
  const play = async ({ entry, at }: { entry: TimelineEntry; at: Instant }): Promise<void> => {
    await stage.simulation.runUntil(at);
    await kindOf(entry, TIMELINE_KINDS)?.play(fieldsOf(entry), stage.of(entry.customer ?? ids[0] ?? ''));
  };

  await introduce(scenario, stage);
  for (const each of past) await play(each);
  await stage.simulation.runUntil(addMillis(start, -1));
  await stage.simulation.open();
  await stage.simulation.runUntil(start);
  for (const each of entries.slice(past.length)) await play(each);

  const expected = scenario.expect.flatMap(({ at }) => (at === undefined ? [] : [moment(at)]));
  const last = [...entries.map(({ at }) => at), ...expected].reduce(later, start);
  await stage.simulation.runUntil(last);
  const limit = addDuration(last, LONGEST_WAIT, timezone);
  for (let { next } = stage.simulation; stage.hasRuns(last); { next } = stage.simulation) {
    if (next === undefined || next > limit) break;
    await stage.simulation.runUntil(next);
  }

  const actual = stage.finish().filter(({ at }) => at >= start);
  const matching = matchExpectations(scenario, actual, { journey, moment });
  const { problems } = stage;
  const passed = problems.length === 0 && matching.missing.length === 0 && matching.unexpected.length === 0;
  return { ...matching, passed, problems, actual, start, end: stage.simulation.now };
}

/** What is given of the customers becomes known, silently: the journeys let nobody in yet. */
async function introduce({ customers }: Scenario, stage: ScenarioStage): Promise<void> {
  for (const { id, traits, consent } of customers) {
    const one = stage.of(id);
    if (traits !== undefined) await one.say({ kind: 'identify', traits });
    for (const said of consentEvents(consent ?? {}, true)) await one.say(said);
  }
}

function fieldsOf({ at: _at, customer: _customer, ...fields }: TimelineEntry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
