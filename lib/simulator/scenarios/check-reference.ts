// Holds one name in a scenario against what there is: vocabulary, topics, and the steps of the journeys that are played.
import { finding, findingAtKey, type Finding } from '#lib/compiler/diagnostics.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { kindOf } from '#lib/journey/steps/step.ts';
import { DATE_IS_PAST } from '#lib/journey/waits.ts';
import { BUILT_IN_EVENTS, BUILT_IN_TRAITS, eventProperties } from '#lib/journey/vocabulary.ts';
import type { HeardEvents } from './heard-events.ts';
import type { TestedWorkspace } from './read-tests.ts';
import type { Reference } from './reference.ts';
import type { ScenarioSubject } from './scenario-subject.ts';

/** The workspace, and what has been found out about it. */
export type CheckedAgainst = TestedWorkspace & { readonly heard: HeardEvents };

/** Nothing is said of names whose file has errors of its own. */
export function* checkReference(
  reference: Reference,
  path: JsonPath,
  subject: ScenarioSubject,
  workspace: CheckedAgainst,
): Generator<Finding> {
  const { settings, messageIds } = workspace;
  switch (reference.kind) {
    case 'event':
      if (settings !== undefined)
        yield* checkEvent(reference.name, path, workspace.heard.of(subject.journeys), settings);
      return;
    case 'emitted':
      if (settings !== undefined) yield* checkEvent(reference.name, path, undefined, settings);
      return;
    case 'property':
      if (settings !== undefined) yield* checkProperty(reference, path, settings);
      return;
    case 'trait':
      if (settings !== undefined) yield* checkTrait(reference.name, path, settings);
      return;
    case 'topic': {
      const known = Object.keys(settings?.topics ?? {});
      if (settings !== undefined && !known.includes(reference.name))
        yield findingAtKey('unknown-topic', path, { name: reference.name, known });
      return;
    }
    case 'message':
      yield* checkMessage(reference.name, path, subject, messageIds);
      return;
    case 'step':
    case 'send step':
      yield* checkStep(reference.kind, reference.name, path, subject);
      return;
    case 'segment': {
      const known = workspace.segments.map(({ id }) => id);
      if (!known.includes(reference.name))
        yield finding('unknown-segment', path, { name: reference.name, known });
      return;
    }
    case 'journey':
      yield* checkJourney(reference.name, path, subject, workspace);
      return;
    case 'called':
      if (settings !== undefined) yield* checkCalled(reference.name, path, settings);
      return;
    case 'case':
      yield* checkWay(reference, path, subject);
  }
}

/** A journey that has to take part; where one that is played has errors, it is not known which ones it starts. */
export function* checkJourney(
  name: string,
  path: JsonPath,
  { ids, journeys }: ScenarioSubject,
  { journeyIds }: TestedWorkspace,
): Generator<Finding> {
  if (ids.includes(name)) return;
  if (!journeyIds.includes(name)) yield finding('unknown-journey', path, { name, known: journeyIds });
  else if (journeys !== undefined) yield finding('journey-not-in-scenario', path, { name, known: ids });
}

function* checkCalled(name: string, path: JsonPath, { functions, endpoints }: Settings): Generator<Finding> {
  const known = [...Object.keys(functions), ...Object.keys(endpoints)];
  if (!known.includes(name)) yield finding('unknown-function', path, { name, known });
}

function* checkEvent(
  name: string,
  path: JsonPath,
  heard: ReadonlySet<string> | undefined,
  settings: Settings,
): Generator<Finding> {
  const { vocabulary } = settings;
  if (eventProperties(vocabulary, name) === undefined) {
    const known = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS)];
    yield finding('unknown-event', path, { name, known });
  } else if (heard !== undefined && !heard.has(name) && !Object.hasOwn(BUILT_IN_EVENTS, name))
    yield finding('event-unheard', path, { name, heard: [...heard] });
}

function* checkProperty(
  { event, name }: Extract<Reference, { kind: 'property' }>,
  path: JsonPath,
  { vocabulary }: Settings,
): Generator<Finding> {
  const properties = eventProperties(vocabulary, event);
  if (properties === undefined || isDeclared(name, properties)) return;
  // Value and former value of a trait have the type of the trait, and no declaration of their own.
  if (event === 'Trait Changed') return;
  yield findingAtKey('unknown-property', path, { name, event, known: Object.keys(properties) });
}

function* checkTrait(name: string, path: JsonPath, { vocabulary }: Settings): Generator<Finding> {
  const declared = { ...BUILT_IN_TRAITS, ...vocabulary.traits };
  if (isDeclared(name, declared)) return;
  yield findingAtKey('unknown-trait', path, { name, known: Object.keys(declared) });
}

/** "address.city" declares a part of `address`, which is written as an object. */
function isDeclared(name: string, declared: Readonly<Record<string, unknown>>): boolean {
  return Object.hasOwn(declared, name) || Object.keys(declared).some((each) => each.startsWith(`${name}.`));
}

function* checkMessage(
  name: string,
  path: JsonPath,
  { journeys, steps }: ScenarioSubject,
  messageIds: readonly string[],
): Generator<Finding> {
  if (!messageIds.includes(name)) {
    yield finding('unknown-message', path, { name, known: messageIds });
    return;
  }
  const sent = new Set(steps.flatMap(({ step }) => (step.type === 'send' ? [step.message] : [])));
  if (journeys !== undefined && !sent.has(name))
    yield finding('message-never-sent', path, { message: name, known: [...sent] });
}

function* checkStep(
  kind: 'step' | 'send step',
  name: string,
  path: JsonPath,
  { journeys, steps }: ScenarioSubject,
): Generator<Finding> {
  if (journeys === undefined) return;
  const place = steps.find(({ node }) => node === name);
  const sends = steps.flatMap(({ step, node }) => (step.type === 'send' ? [node] : []));
  if (place === undefined) {
    const known = kind === 'send step' ? sends : steps.map(({ node }) => node);
    yield finding('unknown-step', path, { name, known });
  } else if (kind === 'send step' && place.step.type !== 'send')
    yield finding('not-a-send', path, { name, type: place.step.type, known: sends });
}

function* checkWay(
  { name, step }: Extract<Reference, { kind: 'case' }>,
  path: JsonPath,
  { journeys, steps }: ScenarioSubject,
): Generator<Finding> {
  const at = steps.filter(({ node }) => step === undefined || node === step);
  if (journeys === undefined || at.length === 0) return;
  const known = [...new Set(at.flatMap((place) => waysOf(place.step)))];
  if (!known.includes(name)) yield finding('unknown-way', path, { name, step, known });
}

/** Names by which the log tells which way was taken. */
function waysOf(step: ScenarioSubject['steps'][number]['step']): string[] {
  if (step.type === 'goto') return [step.step, 'on'];
  if (step.type === 'enter') return ['entered', 'refused'];
  if (step.type === 'wait') return typeof step.ifPast === 'object' ? [DATE_IS_PAST] : [];
  const names = kindOf(step)
    .arms(step)
    .map(({ name }) => name);
  return step.type === 'waitFor' ? names.map((name) => (name === 'otherwise' ? 'time is up' : name)) : names;
}
