// Diagnostics for scripts: the same shape from every command, also where it could do nothing else.
import type { Diagnostic } from '#lib/compiler/diagnostics.ts';
import { countSeverities } from './diagnostics.ts';

/** `{ "errors", "warnings", "diagnostics": [ … ] }`, with a newline at its end. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ ...countSeverities(diagnostics), diagnostics }, null, 2)}\n`;
}
