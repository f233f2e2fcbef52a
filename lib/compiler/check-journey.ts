// One journey from its text: parsed, checked by every rule, and linked where it has no errors.
import { isObject } from '#lib/journey/conditions/problem.ts';
import { JOURNEY_ID, journeySchema, type Journey } from '#lib/journey/journey.ts';
import type { LiquidReader } from '#lib/journey/liquid-text.ts';
import { settingsSchema, type Settings } from '#lib/journey/settings.ts';
import type { Step } from '#lib/journey/steps/step.ts';
import { ALL_CHECKS } from './checks/all-checks.ts';
import type { CatalogNames } from './checks/recommendations.ts';
import { takeApart, type JourneyContext } from './checks/journey-context.ts';
import { segmentsIn, segmentsNamed } from './checks/known-segments.ts';
import { savedNames } from './checks/saved-names.ts';
import { traitChanges } from './checks/trait-changes.ts';
import { isReachedAtOnce, type Linked, type SetsOff } from './checks/sets-off.ts';
import { fileDiagnostic, jsonPointer, type Diagnostic, type Finding } from './diagnostics.ts';
import { linkJourney } from './link.ts';
import { located, placeIn, readJson, type JsonText } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import { readTyped } from './parse/typed-json.ts';
import { valuePlaces } from './value-places.ts';
import type { CheckedJourney, MessageSummary } from './workspace.ts';

export interface JourneySource {
  readonly id: string;
  readonly file: SourceFile;
  /** Undefined where settings cannot be used: then names are not compared. */
  readonly settings: Settings | undefined;
  readonly messages: ReadonlyMap<string, MessageSummary>;
  /** Ids of all journeys of the workspace. */
  readonly journeys: ReadonlySet<string>;
  readonly readLiquid: LiquidReader;
  /** Ids of all segments of the workspace. */
  readonly segments: ReadonlySet<string>;
  readonly catalog?: CatalogNames | undefined;
}

/** A split that takes part in a named experiment. */
export interface Experiment {
  readonly name: string;
  readonly arms: readonly string[];
  /** Where its name is written. */
  readonly place: Pick<Diagnostic, 'file' | 'pointer' | 'line' | 'column'>;
}

export interface JourneyOutcome {
  readonly id: string;
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  /** The experiments that it names, also where it has errors. */
  readonly experiments: readonly Experiment[];
  /** As other journeys see it; undefined where it could not be read. */
  readonly linked: Linked | undefined;
  /** Segments that it refers to; undefined where parts of it could not be read. */
  readonly segments: readonly string[] | undefined;
  /** Undefined where there are errors. */
  readonly checked: CheckedJourney | undefined;
}

/** The graph does not depend on settings; a journey is checked by it also where there are none. */
const NO_SETTINGS = settingsSchema.parse({ brand: { name: '-' }, timezone: 'UTC', locale: 'en' });

export function checkJourney(source: JourneySource): JourneyOutcome {
  const { id, file } = source;
  const ofName = JOURNEY_ID.test(id)
    ? []
    : [fileDiagnostic('invalid-file-name', { file: file.path }, { id })];
  const { json, diagnostics: ofText } = readJson(file);
  if (json === undefined) return unread(source, [...ofName, ...ofText]);
  const typed = readTyped(journeySchema, json.value, { name: id });
  const ofShape = located(json, typed.findings);
  if (typed.value === undefined) return unread(source, [...ofName, ...ofShape]);
  const { value: journey } = typed;
  const context = prepare(source, journey, typed.whole, json);
  const findings = once(ALL_CHECKS.flatMap((check) => [...check(context)]));
  const inFile = findings.map((each) => ({ ...each, path: typed.original(each.path) }));
  const diagnostics = [...ofName, ...ofShape, ...located(json, inFile)];
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  const experiments = context.steps.flatMap(({ step, path }): Experiment[] => {
    if (step.type !== 'split' || step.experiment === undefined) return [];
    const place = placeIn(json, typed.original([...path, 'experiment']), 'value');
    return [{ name: step.experiment, arms: step.arms.map(({ name }) => name), place }];
  });
  const { manifest } = context;
  const checked = { id, file: file.path, status: journey.status, journey, manifest };
  const setsOff = context.steps.flatMap((at): SetsOff[] => {
    if (context.flow === undefined) return [];
    const atOnce = isReachedAtOnce(context.flow, at);
    const placeOf = (...path: readonly string[]) =>
      placeIn(json, typed.original([...at.path, ...path]), 'value');
    const { step } = at;
    if (step.type === 'emit') return [{ kind: 'emit', target: step.event, place: placeOf('event'), atOnce }];
    if (step.type === 'enter')
      return [{ kind: 'enter', target: step.journey, place: placeOf('journey'), atOnce }];
    if (step.type !== 'update') return [];
    return traitChanges(step).map(({ trait, value, path }) => ({
      kind: 'update',
      target: trait,
      value,
      place: placeOf(...path),
      atOnce,
    }));
  });
  const linked = { id, journey, setsOff };
  const named = segmentsNamed(journey).map(({ segment }) => segment);
  const readable = typed.whole && context.conditions.every(({ condition }) => condition !== undefined);
  const segments = readable ? [...named, ...segmentsIn(context)] : undefined;
  return { id, file, diagnostics, experiments, linked, segments, checked: failed ? undefined : checked };
}

function unread({ id, file }: JourneySource, diagnostics: readonly Diagnostic[]): JourneyOutcome {
  const nothing = { experiments: [], linked: undefined, segments: undefined, checked: undefined };
  return { id, file, diagnostics, ...nothing };
}

function prepare(
  { id, settings, messages, journeys, segments, catalog, readLiquid }: JourneySource,
  journey: Journey,
  whole: boolean,
  json: JsonText,
): JourneyContext {
  const parts = takeApart(journey);
  const values = valuePlaces(parts.steps, readLiquid);
  const manifest = linkJourney({
    id,
    journey,
    settings: settings ?? NO_SETTINGS,
    messages,
    places: parts.steps,
    values,
  });
  const writtenIds = idsIn(json.value);
  const nodes = new Set(parts.steps.map(({ node }) => node));
  const inOrder =
    nodes.size === parts.steps.length &&
    parts.steps.every(({ step }) => targetsOf(step).every((target) => nodes.has(target)));
  const flow = whole && inOrder ? manifest.flow : undefined;
  const saved = savedNames(parts.steps, settings);
  const names = { messages, journeys, segments, catalog };
  return { id, journey, settings, ...names, writtenIds, whole, flow, manifest, saved, values, ...parts };
}

/** The steps that a step names to go on with. */
function targetsOf(step: Step): readonly string[] {
  if (step.type === 'goto') return [step.step];
  return step.type === 'wait' && typeof step.ifPast === 'object' ? [step.ifPast.goto] : [];
}

/** Two comparisons of one field find the same mistake twice. */
function once(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, path, message }) => {
    const key = `${code}\n${jsonPointer(path)}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Also of what the schema refuses: a step that cannot be read is not a step that does not exist. */
function idsIn(value: unknown, ids: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const part of value) idsIn(part, ids);
  else if (isObject(value)) {
    if (typeof value['id'] === 'string') ids.add(value['id']);
    for (const key of Object.keys(value)) idsIn(value[key], ids);
  }
  return ids;
}
