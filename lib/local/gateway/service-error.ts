/**
 * What a service refuses, by the name that its documentation gives the error: clients make a typed exception of it, and retries and
 * catches go by it. Everything else that is thrown in a service is a fault of ours (`InternalFailure`, 500).
 */
export class ServiceError extends Error {
  readonly status: number;
  /** Further members of the answer, where the error has some: `CancellationReasons`. */
  readonly members: Readonly<Record<string, unknown>>;

  /** `status`: of HTTP; most errors that a caller has made are 400. */
  constructor(name: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}
