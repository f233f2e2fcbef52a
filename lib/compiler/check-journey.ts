// One journey from its text: parsed, checked by every rule, and linked where it has no errors.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { JOURNEY_ID, journeySchema, type Journey } from '#lib/journey/journey.ts';
import { settingsSchema, type Settings } from '#lib/journey/settings.ts';
import { ALL_CHECKS } from './checks/all-checks.ts';
import { takeApart, type JourneyContext } from './checks/journey-context.ts';
import { fileDiagnostic, jsonPointer, type Diagnostic, type Finding } from './diagnostics.ts';
import { linkJourney } from './link.ts';
import { located, readJson, type JsonText } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import { readTyped } from './parse/typed-json.ts';
import type { CheckedJourney, MessageSummary } from './workspace.ts';

export interface JourneySource {
  readonly id: string;
  readonly file: SourceFile;
  /** Undefined where settings cannot be used: then names are not compared. */
  readonly settings: Settings | undefined;
  readonly messages: ReadonlyMap<string, MessageSummary>;
  readonly hashes: ReadonlyMap<string, string>;
}

export interface JourneyOutcome {
  readonly id: string;
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  /** What could be read, also of a journey with errors. */
  readonly read:
    | { readonly json: JsonText; readonly journey: Journey; original(path: JsonPath): JsonPath }
    | undefined;
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
  if (json === undefined)
    return { id, file, diagnostics: [...ofName, ...ofText], read: undefined, checked: undefined };
  const typed = readTyped(journeySchema, json.value, { name: id });
  const ofShape = located(json, typed.findings);
  if (typed.value === undefined)
    return { id, file, diagnostics: [...ofName, ...ofShape], read: undefined, checked: undefined };
  const { context, manifest } = prepare(source, typed.value, typed.whole, json);
  const findings = ALL_CHECKS.flatMap((check) => [...check(context)]);
  const ofRules = located(
    json,
    once(findings).map((each) => ({ ...each, path: typed.original(each.path) })),
  );
  const diagnostics = [...ofName, ...ofShape, ...ofRules];
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  const { value: journey } = typed;
  return {
    id,
    file,
    diagnostics,
    read: { json, journey, original: (path) => typed.original(path) },
    checked: failed ? undefined : { id, file: file.path, status: journey.status, journey, manifest },
  };
}

function prepare(
  { id, settings, messages, hashes }: JourneySource,
  journey: Journey,
  whole: boolean,
  json: JsonText,
): { context: JourneyContext; manifest: CheckedJourney['manifest'] } {
  const parts = takeApart(journey);
  const manifest = linkJourney({
    id,
    journey,
    settings: settings ?? NO_SETTINGS,
    hashes,
    places: parts.steps,
  });
  const writtenIds = new Set(idsIn(json.value));
  const nodes = new Set(parts.steps.map(({ node }) => node));
  const inOrder =
    nodes.size === parts.steps.length &&
    parts.steps.every(({ step }) => step.type !== 'goto' || nodes.has(step.step));
  const flow = whole && inOrder ? manifest.flow : undefined;
  return { context: { id, journey, settings, messages, writtenIds, whole, flow, ...parts }, manifest };
}

/** Two comparisons of one field find the same mistake twice. */
function once(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, path, message }) => {
    const key = `${code}\n${jsonPointer(path)}\n${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function* idsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const part of value) yield* idsIn(part);
  else if (isObject(value)) {
    if (typeof value['id'] === 'string') yield value['id'];
    for (const part of Object.values(value)) yield* idsIn(part);
  }
}
