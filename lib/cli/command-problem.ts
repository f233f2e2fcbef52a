// A mistake that a command explains instead of showing a stack trace.
import { EXIT, type ExitCode } from './exit-codes.ts';

/** Ends a command with a message for whoever called it. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem';
  readonly exitCode: ExitCode;
  /** What to try, where something can be suggested. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, exitCode: ExitCode = EXIT.usage) {
    super(message);
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
