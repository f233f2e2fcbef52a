// One segment from its text: parsed, checked, and with the lines of its list.
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { JOURNEY_ID } from '#lib/journey/journey.ts';
import { segmentSchema, type SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { behaviour } from './checks/behaviour.ts';
import { placesOf, readCondition, type ConditionContext } from './checks/condition-context.ts';
import { knownFields } from './checks/known-fields.ts';
import { knownInConditions } from './checks/known-in-conditions.ts';
import { knownValues } from './checks/known-values.ts';
import { neverReported } from './checks/never-reported.ts';
import { topicsInConditions } from './checks/known-topics.ts';
import { operatorTypes } from './checks/operator-types.ts';
import { readableConditions } from './checks/readable-conditions.ts';
import { fileDiagnostic, finding, type Diagnostic, type Finding } from './diagnostics.ts';
import { withTopic } from './link.ts';
import { located, placeIn, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import { readTyped } from './parse/typed-json.ts';
import { readList } from './segment-list.ts';

export interface SegmentSource {
  readonly id: string;
  readonly file: SourceFile;
  /** CSV files of the folder, by name. */
  readonly lists: ReadonlyMap<string, SourceFile>;
  /** Undefined where settings cannot be used: then names are not compared. */
  readonly settings: Settings | undefined;
  readonly names: Pick<ConditionContext, 'messages' | 'journeys' | 'segments' | 'catalog'>;
}

export interface SegmentOutcome {
  readonly id: string;
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  /** Segments that its condition refers to, with the places of their names. */
  readonly refersTo: readonly { readonly segment: string; readonly place: Place }[];
  /** The list that it names. */
  readonly list?: string | undefined;
  /** Undefined where there are errors. */
  readonly definition: SegmentDefinition | undefined;
}
type Place = Pick<Diagnostic, 'file' | 'pointer' | 'line' | 'column'>;

const CHECKS = [
  readableConditions,
  knownFields,
  knownInConditions,
  knownValues,
  operatorTypes,
  neverReported,
  behaviour,
];

export function checkSegment(source: SegmentSource): SegmentOutcome {
  const { id, file, settings } = source;
  const ofName = JOURNEY_ID.test(id)
    ? []
    : [fileDiagnostic('invalid-file-name', { file: file.path }, { id, of: 'segment' })];
  const none = { id, file, refersTo: [], definition: undefined };
  const { json, diagnostics: ofText } = readJson(file);
  if (json === undefined) return { ...none, diagnostics: [...ofName, ...ofText] };
  const typed = readTyped(segmentSchema, json.value, { name: id });
  const ofShape = [...ofName, ...located(json, typed.findings)];
  if (typed.value === undefined) return { ...none, diagnostics: ofShape };
  const { when, list } = typed.value;
  const findings: Finding[] = [];
  // What could not be read may have been either.
  if ((when === undefined) === (list === undefined) && typed.whole)
    findings.push(finding('segment-needs-one', [], { both: when !== undefined }));
  const context = contextOf(when, source);
  findings.push(...CHECKS.flatMap((check) => [...check(context)]));
  if (settings !== undefined)
    findings.push(...topicsInConditions(context.conditions, settings.defaultTopic, settings));
  const ofRules = located(
    json,
    findings.map((each) => ({ ...each, path: typed.original(each.path) })),
  );
  const listed =
    list === undefined ? undefined : readNamed(list, source, () => placeIn(json, ['list'], 'value'));
  const diagnostics = [...ofShape, ...ofRules, ...(listed?.diagnostics ?? [])];
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  const refersTo = context.conditions.flatMap(({ condition, path }) =>
    condition === undefined
      ? []
      : [...leavesOf(condition)].flatMap((leaf) =>
          leaf.kind === 'segment'
            ? [{ segment: leaf.segment, place: placeIn(json, pathOf(path, leaf.path), 'value') }]
            : [],
        ),
  );
  const definition = failed
    ? undefined
    : definitionOf(id, withTopic(when, settings?.defaultTopic), listed?.members);
  return { id, file, diagnostics, refersTo, list, definition };
}

function pathOf(path: JsonPath, leaf: JsonPath): JsonPath {
  return [...path, ...leaf, 'segment'];
}

function contextOf(when: unknown, { settings, names }: SegmentSource): ConditionContext {
  const place = { scope: 'segment' as const, event: undefined, path: ['when'] };
  const conditions = when === undefined ? [] : placesOf({ ...place, ...readCondition(when) });
  return { journey: undefined, settings, ...names, saved: new Map(), conditions };
}

function readNamed(name: string, { lists }: SegmentSource, place: () => Place): ReturnType<typeof readList> {
  const file = lists.get(name.replace(/^\.\//, ''));
  if (file !== undefined) return readList(file);
  const known = [...lists.keys()];
  return { diagnostics: [fileDiagnostic('list-missing', place(), { name, known })] };
}

function definitionOf(
  id: string,
  when: unknown,
  members: readonly string[] | undefined,
): SegmentDefinition | undefined {
  if (members !== undefined) return { id, members };
  return when === undefined ? undefined : { id, when };
}
