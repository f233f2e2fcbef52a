/**
 * Every kind of diagnostic there is, in one list. Each has a page under docs/diagnostics and a sample under tests/samples;
 * a test says so.
 */
import { entryDiagnostics } from './entries.ts';
import { actionDiagnostics } from './actions.ts';
import { deliveryDiagnostics } from './delivery.ts';
import { meaningDiagnostics } from './meaning.ts';
import { messageDiagnostics } from './messages.ts';
import { neverDiagnostics } from './never.ts';
import { nameDiagnostics } from './names.ts';
import { scenarioDiagnostics } from './scenarios.ts';
import { segmentDiagnostics } from './segments.ts';
import { shapeDiagnostics } from './shape.ts';
import { textDiagnostics } from './text.ts';
import { workspaceDiagnostics } from './workspace.ts';

export const DIAGNOSTICS = {
  ...textDiagnostics,
  ...shapeDiagnostics,
  ...nameDiagnostics,
  ...meaningDiagnostics,
  ...actionDiagnostics,
  ...deliveryDiagnostics,
  ...neverDiagnostics,
  ...entryDiagnostics,
  ...messageDiagnostics,
  ...segmentDiagnostics,
  ...workspaceDiagnostics,
  ...scenarioDiagnostics,
};

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** What has to be known to put a diagnostic of this code into words. */
export type Facts<C extends DiagnosticCode> = Parameters<(typeof DIAGNOSTICS)[C]['tell']>[0];

/** The page that explains a code, relative to the repository. */
export function docsPage(code: DiagnosticCode): string {
  return `docs/diagnostics/${code}.md`;
}
