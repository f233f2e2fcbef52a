/** What the pages are asked and answer, whatever carries it: a function URL, a test. */

export interface PageRequest {
  readonly method: string;
  /** Without the query: `/unsubscribe/<token>`. */
  readonly path: string;
  /** Fields of a form that was sent; of several with one name all. */
  readonly form: URLSearchParams;
  /** The header `Accept-Language`; empty where there is none. */
  readonly languages: string;
  /** The request shows that a program asks and nobody reads: a preview of a link, a scanner, a fetch in advance. */
  readonly byMachine?: boolean;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
