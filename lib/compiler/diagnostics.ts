/**
 * What is wrong with a workspace, as values: a code from the registry, the place, what it means in words and how to mend it.
 * A mistake of a marketer is never an exception. Findings come from the checks, with a path into the JSON; `located` turns
 * them into diagnostics with line and column.
 */
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { DIAGNOSTICS, type DiagnosticCode, type Facts } from './diagnostics/registry.ts';

export type Severity = 'error' | 'warning';

/** A diagnostic as it is shown. Lines and columns count from 1; `pointer` is a JSON pointer (RFC 6901), "" for the whole file. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Path of the file, relative to the workspace. */
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

/** A mistake found in a JSON value, before it is known where in the text that is. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly path: JsonPath;
  /** Whether the name of a field is meant or what stands behind it. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
}

/** A finding at the value that `path` leads to. */
export function finding<C extends DiagnosticCode>(code: C, path: JsonPath, facts: Facts<C>): Finding {
  return { code, path, at: 'value', ...tell(code, facts) };
}

/** A finding at the name of the field that `path` leads to. */
export function findingAtKey<C extends DiagnosticCode>(code: C, path: JsonPath, facts: Facts<C>): Finding {
  return { code, path, at: 'key', ...tell(code, facts) };
}

/** A diagnostic of a file as a whole, or of a text that is no JSON. */
export function fileDiagnostic<C extends DiagnosticCode>(
  code: C,
  place: {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly pointer?: string;
  },
  facts: Facts<C>,
): Diagnostic {
  const { file, line = 1, column = 1, pointer = '' } = place;
  return { code, severity: DIAGNOSTICS[code].severity, file, pointer, line, column, ...tell(code, facts) };
}

/** Message and hint of a code for these facts; the only place where they come from. */
export function tell<C extends DiagnosticCode>(code: C, facts: Facts<C>): { message: string; hint?: string } {
  const kind: { tell(facts: Facts<C>): { message: string; hint?: string } } = DIAGNOSTICS[code];
  return kind.tell(facts);
}

/** RFC 6901: each key and index behind a slash, `~` and `/` escaped. */
export function jsonPointer(path: JsonPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** By file, line and column; what stands at the same place in the order of its finding. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) => Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  );
}
