// Diagnostics for scripts: the same shape from every command, also where it could do nothing else.
import type { Diagnostic } from '#lib/compiler/diagnostics.ts';
import { countSeverities } from './diagnostics.ts';

/** `{ "errors", "warnings", "diagnostics": [ … ] }` and what the command has more to tell (`more`), with a newline at its end. */
export function diagnosticsJson(
  diagnostics: readonly Diagnostic[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({ ...countSeverities(diagnostics), diagnostics, ...more }, null, 2)}\n`;
}
