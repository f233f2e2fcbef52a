/** What keeps a local cloud from starting, and what whoever starts it can do about it. */
export class LaptopProblem extends Error {
  override readonly name = 'LaptopProblem';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
