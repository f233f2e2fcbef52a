/** Where the local cloud says that it is: what a deployment's references to account and region become. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Address at which the services answer, without a slash at the end: `http://127.0.0.1:4401`. */
  readonly endpoint: string;
}
