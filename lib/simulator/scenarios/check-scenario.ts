// Holds a scenario against the workspace: names that there are not, customers that are not named, and what proves nothing.
import { finding, type Finding } from '#lib/compiler/diagnostics.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { checkJourney, checkReference, type CheckedAgainst } from './check-reference.ts';
import { EXPECTATION_KINDS } from './expect/expectation-kinds.ts';
import { resolveMoment, startOf } from './moment.ts';
import type { TestedWorkspace } from './read-tests.ts';
import type { ScenarioSubject } from './scenario-subject.ts';
import { topicReferences, traitReferences, type Reference } from './reference.ts';
import { kindOf, type Expectation, type Scenario, type TimelineEntry } from './test-file.ts';
import { TIMELINE_KINDS } from './timeline/timeline-kinds.ts';

/** Everything that is wrong or suspicious; paths lead from the scenario. */
export function checkScenario(
  scenario: Scenario,
  subject: ScenarioSubject,
  workspace: CheckedAgainst,
): Finding[] {
  return [
    ...checkCustomers(scenario),
    ...checkJourneys(scenario, subject, workspace),
    ...checkNames(scenario, subject, workspace),
    ...checkAnswers(scenario, workspace),
    ...checkExpectations(scenario, workspace),
  ];
}

function* checkCustomers(scenario: Scenario): Generator<Finding> {
  const known = scenario.customers.map(({ id }) => id);
  for (const [index, id] of known.entries())
    if (known.indexOf(id) < index) yield finding('customer-twice', ['customers', index, 'id'], { id });
  for (const { entry, path } of entriesOf(scenario)) {
    const { customer } = entry;
    if (customer !== undefined && !known.includes(customer))
      yield finding('unknown-customer', [...path, 'customer'], { name: customer, known });
    const kind = path[0] === 'timeline' ? kindOf(entry, TIMELINE_KINDS) : undefined;
    const ofNobody = path[0] === 'timeline' && (kind === undefined || kind.toAll === true);
    if (customer === undefined && known.length > 1 && !ofNobody)
      yield finding('customer-not-named', path, { known });
  }
  const named = new Set(entriesOf(scenario).map(({ entry }) => entry.customer ?? known[0]));
  // Where nothing else may happen, it is proven of bystanders too.
  if (scenario.nothingElse === true) return;
  for (const [index, id] of known.entries())
    if (!named.has(id) && expects(scenario)) yield finding('customer-idle', ['customers', index], { id });
}

function* checkJourneys(
  { with: others = [], expect }: Scenario,
  subject: ScenarioSubject,
  workspace: TestedWorkspace,
): Generator<Finding> {
  const { journeyIds } = workspace;
  for (const [index, name] of others.entries())
    if (!journeyIds.includes(name))
      yield finding('unknown-journey', ['with', index], { name, known: journeyIds });
  for (const [index, { journey }] of expect.entries())
    if (journey !== undefined) yield* checkJourney(journey, ['expect', index, 'journey'], subject, workspace);
}

function* checkAnswers({ answers = [] }: Scenario, { settings }: TestedWorkspace): Generator<Finding> {
  if (settings === undefined) return;
  for (const [index, answer] of answers.entries()) {
    const functions = Object.keys(settings.functions);
    const endpoints = Object.keys(settings.endpoints);
    if (answer.function !== undefined && !functions.includes(answer.function))
      yield finding('unknown-function', ['answers', index, 'function'], {
        name: answer.function,
        known: functions,
      });
    if (answer.endpoint !== undefined && !endpoints.includes(answer.endpoint))
      yield finding('unknown-endpoint', ['answers', index, 'endpoint'], {
        name: answer.endpoint,
        known: endpoints,
      });
  }
}

function* checkNames(
  scenario: Scenario,
  subject: ScenarioSubject,
  workspace: CheckedAgainst,
): Generator<Finding> {
  for (const { reference, path } of referencesOf(scenario))
    yield* checkReference(reference, [...path, ...reference.path], subject, workspace);
}

function* checkExpectations(scenario: Scenario, { settings }: TestedWorkspace): Generator<Finding> {
  if (!expects(scenario) && scenario.nothingElse !== true) yield finding('nothing-expected', ['name'], {});
  const zone = settings?.timezone ?? 'UTC';
  const start = startOf(scenario, zone);
  for (const [index, { at }] of scenario.expect.entries())
    if (at !== undefined && resolveMoment(at, start, zone) < start)
      yield finding('expected-in-the-past', ['expect', index, 'at'], {});
}

function expects({ expect }: Scenario): boolean {
  return expect.length > 0;
}

function entriesOf({ timeline, expect }: Scenario): { entry: TimelineEntry | Expectation; path: JsonPath }[] {
  return [
    ...timeline.map((entry, index) => ({ entry, path: ['timeline', index] })),
    ...expect.map((entry, index) => ({ entry, path: ['expect', index] })),
  ];
}

function referencesOf(scenario: Scenario): { reference: Reference; path: JsonPath }[] {
  const ofCustomers = scenario.customers.flatMap(({ traits = {}, consent = {} }, index) =>
    [...traitReferences(traits), ...topicReferences(consent, 'consent')].map((reference) => ({
      reference,
      path: ['customers', index],
    })),
  );
  const ofTimeline = scenario.timeline.flatMap((entry, index) =>
    (kindOf(entry, TIMELINE_KINDS)?.references(entry) ?? []).map((reference) => ({
      reference,
      path: ['timeline', index],
    })),
  );
  const ofExpectations = scenario.expect.flatMap((entry, index) =>
    (kindOf(entry, EXPECTATION_KINDS)?.references(entry) ?? []).map((reference) => ({
      reference,
      path: ['expect', index],
    })),
  );
  return [...ofCustomers, ...ofTimeline, ...ofExpectations];
}
