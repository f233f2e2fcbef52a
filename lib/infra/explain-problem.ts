// What stops a deployment from being put together, in words: whoever deploys has mostly not written what is wrong.
import { RepositoryProblem } from '#lib/repository/repository-problem.ts';

/**
 * Message and hint of a mistake in the files.
 * @throws whatever else it is given: that is a fault of Wend, and its stack trace is wanted.
 */
export function explainProblem(error: unknown): string {
  if (!(error instanceof RepositoryProblem)) throw error;
  const { message, hint } = error;
  return `error: ${message}${hint === undefined ? '' : `\n  ${hint}`}\n`;
}
