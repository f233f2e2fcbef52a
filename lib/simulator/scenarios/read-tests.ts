/**
 * Reads the files under tests/: their shape by the schema, then every scenario held against the workspace. Whatever is wrong
 * becomes a diagnostic with its place; the files that can be played come out.
 */
import { fileDiagnostic, inOrder, type Diagnostic, type Finding } from '#lib/compiler/diagnostics.ts';
import { DIAGNOSTICS } from '#lib/compiler/diagnostics/registry.ts';
import { located, placeIn, readJson } from '#lib/compiler/parse/json-text.ts';
import type { SourceFile } from '#lib/compiler/parse/source-file.ts';
import { readTyped } from '#lib/compiler/parse/typed-json.ts';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { CheckedAgainst } from './check-reference.ts';
import { checkScenario } from './check-scenario.ts';
import { HeardEvents } from './heard-events.ts';
import { subjectOf } from './scenario-subject.ts';
import { testFileSchema, type Scenario } from './test-file.ts';

/** What tests are held against. */
export interface TestedWorkspace {
  /** Undefined where settings have errors: then names are not compared. */
  readonly settings: Settings | undefined;
  /** Journeys without errors. */
  readonly journeys: readonly CheckedJourney[];
  readonly segments: readonly SegmentDefinition[];
  /** Ids of all journeys, those with errors included. */
  readonly journeyIds: readonly string[];
  /** Ids of all messages. */
  readonly messageIds: readonly string[];
}

/** A scenario that can be played, with the place where it is written. */
export interface PlacedScenario {
  readonly scenario: Scenario;
  readonly journey: string;
  readonly file: string;
  readonly line: number;
}

export interface ReadTests {
  /** Scenarios without errors whose journeys have none, in the order of files and lines. */
  readonly scenarios: readonly PlacedScenario[];
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks all files of tests. Never throws, whatever the texts are. */
export function readTests(files: readonly SourceFile[], workspace: TestedWorkspace): ReadTests {
  const heard = new HeardEvents(workspace.settings, workspace.segments);
  const read = files.map((file) => readTestFile(file, { ...workspace, heard }));
  return {
    scenarios: read.flatMap(({ scenarios }) => scenarios),
    diagnostics: inOrder(read.flatMap(({ diagnostics }) => diagnostics)),
  };
}

function readTestFile(file: SourceFile, workspace: CheckedAgainst): ReadTests {
  const { json, diagnostics: ofText } = readJson(file);
  if (json === undefined) return { scenarios: [], diagnostics: ofText };
  const typed = readTyped(testFileSchema, json.value);
  const ofShape = located(json, typed.findings);
  if (typed.value === undefined) return { scenarios: [], diagnostics: ofShape };
  const { journey, scenarios } = typed.value;
  const place = (path: JsonPath): ReturnType<typeof placeIn> => placeIn(json, typed.original(path), 'value');
  const diagnostics: Diagnostic[] = [...ofShape];
  const find = (findings: readonly Finding[]): void => {
    const inFile = findings.map((each) => ({ ...each, path: typed.original(each.path) }));
    diagnostics.push(...located(json, inFile));
  };
  if (!workspace.journeyIds.includes(journey)) {
    const facts = { name: journey, known: workspace.journeyIds };
    diagnostics.push(fileDiagnostic('unknown-journey', place(['journey']), facts));
    return { scenarios: [], diagnostics };
  }
  const lines = scenarios.map((_, index) => place(['scenarios', index, 'name']).line);
  const placed = scenarios.flatMap((scenario, index): PlacedScenario[] => {
    const path = ['scenarios', index];
    const first = scenarios.findIndex(({ name }) => name === scenario.name);
    if (first < index) {
      const facts = { name: scenario.name, firstLine: lines[first] ?? 1 };
      diagnostics.push(fileDiagnostic('scenario-twice', place([...path, 'name']), facts));
    }
    const before = diagnostics.length;
    const subject = subjectOf(journey, scenario, workspace);
    const findings = checkScenario(scenario, subject, workspace).filter(
      // Where parts could not be read, nothing follows from what is missing.
      ({ code }) => typed.whole || DIAGNOSTICS[code].severity === 'error',
    );
    find(findings.map((each) => ({ ...each, path: [...path, ...each.path] })));
    const failed = diagnostics.slice(before).some(({ severity }) => severity === 'error');
    const playable = typed.whole && !failed && subject.journeys !== undefined;
    return playable ? [{ scenario, journey, file: file.path, line: lines[index] ?? 1 }] : [];
  });
  return { scenarios: placed, diagnostics };
}
