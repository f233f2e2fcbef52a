/** What the page's API refuses, in words for whoever sits before the page. Everything else that is thrown is a fault of ours. */
export class PageProblem extends Error {
  override readonly name = 'PageProblem';
  /** Of HTTP. */
  readonly status: number;
  /** The field of a form that is meant, where it is one. */
  readonly field: string | undefined;

  constructor(status: number, message: string, field?: string) {
    super(message);
    this.status = status;
    this.field = field;
  }
}
