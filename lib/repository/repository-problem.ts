// What is wrong with the files themselves: a folder that is not there, a committed version that somebody has edited. What is wrong
// with what they say are diagnostics.

/** Ends whatever reads or writes the repository, with a message for whoever started it. */
export class RepositoryProblem extends Error {
  override readonly name = 'RepositoryProblem';
  /** `files`: they cannot be read or written. `content`: they can, and must not be as they are. */
  readonly where: 'files' | 'content';
  /** What to do, where something can be suggested. */
  readonly hint: string | undefined;

  constructor(where: 'files' | 'content', message: string, hint?: string) {
    super(message);
    this.where = where;
    this.hint = hint;
  }
}
