// One segment from its text: parsed and checked.
import { JOURNEY_ID } from '#lib/journey/journey.ts';
import { segmentSchema, type SegmentDefinition } from '#lib/journey/segment.ts';
import { fileDiagnostic, type Diagnostic } from './diagnostics.ts';
import { located, readJson } from './parse/json-text.ts';
import { fileId, type SourceFile } from './parse/source-file.ts';
import { readTyped } from './parse/typed-json.ts';

export interface SegmentOutcome {
  readonly id: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined where there are errors. */
  readonly definition: SegmentDefinition | undefined;
}

export function checkSegment(file: SourceFile): SegmentOutcome {
  const id = fileId(file.path);
  const ofName = JOURNEY_ID.test(id)
    ? []
    : [fileDiagnostic('invalid-file-name', { file: file.path }, { id })];
  const { json, diagnostics: ofText } = readJson(file);
  if (json === undefined) return { id, diagnostics: [...ofName, ...ofText], definition: undefined };
  const typed = readTyped(segmentSchema, json.value, { name: id });
  const diagnostics = [...ofName, ...located(json, typed.findings)];
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  const when = typed.value?.when;
  return { id, diagnostics, definition: failed || when === undefined ? undefined : { id, when } };
}
