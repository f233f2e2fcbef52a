// What each entry of the registry of diagnostics says about itself.
import type { Severity } from '../diagnostics.ts';

/** A kind of mistake. `tell` puts the facts of one mistake into words: what is wrong, and how to mend it. */
export interface DiagnosticKind<F> {
  readonly title: string;
  readonly severity: Severity;
  tell(facts: F): { message: string; hint?: string };
}

export function error<F = object>(title: string, tell: DiagnosticKind<F>['tell']): DiagnosticKind<F> {
  return { title, severity: 'error', tell };
}

export function warning<F = object>(title: string, tell: DiagnosticKind<F>['tell']): DiagnosticKind<F> {
  return { title, severity: 'warning', tell };
}

/** Words that come from elsewhere: what reads files and compiles messages knows best what is wrong there. */
export interface Told {
  readonly message: string;
  readonly hint?: string | undefined;
}

export function told({ message, hint }: Told): { message: string; hint?: string } {
  return hint === undefined ? { message } : { message, hint };
}
