/**
 * Nothing leaves the laptop: what a function asks of an address outside is asked of a service of the local cloud instead, which answers
 * as that endpoint is set to behave. The worker of a function (worker/outside.ts) makes the request; lib/local/delivery answers it, as a
 * service of the gateway under the signing name of this file: `POST /` with an `OutsideCall` as JSON, answered with status 200 and an
 * `OutsideAnswer` as JSON, after as long as the endpoint takes. A function that gives up closes the connection.
 */

/** Signing name of the service that answers; there is no such service of AWS. */
export const OUTSIDE_SIGNING_NAME = 'outside';

/** A request of a function to an address outside, as `fetch` was told to make it. */
export interface OutsideCall {
  /** The whole address: `https://shop.example/hooks?a=b`. */
  readonly url: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; empty where there is none. */
  readonly body: string;
}

/** What the endpoint has answered, or how it could not be reached: `fetch` then rejects, with this as the code of its cause. */
export type OutsideAnswer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly unreachable: 'ENOTFOUND' | 'ECONNREFUSED' | 'ECONNRESET' };
